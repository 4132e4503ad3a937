import GroundTruth

/// A request to AWS being put together.
indirect enum RequestJSON: Hashable, Sendable {
  case text(String)
  case number(Int)
  case decimal(Double)
  case flag(Bool)
  case list([RequestJSON])
  case object([Member])

  struct Member: Hashable, Sendable {
    let name: String
    let value: RequestJSON
  }

  /// An object; members without a value are left out.
  static func object(_ members: KeyValuePairs<String, RequestJSON?>) -> RequestJSON {
    .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
  }

  /// The request as UTF-8 on one line.
  var bytes: [UInt8] {
    let style = JSONStyle.compact
    return switch self {
    case .text(let text): JSONText.encode(text)
    case .number(let number): JSONNumber.encode(number)
    case .decimal(let number): JSONNumber.encode(number)
    case .flag(let flag): Array((flag ? "true" : "false").utf8)
    case .list(let elements): style.array(elements.map(\.bytes))
    case .object(let members): style.object(members.map { ($0.name, $0.value.bytes) })
    }
  }
}
