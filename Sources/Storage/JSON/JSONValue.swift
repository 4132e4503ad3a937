/// A JSON value that keeps the order of members and the spelling of numbers.
///
/// For the program's own small files; manifests are never read through it.
enum JSONValue: Hashable, Sendable {
  struct Member: Hashable, Sendable {
    let key: String
    var value: JSONValue
  }

  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// An object with members in order.
  static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { Member(key: $0.key, value: $0.value) })
  }

  static func number(_ value: Int) -> JSONValue { .number(String(value)) }

  /// Bytes: as a string when they are UTF-8, else as numbers in an array.
  static func bytes(_ bytes: [UInt8]) -> JSONValue {
    String(validating: bytes, as: UTF8.self).map(JSONValue.string)
      ?? .array(bytes.map { .number(Int($0)) })
  }

  /// A member of an object.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  var integer: Int? {
    guard case .number(let value) = self else { return nil }
    return Int(value)
  }

  var elements: [JSONValue]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// Bytes as `bytes(_:)` writes them.
  var bytes: [UInt8]? {
    if let string { return Array(string.utf8) }
    guard let elements else { return nil }
    let bytes = elements.compactMap { $0.integer.flatMap(UInt8.init(exactly:)) }
    return bytes.count == elements.count ? bytes : nil
  }
}
