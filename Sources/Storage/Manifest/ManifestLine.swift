public import GroundTruth

/// A line on its way into a new manifest, with what ends it.
public struct ManifestLine: Hashable, Sendable {
  /// The line's bytes.
  public let bytes: [UInt8]
  /// What ends the line; nothing for the last line of a file without a final newline.
  let terminator: LineTerminator
  /// What ends it where another line follows and it has no end of its own.
  let fallback: LineTerminator
}

extension Dataset {
  /// A line as it is now, or other bytes in its place, with the line ending that it was found with.
  ///
  /// - Parameters:
  ///   - index: The line, counted from 0.
  ///   - bytes: What the line becomes; nil to leave it as it is.
  /// - Returns: The line; one that isn't in a file ends as most lines of the file do.
  public func manifestLine(at index: Int, replacedBy bytes: [UInt8]? = nil) -> ManifestLine {
    let bytes = bytes ?? line(at: index)
    guard let file = source as? ManifestFile else {
      return ManifestLine(
        bytes: bytes, terminator: LineTerminator.lineFeed.keeping(bytes), fallback: .lineFeed)
    }
    let isFound = index < file.lineCount
    var terminator = isFound ? file.extent(of: index).terminator : file.dominantTerminator
    // A line that has neither bytes nor an end would no longer be a line.
    if bytes.isEmpty, terminator == .none { terminator = file.dominantTerminator }
    return ManifestLine(
      bytes: bytes, terminator: terminator.keeping(bytes),
      fallback: file.dominantTerminator.keeping(bytes))
  }
}

/// Lines of one or more manifests as the text of a new one, made piece by piece.
///
/// A line keeps what ends it; one that had no end gets one before another follows. The text
/// starts with a byte order mark if the manifest that it is modelled on does.
public struct ManifestText<Lines: Sequence>: Sequence, IteratorProtocol
where Lines.Element == ManifestLine {
  private var lines: Lines.Iterator
  private var owed: [UInt8]
  private var isFirst = true

  /// Creates a text.
  ///
  /// - Parameters:
  ///   - lines: The lines in order.
  ///   - model: The manifest whose byte order mark, or lack of one, the text takes over.
  public init(_ lines: Lines, like model: Dataset) {
    self.lines = lines.makeIterator()
    let hasMark = (model.source as? ManifestFile)?.markLength == 3
    owed = hasMark ? ManifestFile.byteOrderMark : []
  }

  /// The next piece; nil at the end.
  public mutating func next() -> [UInt8]? {
    guard let line = lines.next() else { return nil }
    // Without a mark before it, a first line that starts with one would lose it when read.
    if isFirst, line.bytes.starts(with: ManifestFile.byteOrderMark) {
      owed = ManifestFile.byteOrderMark
    }
    isFirst = false
    let piece = owed + line.bytes + line.terminator.bytes
    owed = line.terminator == .none ? line.fallback.bytes : []
    return piece
  }
}

extension ManifestFile {
  /// Writes pieces of text in the place of a file, in one step.
  ///
  /// The file's mode and owner are kept and links are followed to the real file.
  ///
  /// - Parameters:
  ///   - pieces: The text in order, as `ManifestText` gives it; asked for one at a time.
  ///   - path: The file to be replaced or made.
  /// - Returns: What is in the file now.
  /// - Throws: `StorageError`; the old file is then whole, and nothing else is left behind.
  @discardableResult
  public static func write(
    _ pieces: some Sequence<[UInt8]>, to path: String
  ) throws(StorageError) -> Fingerprint {
    let replacement = try Replacement(of: RealPath.resolve(path)) {
      (output) throws(StorageError) in
      for piece in pieces { try output.append(piece) }
    }
    try replacement.commit()
    return replacement.fingerprint
  }
}
