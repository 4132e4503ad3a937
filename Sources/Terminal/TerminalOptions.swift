/// How to open the terminal.
public struct TerminalOptions: Hashable, Sendable {
  /// How many colours to use.
  public var color: ColorChoice
  /// Whether to ask for mouse reports; without them the terminal's own selection works.
  public var mouse: Bool

  /// Whether to find out how fast frames reach the terminal, by asking for its attributes after
  /// large ones.
  public var measuresDrain: Bool

  /// Creates options.
  public init(color: ColorChoice = .auto, mouse: Bool = true, measuresDrain: Bool = false) {
    self.color = color
    self.mouse = mouse
    self.measuresDrain = measuresDrain
  }
}
