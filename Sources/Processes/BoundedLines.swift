/// Bytes from a program as lines, of which none takes more memory than a limit.
public struct BoundedLines: Sendable {
  /// A line.
  public enum Line: Hashable, Sendable {
    /// A whole line, without its end.
    case whole([UInt8])
    /// How a line begins that goes beyond the limit.
    case tooLong(head: [UInt8])
  }

  /// How much is kept of a line that is too long.
  public static let headLength = 256

  private let limit: Int
  private var line: [UInt8] = []
  private var head: [UInt8]?

  /// Begins with nothing.
  ///
  /// - Parameter limit: How many bytes a line may have.
  public init(limit: Int) { self.limit = limit }

  /// Takes bytes.
  ///
  /// - Parameter bytes: What the program said next.
  /// - Returns: The lines that they end.
  public mutating func take(_ bytes: some Collection<UInt8>) -> [Line] {
    var lines: [Line] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      add(rest[..<end])
      lines.append(endLine())
      rest = rest[rest.index(after: end)...]
    }
    add(rest)
    return lines
  }

  /// Ends the last line.
  ///
  /// - Returns: The line that had no end when the bytes did; nil if nothing is left.
  public mutating func finish() -> Line? {
    line.isEmpty && head == nil ? nil : endLine()
  }

  private mutating func add(_ bytes: some Collection<UInt8>) {
    guard head == nil else { return }
    guard line.count + bytes.count > limit else {
      line.append(contentsOf: bytes)
      return
    }
    head = Array((line.prefix(Self.headLength) + bytes.prefix(Self.headLength)))
    line = []
  }

  private mutating func endLine() -> Line {
    defer {
      line = []
      head = nil
    }
    if let head { return .tooLong(head: Array(head.prefix(Self.headLength))) }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return .whole(line)
  }
}
