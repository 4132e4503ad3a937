/// A member of a JSON object, as ranges of the bytes it stands in.
public struct JSONMember: Sendable {
  /// Where the name stands, with its quotes.
  public let key: Range<Int>
  /// The value.
  public let value: JSONValue

  /// From the name's first quote to the end of the value, without commas.
  public var range: Range<Int> { key.lowerBound..<value.range.upperBound }

  /// The name, escapes decoded.
  public var name: String { JSONText.decode(value.line.span, key) }

  /// Whether the member has that name, compared by code points: no normalisation.
  public func isNamed(_ name: String) -> Bool {
    let raw = value.line[key.lowerBound + 1..<key.upperBound - 1]
    if raw.contains(UInt8(ascii: "\\")) { return self.name.utf8.elementsEqual(name.utf8) }
    return raw.count == name.utf8.count && raw.elementsEqual(name.utf8)
  }
}
