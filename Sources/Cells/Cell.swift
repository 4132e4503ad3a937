/// One character position of the terminal.
public struct Cell: Hashable, Sendable {
  /// The character; U+0000 in the right half of a wide character.
  public var glyph: Unicode.Scalar
  /// A combining mark over the character, if any.
  public var mark: Unicode.Scalar?
  /// Colours and attributes.
  public var style: Style

  /// Creates a cell.
  public init(_ glyph: Unicode.Scalar, mark: Unicode.Scalar? = nil, style: Style = .plain) {
    self.glyph = glyph
    self.mark = mark
    self.style = style
  }

  /// A space in the terminal's own colours.
  public static let blank = Cell(" ")

  /// Whether this is the right half of the wide character to the left.
  public var isContinuation: Bool { glyph == "\0" }
}
