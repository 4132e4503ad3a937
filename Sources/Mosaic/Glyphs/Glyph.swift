/// A character that pictures are made of, and the part of its cell that it covers.
public struct Glyph: Hashable, Sendable {
  /// Where a glyph can be counted on, from everywhere to few terminals and fonts.
  public enum Availability: Int, Comparable, Sendable {
    /// ASCII: every terminal.
    case everywhere
    /// The Block Elements U+2580…259F: every terminal that shows Unicode.
    case blockElements
    /// The Braille Patterns U+2800…28FF: most fonts, but no two alike.
    case braillePatterns
    /// The Symbols for Legacy Computing U+1FB00…: Unicode 13, newer fonts and terminals.
    case legacyComputing

    /// Whether one is more widely available than the other.
    public static func < (left: Availability, right: Availability) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// The kind of shape that a glyph has; a set of glyphs is made of whole families.
  public enum Family: CaseIterable, Hashable, Sendable {
    /// The space, and the block that fills a cell.
    case whole
    /// The lower and the upper half.
    case half
    /// Any of the four quarters.
    case quadrant
    /// Eighths from one side.
    case eighth
    /// Any of the six sixths.
    case sextant
    /// One side of a line between two points of the border.
    case wedge
    /// A mixture of both colours.
    case shade
    /// A character, by the ink that fonts give it.
    case ascii
    /// Any of eight dots.
    case braille
  }

  /// The character.
  public let scalar: Unicode.Scalar
  /// The kind of its shape.
  public let family: Family
  /// The part of the cell in the foreground colour.
  public let coverage: Coverage
  /// Where the glyph can be counted on.
  public let availability: Availability

  /// Creates a glyph.
  public init(
    _ scalar: Unicode.Scalar, _ family: Family, _ coverage: Coverage, _ availability: Availability
  ) {
    self.scalar = scalar
    self.family = family
    self.coverage = coverage
    self.availability = availability
  }

  /// The bytes that the character takes in UTF-8.
  var byteCount: Int { UTF8.width(scalar) }
}
