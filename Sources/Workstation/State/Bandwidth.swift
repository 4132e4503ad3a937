/// How many bytes a picture may take on its way to the terminal.
public enum Bandwidth: Hashable, Sendable {
  /// As many as the link to the terminal carries at once, by what it was seen to carry.
  case auto
  /// As many as the best picture takes.
  case off
  /// At most so many thousands of bytes a frame.
  case kilobytes(Int)

  /// Reads `auto`, `off` or a number of kilobytes, 1…100,000.
  public init?(_ text: String) {
    switch text {
    case "auto": self = .auto
    case "off": self = .off
    default:
      guard let number = Int(text), (1...100_000).contains(number) else { return nil }
      self = .kilobytes(number)
    }
  }
}

extension Bandwidth: CustomStringConvertible {
  /// The text that `init(_:)` reads.
  public var description: String {
    switch self {
    case .auto: "auto"
    case .off: "off"
    case .kilobytes(let number): String(number)
    }
  }
}
