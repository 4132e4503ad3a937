import Glibc
import GroundTruth

/// The file `M.journal`: what was done since the manifest `M` was last replaced.
///
/// Text, a record a line, each after its checksum; the first line says what contents of the
/// manifest the records build on. What `append` returned from is on disk.
struct Journal {
  let path: String
  /// Where a new journal is written before it takes its place.
  private let temporary: String
  /// How many records were ever written, those saved long ago included.
  private(set) var count: Int
  /// What the manifest held before the records in the file.
  private var base: Fingerprint
  /// Where the records that the manifest does not hold start in the file.
  private var offsets: [Int] = []
  private var file: OpenFile?
  /// The size of what is whole; beyond it the file may hold a failed write.
  private var length = 0
  private var hasWaste = false
  /// Whether a power cut could bring back the file that stood here before this one.
  private var hasUncertainName = false
  private let program: String
  private let operations: FileOperations

  /// A journal that has no file yet.
  init(manifest: String, base: Fingerprint, program: String, operations: FileOperations) {
    path = Self.path(for: manifest)
    temporary = Replacement.fixedName(beside: path)
    self.base = base
    self.program = program
    self.operations = operations
    count = 0
  }

  /// Goes on with a journal that has a file, `saved` of whose records the manifest holds.
  init(
    manifest: String, contents: JournalContents, saved: Int, program: String,
    operations: FileOperations
  ) throws(StorageError) {
    self.init(
      manifest: manifest, base: contents.header.manifest, program: program,
      operations: operations)
    file = try OpenFile.existing(path, O_RDWR)
    length = contents.length
    hasWaste = contents.isTorn
    count = contents.nextNumber - 1
    offsets = Array(contents.offsets.dropFirst(saved))
  }

  /// Where the journal of a manifest is.
  static func path(for manifest: String) -> String { manifest + ".journal" }

  /// How many records the manifest does not hold.
  var unsavedCount: Int { offsets.count }

  /// Whether there is a file.
  var exists: Bool { file != nil }

  /// Adds records, each with the edit that an undo or redo is about, and returns when they are on
  /// disk.
  ///
  /// - Throws: `StorageError`; then none of the records counts.
  mutating func append(
    _ records: [(record: JournalRecord, edit: Edit?)], at moment: Timestamp
  ) throws(StorageError) {
    guard !records.isEmpty else { return }
    let head = file == nil ? header(base, first: count + 1, at: moment) : []
    var bytes: [UInt8] = []
    var starts: [Int] = []
    for (index, item) in records.enumerated() {
      starts.append(length + head.count + bytes.count)
      let entry = JournalEntry(
        number: count + 1 + index, batch: count + 1, moment: moment, record: item.record,
        edit: item.edit)
      bytes += ChecksummedLine.encode(entry.json)
    }
    if let file {
      try write(bytes, to: file)
    } else {
      try replace(with: head + bytes)
    }
    offsets += starts
    count += records.count
  }

  /// Says that a manifest that holds the records up to a number is about to take its place.
  mutating func checkpoint(_ last: Int, _ manifest: Fingerprint) throws(StorageError) {
    guard let file else { return }
    let checkpoint = JournalCheckpoint(last: last, manifest: manifest)
    try write(ChecksummedLine.encode(checkpoint.json), to: file)
  }

  /// Starts anew with the records after a number, on a manifest that holds those up to it.
  ///
  /// - Throws: `StorageError`; the journal then goes on as it was, its checkpoint telling what the
  ///   manifest holds.
  mutating func restart(
    after last: Int, on manifest: Fingerprint, at moment: Timestamp
  ) throws(StorageError) {
    offsets = Array(offsets.suffix(count - last))
    defer { if file == nil { base = manifest } }
    guard let file else { return }
    guard let start = offsets.first else { return try remove() }
    let head = header(manifest, first: last + 1, at: moment)
    let records = try file.contents(upTo: length)[start...]
    try replace(with: head + records)
    offsets = offsets.map { $0 - start + head.count }
  }

  /// Removes the file, as the manifest holds all records.
  mutating func remove() throws(StorageError) {
    try attempting(.remove, path) { () throws(SystemCode) in try operations.remove(path) }
    file = nil
    length = 0
    hasWaste = false
    try attempting(.write, path) { () throws(SystemCode) in
      try operations.synchronizeFolder(RealPath.folder(of: path))
    }
  }

  private func header(_ manifest: Fingerprint, first: Int, at moment: Timestamp) -> [UInt8] {
    let header = JournalHeader(manifest: manifest, first: first, program: program, moment: moment)
    return ChecksummedLine.encode(header.json)
  }

  /// Puts a new file in the place of the old one, if any, in one step.
  private mutating func replace(with bytes: [UInt8]) throws(StorageError) {
    let replacement = try Replacement(of: path, temporary: temporary, operations: operations) {
      (output) throws(StorageError) in try output.append(bytes)
    }
    let fresh: OpenFile
    do throws(StorageError) {
      fresh = try OpenFile.existing(temporary, O_RDWR)
    } catch {
      replacement.discard()
      throw error
    }
    let isFirst = file == nil
    try replacement.rename()
    do throws(StorageError) {
      try replacement.synchronizeFolder()
      hasUncertainName = false
    } catch {
      if isFirst {
        try? operations.remove(path)
        throw error
      }
      // The file that a power cut would bring back leads to the same lines, until more is added.
      hasUncertainName = true
    }
    file = fresh
    length = bytes.count
    hasWaste = false
  }

  /// Writes at the end of what is whole; a write that failed is cut off, at the latest before the
  /// next.
  private mutating func write(_ bytes: [UInt8], to file: OpenFile) throws(StorageError) {
    do throws(SystemCode) {
      if hasWaste { try operations.truncate(file.descriptor, length) }
      hasWaste = true
      try bytes.withRawBytes { (raw) throws(SystemCode) in
        var written = 0
        while written < raw.count {
          let rest = UnsafeRawBufferPointer(rebasing: raw[written...])
          let count = try operations.write(file.descriptor, rest, length + written)
          guard count > 0 else { throw SystemCode(value: EIO) }
          written += count
        }
      }
      try operations.synchronize(file.descriptor)
      if hasUncertainName {
        try operations.synchronizeFolder(RealPath.folder(of: path))
        hasUncertainName = false
      }
    } catch {
      if (try? operations.truncate(file.descriptor, length)) != nil { hasWaste = false }
      throw .system(.write, path: path, code: error.value)
    }
    length += bytes.count
    hasWaste = false
  }
}
