/// What ends a line.
enum LineTerminator: Hashable, Sendable {
  /// Nothing: the last line of a file without a final newline.
  case none
  /// A line feed.
  case lineFeed
  /// A carriage return and a line feed.
  case carriageReturnLineFeed

  var bytes: [UInt8] {
    switch self {
    case .none: []
    case .lineFeed: [0x0A]
    case .carriageReturnLineFeed: [0x0D, 0x0A]
    }
  }

  /// The terminator that this one has to become so that `line` is read back as it is.
  ///
  /// A carriage return at the end of a line would be taken for a part of the terminator.
  func keeping(_ line: [UInt8]) -> LineTerminator {
    self == .lineFeed && line.last == 0x0D ? .carriageReturnLineFeed : self
  }
}
