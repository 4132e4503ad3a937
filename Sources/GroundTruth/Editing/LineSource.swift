/// Where the lines of a manifest come from: a file, or an array in a test.
public protocol LineSource: Sendable {
  /// How many lines there are, blank ones included.
  var lineCount: Int { get }

  /// The bytes of a line (counted from 0), without its line ending.
  func line(at index: Int) -> [UInt8]
}

/// Lines in memory.
extension [[UInt8]]: LineSource {
  /// How many lines there are.
  public var lineCount: Int { count }

  /// The bytes of a line.
  public func line(at index: Int) -> [UInt8] { self[index] }
}
