import Glibc
import GroundTruth
import TestSupport
import Testing

@testable import Storage

@Suite("A manifest store")
struct ManifestStoreTests {
  private let folder = TemporaryFolder()

  @Test("opened and closed leaves everything as it was", arguments: oddManifests.keys.sorted())
  func untouched(name: String) throws {
    try folder.write(try #require(oddManifests[name]), to: "m")
    let before = try FileStatus(at: folder("m"))
    for access in [ManifestStore.Access.write, .read] {
      let opened = try openStore(folder("m"), access: access, state: folder("state"))
      if access == .write { try opened.store.save(opened.dataset) }
      opened.store.close()
      #expect(try FileStatus(at: folder("m")) == before)
      #expect(folder.names() == ["m"])
    }
  }

  @Test("saves an edit and its undoing byte for byte", arguments: oddManifests.keys.sorted())
  func undoAcrossSaves(name: String) throws {
    let bytes = try #require(oddManifests[name])
    try folder.write(bytes, to: "m")
    guard ManifestFile(bytes: bytes).lineCount > 0 else { return }
    for step in 0..<3 {
      let opened = try openStore(folder("m"), state: folder("state"))
      var dataset = opened.dataset
      let edit = dataset.edit(dataset.count - 1, to: "{\"edited\":true}")
      let record = [JournalRecord.edit(edit), .undo, .redo][step]
      try dataset.perform(record)
      try opened.store.record([record])
      try opened.store.save(dataset)
      opened.store.close()
      #expect((folder.bytes("m") == bytes) == (step == 1))
      #expect(folder.names() == ["m", "state"])
      #expect(folder.names(in: "state").count == 1)
    }
  }

  @Test("makes a manifest only when there is something to save")
  func newManifest() throws {
    let opened = try openStore(folder("m"))
    #expect(opened.dataset.count == 0)
    #expect(folder.names() == ["m.lock"])
    opened.store.close()
    #expect(folder.names().isEmpty)

    let again = try openStore(folder("m"))
    var dataset = again.dataset
    try dataset.perform(.append([Array("{}".utf8)]))
    try again.store.record([.append([Array("{}".utf8)])])
    #expect(folder.names() == ["m.journal", "m.lock"])
    try again.store.save(dataset)
    #expect(folder.names() == ["m", "m.lock"])
    #expect(folder.bytes("m") == Array("{}\n".utf8))
    again.store.close()
    #expect(folder.names() == ["m"])
  }

  @Test("keeps in the journal what is recorded while it saves")
  func recordsDuringSave() throws {
    try folder.write("a\nb\n", to: "m")
    let opened = try openStore(folder("m"), state: folder("state"))
    var dataset = opened.dataset
    func perform(_ record: JournalRecord) throws -> Int {
      try dataset.perform(record)
      return try opened.store.record([record])
    }
    let count = try perform(.edit(dataset.edit(0, to: "A")))
    let saved = dataset
    _ = try perform(.edit(dataset.edit(1, to: "B")))
    _ = try perform(.append([[0x63]]))
    try opened.store.save(saved, including: count)
    #expect(folder.bytes("m") == Array("A\nb\n".utf8))
    #expect(opened.store.unsavedCount == 2)
    opened.store.close()
    let again = try openStore(folder("m"), state: folder("state"))
    #expect(again.dataset.lines == dataset.lines)
    #expect(again.dataset.history == dataset.history)
    #expect(again.recovery?.edits == 1 && again.recovery?.addedLines == 1)
  }

  @Test("refuses to save what the records don't lead to")
  func outOfStep() throws {
    try folder.write("a\n", to: "m")
    let opened = try openStore(folder("m"))
    var dataset = opened.dataset
    let edit = dataset.edit(0, to: "b")
    try opened.store.record([.edit(edit)])
    #expect(throws: StorageError.datasetOutOfStep(path: folder("m"))) {
      try opened.store.save(dataset)
    }
    try dataset.perform(.edit(edit))
    #expect(throws: StorageError.datasetOutOfStep(path: folder("m"))) {
      try opened.store.save(dataset, including: 7)
    }
    #expect(throws: StorageError.datasetOutOfStep(path: folder("m"))) {
      try opened.store.save(Dataset(source: [[0x62]], history: dataset.history))
    }
    #expect(throws: StorageError.lineBreakInLine(0)) {
      try opened.store.record([.edit(dataset.edit(0, to: "b\nc"))])
    }
    #expect(throws: StorageError.datasetOutOfStep(path: folder("m"))) {
      try opened.store.record([.undo, .undo])
    }
    #expect(folder.bytes("m") == Array("a\n".utf8))
    try opened.store.save(dataset)
    #expect(folder.bytes("m") == Array("b\n".utf8))
    opened.store.close()
    #expect(throws: StorageError.closed(path: folder("m"))) { try opened.store.record([.undo]) }
  }

  @Test("does not overwrite what someone else wrote meanwhile")
  func changedElsewhere() throws {
    try folder.write("a\n", to: "m")
    let opened = try openStore(folder("m"))
    var dataset = opened.dataset
    let edit = dataset.edit(0, to: "b")
    try dataset.perform(.edit(edit))
    try opened.store.record([.edit(edit)])
    try ManifestFile.write(Dataset(source: [[0x78]]), to: folder("m"))
    #expect(throws: StorageError.changedElsewhere(path: folder("m"))) {
      try opened.store.save(dataset)
    }
    #expect(folder.bytes("m") == Array("x\n".utf8))
    // The same content under another date is no change.
    try ManifestFile.write(Dataset(source: [[0x61]]), to: folder("m"))
    try opened.store.save(dataset)
    #expect(folder.bytes("m") == Array("b\n".utf8))
  }

  @Test("works on the real file behind a link, where its journal and lock stand")
  func link() throws {
    try folder.makeFolder("real")
    try folder.write("a\n", to: "real/m")
    try folder.makeLink("link", to: "real/m")
    let opened = try openStore(folder("link"))
    #expect(folder.names(in: "real") == ["m", "m.lock"])
    #expect(throws: StorageError.self) { try openStore(folder("real/m")) }
    var dataset = opened.dataset
    let edit = dataset.edit(0, to: "b")
    try dataset.perform(.edit(edit))
    try opened.store.record([.edit(edit)])
    try opened.store.save(dataset)
    opened.store.close()
    #expect(folder.bytes("real/m") == Array("b\n".utf8))
    #expect(folder.names() == ["link", "real"])
    #expect(try FileStatus(at: folder("link"), followingLinks: false).isLink)
  }

  @Test("opened for looking touches nothing and shows what another has not saved yet")
  func looking() throws {
    try folder.write("a\n", to: "m")
    let writer = try openStore(folder("m"))
    try writer.store.record([.edit(writer.dataset.edit(0, to: "b"))])
    let names = folder.names()
    let reader = try openStore(folder("m"), access: .read)
    #expect(reader.dataset.lines == [Array("b".utf8)])
    #expect(throws: StorageError.openedReadOnly(path: folder("m"))) {
      try reader.store.record([.undo])
    }
    #expect(throws: StorageError.openedReadOnly(path: folder("m"))) {
      try reader.store.save(reader.dataset)
    }
    reader.store.close()
    #expect(folder.names() == names)
  }

  @Test("says that a disk is full, keeps the old file whole, and saves at the next try")
  func fullDisk() throws {
    try folder.write("a\n", to: "m")
    let isFull = Switch()
    var operations = FileOperations.hasty
    operations.create = { (path, mode) throws(SystemCode) in
      if isFull.isOn { throw SystemCode(value: ENOSPC) }
      return try FileOperations.system.create(path, mode)
    }
    let opened = try openStore(folder("m"), operations: operations)
    var dataset = opened.dataset
    let edit = dataset.edit(0, to: "b")
    try dataset.perform(.edit(edit))
    try opened.store.record([.edit(edit)])
    isFull.isOn = true
    #expect(throws: StorageError.system(.write, path: folder("m"), code: ENOSPC)) {
      try opened.store.save(dataset)
    }
    #expect(folder.bytes("m") == Array("a\n".utf8))
    #expect(folder.names() == ["m", "m.journal", "m.lock"])
    isFull.isOn = false
    try opened.store.save(dataset)
    #expect(folder.bytes("m") == Array("b\n".utf8))
  }

  @Test("saves where the state folder can't be written, and says so")
  func noStateFolder() throws {
    try folder.write("a\n", to: "m")
    try folder.write("a file, not a folder", to: "state")
    let opened = try openStore(folder("m"), state: folder("state/reticle"))
    var dataset = opened.dataset
    let edit = dataset.edit(0, to: "b")
    try dataset.perform(.edit(edit))
    try opened.store.record([.edit(edit)])
    #expect(try opened.store.save(dataset) != nil)
    #expect(folder.bytes("m") == Array("b\n".utf8))
  }

  @Test("edited, undone, saved, killed and opened again at random is what a model says")
  func randomSittings() throws {
    for seed in 0..<60 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let name = oddManifests.keys.sorted().randomElement(using: &generator) ?? ""
      let folder = TemporaryFolder()
      try folder.write(oddManifests[name] ?? [], to: "m")
      var model = Dataset(source: ManifestFile(bytes: oddManifests[name] ?? []).lines)
      for _ in 0..<6 {
        try sit(folder, &model, &generator, "seed \(seed)")
      }
      while model.history.undoable != nil { try model.perform(.undo) }
      let last = try openStore(folder("m"), state: folder("state"))
      var dataset = last.dataset
      while dataset.history.undoable != nil { try dataset.perform(.undo) }
      #expect(dataset.lines == model.lines, "seed \(seed)")
    }
  }

  /// One sitting of random work, ended by closing or by being killed.
  private func sit(
    _ folder: TemporaryFolder, _ model: inout Dataset, _ generator: inout SeededGenerator,
    _ comment: Comment
  ) throws {
    let opened = try openStore(folder("m"), state: folder("state"))
    var dataset = opened.dataset
    #expect(dataset.lines == model.lines, comment)
    #expect(dataset.history == model.history, comment)
    var older: [(Dataset, Int)] = []
    for _ in 0..<Int.random(in: 0..<10, using: &generator) {
      var batch: [JournalRecord] = []
      for _ in 0..<Int.random(in: 1..<4, using: &generator) {
        let record = randomRecord(for: dataset, &generator)
        try dataset.perform(record)
        try model.perform(record)
        batch.append(record)
      }
      older.append((dataset, try opened.store.record(batch)))
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: try opened.store.save(dataset)
      case 1:
        if let (dataset, count) = older.randomElement(using: &generator) {
          // One that is older than the last save is refused.
          _ = try? opened.store.save(dataset, including: count)
        }
      default: break
      }
    }
    if Bool.random(using: &generator) { opened.store.close() }
  }

  private func randomRecord(
    for dataset: Dataset, _ generator: inout SeededGenerator
  ) -> JournalRecord {
    let choice = Int.random(in: 0..<6, using: &generator)
    if choice == 0, dataset.history.undoable != nil { return .undo }
    if choice == 1, dataset.history.redoable != nil { return .redo }
    if choice == 2 || dataset.count == 0 { return .append([generator.line()]) }
    let line = Int.random(in: 0..<dataset.count, using: &generator)
    return .edit(dataset.edit(line, to: generator.line(), "é \(line)"))
  }
}
