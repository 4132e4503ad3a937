/// How a line spaces its JSON, so that what is added looks like the rest.
public struct JSONStyle: Hashable, Sendable {
  /// What stands between members and elements: `,` or `, `.
  public let comma: [UInt8]
  /// What stands between a name and its value: `:` or `: `.
  public let colon: [UInt8]

  /// No spaces, as Ground Truth writes.
  public static let compact = JSONStyle(hasSpaceAfterComma: false, hasSpaceAfterColon: false)
  /// A space after commas and colons, as Python writes.
  public static let spaced = JSONStyle(hasSpaceAfterComma: true, hasSpaceAfterColon: true)

  /// Creates a style.
  public init(hasSpaceAfterComma: Bool, hasSpaceAfterColon: Bool) {
    comma = Array((hasSpaceAfterComma ? ", " : ",").utf8)
    colon = Array((hasSpaceAfterColon ? ": " : ":").utf8)
  }

  /// The style of an object, by its first members.
  ///
  /// With one member, commas follow colons.
  public init(of object: JSONValue) {
    guard let members = object.members, let first = members.first else {
      self = .compact
      return
    }
    let space = UInt8(ascii: " ")
    let hasSpaceAfterColon = object.line[first.value.range.lowerBound - 1] == space
    let hasSpaceAfterComma =
      members.count > 1
      ? object.line[members[1].range.lowerBound - 1] == space : hasSpaceAfterColon
    self.init(hasSpaceAfterComma: hasSpaceAfterComma, hasSpaceAfterColon: hasSpaceAfterColon)
  }

  /// An object of members that are already JSON.
  public func object(_ members: [(name: String, value: [UInt8])]) -> [UInt8] {
    let spelt = members.map { JSONText.encode($0.name) + colon + $0.value }
    return [UInt8(ascii: "{")] + spelt.joined(separator: comma) + [UInt8(ascii: "}")]
  }

  /// An array of elements that are already JSON.
  public func array(_ elements: [[UInt8]]) -> [UInt8] {
    [UInt8(ascii: "[")] + elements.joined(separator: comma) + [UInt8(ascii: "]")]
  }
}
