/// How to open the terminal.
public struct TerminalOptions: Hashable, Sendable {
  /// How many colours to use.
  public var color: ColorChoice
  /// Whether to ask for mouse reports; without them the terminal's own selection works.
  public var mouse: Bool

  /// Creates options.
  public init(color: ColorChoice = .auto, mouse: Bool = true) {
    self.color = color
    self.mouse = mouse
  }
}
