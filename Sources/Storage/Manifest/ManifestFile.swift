import Glibc
public import GroundTruth

/// A manifest as it stood on disk when it was opened, line by line.
///
/// Lines end in a line feed, or a carriage return and a line feed; the last may end in neither.
/// A byte order mark at the start of the file belongs to no line. Blank lines and lines that are
/// not UTF-8 are lines like others. The bytes stay those of the file that was opened when another
/// takes its name; another program that cuts the file itself short while it is open here breaks
/// that, as it does for every program that maps files.
public struct ManifestFile: LineSource {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let storage: FileBytes
  private let index: LineIndex
  /// What was on disk; nil if there was no file.
  let status: FileStatus?

  /// Creates a manifest from bytes in memory.
  public init(bytes: [UInt8]) {
    self.init(storage: FileBytes(bytes), status: nil)
  }

  private init(storage: FileBytes, status: FileStatus?) {
    self.storage = storage
    self.status = status
    index = LineIndex(of: storage.bytes)
  }

  /// Opens a manifest; one that isn't there has no lines.
  ///
  /// Links are followed. The file is mapped into memory, or read if it can't be.
  ///
  /// - Throws: `StorageError.notAFile` for a folder or a pipe, or what the system says.
  /// - Complexity: O(size): one pass, at more than a gigabyte a second from memory.
  public static func open(_ path: String) throws(StorageError) -> ManifestFile {
    let real = try RealPath.resolve(path)
    do {
      let file = try OpenFile.existing(real, O_RDONLY)
      let status = try file.status()
      let storage = try FileBytes(mapping: file, size: status.size)
      return ManifestFile(storage: storage, status: status)
    } catch StorageError.system(.read, _, ENOENT) {
      return ManifestFile(bytes: [])
    }
  }

  /// What the whole file is, byte order mark and terminators included.
  public var fingerprint: Fingerprint { index.fingerprint }

  /// How many lines there are, blank ones included.
  public var lineCount: Int { index.count }

  /// The bytes of a line (counted from 0), without its terminator.
  ///
  /// - Complexity: O(length of four lines).
  public func line(at index: Int) -> [UInt8] {
    withLine(at: index) { Array($0) }
  }

  /// Lends the bytes of a line (counted from 0), without its terminator and without a copy.
  ///
  /// - Complexity: O(length of four lines).
  public func withLine<Result, Failure: Error>(
    at index: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bounds = self.index.bounds(of: index, in: storage.bytes)
    return try body(UnsafeRawBufferPointer(rebasing: storage.bytes[bounds.start..<bounds.end]))
  }

  /// Lends the bytes of consecutive lines, one after another, without copies.
  ///
  /// - Complexity: O(bytes of the lines).
  public func forEachLine(in range: Range<Int>, _ body: (Int, Span<UInt8>) -> Void) {
    guard !range.isEmpty, let base = storage.bytes.baseAddress else { return }
    var bounds = index.bounds(of: range.lowerBound, in: storage.bytes)
    for line in range {
      if line > range.lowerBound { bounds = index.bounds(from: bounds.next, in: storage.bytes) }
      let start = base.advanced(by: bounds.start).assumingMemoryBound(to: UInt8.self)
      body(line, UnsafeBufferPointer(start: start, count: bounds.end - bounds.start).span)
    }
  }

  /// All bytes of the file.
  var bytes: UnsafeRawBufferPointer { storage.bytes }

  /// The length of the byte order mark at the start, or 0.
  var markLength: Int { index.markLength }

  /// The whole of a line in the file, and what ends it.
  func extent(of line: Int) -> (range: Range<Int>, terminator: LineTerminator) {
    let bounds = index.bounds(of: line, in: storage.bytes)
    let terminator: LineTerminator =
      switch bounds.next - bounds.end {
      case 0: .none
      case 1: .lineFeed
      default: .carriageReturnLineFeed
      }
    return (bounds.start..<bounds.next, terminator)
  }

  /// The terminator that most lines have; a line feed if there is none.
  var dominantTerminator: LineTerminator {
    index.carriageReturns * 2 > index.count ? .carriageReturnLineFeed : .lineFeed
  }
}
