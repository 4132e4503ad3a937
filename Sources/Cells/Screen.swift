/// What a program draws on and hears from: a terminal, or a script in a test.
@MainActor
public protocol Screen: AnyObject {
  /// The size now.
  var size: CellSize { get }
  /// What can be shown.
  var capabilities: ScreenCapabilities { get }

  /// Shows a frame of the screen's size, sending only what changed since the last one.
  func draw(_ frame: CellGrid)

  /// Waits for input, for `wake` to be called, or for the timeout, and returns what came.
  ///
  /// An empty array means that nothing was typed: the timeout passed, a waker was called, or the
  /// terminal has caught up.
  func nextEvents(timeout: Duration?) -> [InputEvent]

  /// A function, callable from any thread, that ends the wait in `nextEvents`.
  var waker: @Sendable () -> Void { get }

  /// Bytes a second that the way to the terminal was seen to carry; `nil` while that isn't known.
  var drainRate: Double? { get }

  /// Whether much of what was drawn is known to be still on its way to the terminal.
  var isBehind: Bool { get }

  /// Sends the whole of the last frame again, for a screen that another program has garbled.
  func repaint()

  /// Gives the terminal back to the shell until the person resumes the program.
  func suspend()

  /// Sounds or flashes the bell.
  func ring()
}

extension Screen {
  /// Not known: most screens don't measure it.
  public var drainRate: Double? { nil }
  /// Not known, and so false.
  public var isBehind: Bool { false }
}

/// What a screen can show.
public struct ScreenCapabilities: Hashable, Sendable {
  /// How many colours.
  public var depth: ColorDepth
  /// Whether characters beyond ASCII arrive as themselves.
  public var isUnicode: Bool
  /// Whether the terminal is known to show the Symbols for Legacy Computing of Unicode 13.
  public var hasLegacyComputing: Bool

  /// Creates a set of capabilities.
  public init(depth: ColorDepth, isUnicode: Bool, hasLegacyComputing: Bool = false) {
    self.depth = depth
    self.isUnicode = isUnicode
    self.hasLegacyComputing = hasLegacyComputing
  }
}
