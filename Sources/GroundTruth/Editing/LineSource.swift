/// Where the lines of a manifest come from: a file, or an array in a test.
public protocol LineSource: Sendable {
  /// How many lines there are, blank ones included.
  var lineCount: Int { get }

  /// The bytes of a line (counted from 0), without its line ending.
  func line(at index: Int) -> [UInt8]

  /// Lends the bytes of consecutive lines, one after another, without their line endings.
  ///
  /// A source that has them at hand lends them without a copy; by default each is one.
  ///
  /// - Parameters:
  ///   - range: The lines, counted from 0.
  ///   - body: Gets each line's number and its bytes.
  func forEachLine(in range: Range<Int>, _ body: (Int, Span<UInt8>) -> Void)
}

extension LineSource {
  /// Lends copies of the lines.
  public func forEachLine(in range: Range<Int>, _ body: (Int, Span<UInt8>) -> Void) {
    for index in range {
      let line = line(at: index)
      body(index, line.span)
    }
  }
}

/// Lines in memory.
extension [[UInt8]]: LineSource {
  /// How many lines there are.
  public var lineCount: Int { count }

  /// The bytes of a line.
  public func line(at index: Int) -> [UInt8] { self[index] }
}
