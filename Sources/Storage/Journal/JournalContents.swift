import Glibc

/// What a journal says, with a damaged end cut off.
struct JournalContents {
  let header: JournalHeader
  private(set) var entries: [JournalEntry] = []
  /// Where each entry starts in the file, in bytes.
  private(set) var offsets: [Int] = []
  private(set) var checkpoints: [JournalCheckpoint] = []
  /// The size of what is whole, in bytes.
  private(set) var length: Int
  /// Whether something stood after that.
  private(set) var isTorn = false

  /// Reads a journal.
  ///
  /// What a crash left half written at the end was never acknowledged and is left out.
  ///
  /// - Returns: nil if there is no journal, or an empty one.
  /// - Throws: `StorageError.journalDamaged` for damage before the end,
  ///   `.journalOfAnotherVersion`.
  static func read(_ path: String) throws(StorageError) -> JournalContents? {
    guard let bytes = try OpenFile.contents(of: path) else { return nil }
    return try JournalContents(bytes, path: path)
  }

  init?(_ bytes: [UInt8], path: String) throws(StorageError) {
    var lines = Lines(bytes: bytes)
    guard let first = lines.next() else { return nil }
    guard let value = ChecksummedLine.decode(first.text) else {
      throw .journalDamaged(path: path, line: 1)
    }
    try Self.checkVersion(value, path: path)
    guard let header = JournalHeader(json: value) else {
      throw .journalDamaged(path: path, line: 1)
    }
    self.header = header
    length = first.end
    try read(&lines, path: path)
  }

  private static func checkVersion(_ value: JSONValue, path: String) throws(StorageError) {
    guard value["journal"]?.string == "reticle", let version = value["version"]?.integer else {
      throw .journalDamaged(path: path, line: 1)
    }
    guard version == JournalHeader.currentVersion else {
      throw .journalOfAnotherVersion(
        path: path, program: value["program"]?.string ?? "another program", version: version)
    }
  }

  private mutating func read(_ lines: inout Lines, path: String) throws(StorageError) {
    var damagedLine: Int?
    while let line = lines.next() {
      let value = ChecksummedLine.decode(line.text)
      if let damagedLine {
        // A line that is whole may follow only if it was written in the same go.
        guard let value else { continue }
        let batch = JournalEntry(json: value)?.batch
        guard let batch, batch <= nextNumber else {
          throw .journalDamaged(path: path, line: damagedLine)
        }
      } else if let value, add(value, at: line) {
        length = line.end
      } else if value == nil {
        damagedLine = line.number
      } else {
        throw .journalDamaged(path: path, line: line.number)
      }
    }
    isTorn = damagedLine != nil
  }

  /// The number that the next record will have.
  var nextNumber: Int { header.first + entries.count }

  private mutating func add(_ value: JSONValue, at line: Lines.Line) -> Bool {
    if let checkpoint = JournalCheckpoint(json: value) {
      checkpoints.append(checkpoint)
      return checkpoint.last < nextNumber
    }
    guard let entry = JournalEntry(json: value), entry.number == nextNumber else { return false }
    entries.append(entry)
    offsets.append(line.start)
    return true
  }

  /// How many of the records a manifest with this content has already.
  ///
  /// - Returns: nil if the journal belongs to another content.
  func savedCount(in manifest: Fingerprint) -> Int? {
    if let checkpoint = checkpoints.last(where: { $0.manifest == manifest }) {
      return max(0, checkpoint.last - header.first + 1)
    }
    return header.manifest == manifest ? 0 : nil
  }
}

/// The lines of a journal, each with its place; a line without a line feed counts as damaged.
private struct Lines {
  struct Line {
    let number: Int
    let start: Int
    let end: Int
    let text: ArraySlice<UInt8>
  }

  let bytes: [UInt8]
  var offset = 0
  var number = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Line? {
    guard offset < bytes.count else { return nil }
    let start = offset
    let feed = bytes[start...].firstIndex(of: 0x0A)
    offset = feed.map { $0 + 1 } ?? bytes.count
    number += 1
    return Line(
      number: number, start: start, end: offset, text: feed.map { bytes[start..<$0] } ?? [])
  }
}
