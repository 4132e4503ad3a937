/// A character that pictures are made of, and the part of its cell that it covers.
public struct Glyph: Hashable, Sendable {
  /// Where a glyph can be counted on, from everywhere to few terminals and fonts.
  public enum Availability: Int, Comparable, Sendable {
    /// ASCII: every terminal.
    case everywhere
    /// The Block Elements U+2580…259F: every terminal that shows Unicode.
    case blockElements
    /// The Symbols for Legacy Computing U+1FB00…: Unicode 13, newer fonts and terminals.
    case legacyComputing

    /// Whether one is more widely available than the other.
    public static func < (left: Availability, right: Availability) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// The character.
  public let scalar: Unicode.Scalar
  /// The part of the cell in the foreground colour.
  public let coverage: Coverage
  /// Where the glyph can be counted on.
  public let availability: Availability

  /// Creates a glyph.
  public init(_ scalar: Unicode.Scalar, _ coverage: Coverage, _ availability: Availability) {
    self.scalar = scalar
    self.coverage = coverage
    self.availability = availability
  }
}
