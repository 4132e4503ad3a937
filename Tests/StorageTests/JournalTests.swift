import Glibc
import GroundTruth
import Testing

@testable import Storage

@Suite("A journal")
struct JournalTests {
  private let folder = TemporaryFolder()
  private let start = Array("{\"a\":1}\n{\"b\":2}\n".utf8)

  /// Four records, in two batches, of a manifest; the dataset after each.
  private func recordFour() throws -> [Dataset] {
    try folder.write(start, to: "m")
    let opened = try openStore(folder("m"))
    var datasets = [opened.dataset]
    for text in [["{\"a\":\"\\u0007é\u{1F99D}\"}"], ["x", "y", ""]] {
      var batch: [JournalRecord] = []
      for line in text {
        var dataset = datasets[datasets.count - 1]
        let bytes = line.isEmpty ? [0xFF, 0x00, 0x0D, 0x22] : Array(line.utf8)
        let edit = dataset.edit(line == "y" ? 1 : 0, to: bytes)
        try dataset.perform(.edit(edit))
        datasets.append(dataset)
        batch.append(.edit(edit))
      }
      try opened.store.record(batch)
    }
    opened.store.close()
    return datasets
  }

  @Test("stands beside its manifest while there are unsaved edits, and gives them back")
  func recovery() throws {
    let datasets = try recordFour()
    #expect(folder.names() == ["m", "m.journal"])
    #expect(folder.bytes("m") == start)
    let again = try openStore(folder("m"))
    #expect(again.dataset.lines == datasets[4].lines)
    #expect(again.dataset.history == datasets[4].history)
    #expect(again.recovery?.edits == 4)
    #expect(again.recovery?.first == Timestamp(seconds: 1_700_000_000))
    #expect(again.recovery?.hadTornEnd == false)
    #expect(
      again.recovery?.description
        == "4 edits came back from the journal (made since 2023-11-14T22:13:20Z).")
    again.store.close()
  }

  @Test("cut at any byte gives back all records before the cut")
  func tornEnd() throws {
    let datasets = try recordFour()
    let whole = try #require(folder.bytes("m.journal"))
    let ends = whole.indices.filter { whole[$0] == 0x0A }.map { $0 + 1 }
    for cut in ends[0]..<whole.count {
      try folder.write(Array(whole[..<cut]), to: "m.journal")
      let opened = try openStore(folder("m"))
      let count = ends.dropFirst().count { $0 <= cut }
      #expect(opened.dataset.lines == datasets[count].lines, "cut at \(cut)")
      #expect((opened.recovery?.hadTornEnd ?? false) == !ends.contains(cut), "cut at \(cut)")
      // What comes after the cut is as good as before.
      let edit = opened.dataset.edit(1, to: "later")
      var dataset = opened.dataset
      try dataset.perform(.edit(edit))
      try opened.store.record([.edit(edit)])
      opened.store.close()
      let again = try openStore(folder("m"))
      #expect(again.dataset.lines == dataset.lines, "cut at \(cut)")
      again.store.close()
    }
  }

  @Test("with any byte changed loses nothing in silence")
  func damage() throws {
    let datasets = try recordFour()
    let whole = try #require(folder.bytes("m.journal"))
    let ends = whole.indices.filter { whole[$0] == 0x0A }.map { $0 + 1 }
    for index in whole.indices {
      var damaged = whole
      damaged[index] ^= 0x01
      try folder.write(damaged, to: "m.journal")
      let line = ends.firstIndex { $0 > index } ?? 0
      do {
        let opened = try openStore(folder("m"))
        // Records 2 to 4 were one write: without one of them, none is known to have been saved.
        #expect(line >= 2, "byte \(index)")
        #expect(opened.dataset.lines == datasets[line - 1].lines, "byte \(index)")
        #expect(opened.recovery?.hadTornEnd == true)
        opened.store.close()
      } catch {
        #expect(error == .journalDamaged(path: folder("m.journal"), line: line + 1))
        #expect(line < 2, "byte \(index)")
        #expect(folder.bytes("m.journal") == damaged)
        #expect(folder.names() == ["m", "m.journal"])
      }
    }
  }

  @Test("of another content is not replayed, and both files stay as they are")
  func doesNotFit() throws {
    _ = try recordFour()
    let journal = folder.bytes("m.journal")
    try folder.write("{\"other\":1}\n", to: "m")
    #expect(
      throws: StorageError.journalDoesNotFit(journal: folder("m.journal"), manifest: folder("m"))
    ) { try openStore(folder("m")) }
    #expect(folder.bytes("m.journal") == journal)
    #expect(folder.names() == ["m", "m.journal"])
    let seen = try openStore(folder("m"), access: .read)
    #expect(seen.dataset.lines == [Array("{\"other\":1}".utf8)])
    #expect(
      seen.problem == .journalDoesNotFit(journal: folder("m.journal"), manifest: folder("m")))
    unlink(folder("m"))
    #expect(throws: StorageError.self) { try openStore(folder("m")) }
  }

  @Test("of another version names the program that wrote it")
  func otherVersion() throws {
    try folder.write(start, to: "m")
    let header = JSONValue.object([
      "journal": .string("reticle"), "version": .number(2), "program": .string("reticle 9.1"),
    ])
    try folder.write(ChecksummedLine.encode(header), to: "m.journal")
    #expect(
      throws: StorageError.journalOfAnotherVersion(
        path: folder("m.journal"), program: "reticle 9.1", version: 2)
    ) { try openStore(folder("m")) }
    #expect(folder.names() == ["m", "m.journal"])
  }

  @Test("that is someone's own text is left alone")
  func someoneElses() throws {
    try folder.write(start, to: "m")
    try folder.write("my notes\n", to: "m.journal")
    #expect(throws: StorageError.journalDamaged(path: folder("m.journal"), line: 1)) {
      try openStore(folder("m"))
    }
    #expect(folder.bytes("m.journal") == Array("my notes\n".utf8))
  }

  @Test("with numbers beyond reason and right checksums is refused, not crashed on")
  func hostile() throws {
    try folder.write(start, to: "m")
    let fingerprint = JSONValue.string(Fingerprint(of: start).description)
    let huge = JSONValue.number(Int.max)
    for first in [huge, .number(Int.min), .number("1e9"), .number(1)] {
      let header = JSONValue.object([
        "journal": .string("reticle"), "version": .number(1), "manifest": fingerprint,
        "size": .number(start.count), "first": first, "program": .string(""), "at": huge,
      ])
      let splice = JSONValue.array([huge, huge, .string("a"), .string("b")])
      let entry = JSONValue.object([
        "n": .number(1), "batch": huge, "at": huge, "edit": .array([.string(""), splice]),
      ])
      let checkpoint = JSONValue.object([
        "saved": huge, "manifest": fingerprint, "size": .number(start.count),
      ])
      for last in [entry, checkpoint] {
        try folder.write(
          ChecksummedLine.encode(header) + ChecksummedLine.encode(last), to: "m.journal")
        #expect(throws: StorageError.self) { try openStore(folder("m")) }
      }
    }
  }

  @Test("counts nothing that the disk refused, and takes it at the next try")
  func fullDisk() throws {
    try folder.write(start, to: "m")
    let isFull = Switch()
    var operations = FileOperations.hasty
    operations.write = { (file, bytes, offset) throws(SystemCode) in
      guard isFull.isOn else { return try FileOperations.system.write(file, bytes, offset) }
      if bytes.count < 8 { throw SystemCode(value: ENOSPC) }
      // A disk that fills up takes a part first.
      let part = UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / 2))
      return try FileOperations.system.write(file, part, offset)
    }
    let opened = try openStore(folder("m"), operations: operations)
    var dataset = opened.dataset
    for round in 0..<3 {
      let edit = dataset.edit(0, to: "round \(round)")
      try dataset.perform(.edit(edit))
      isFull.isOn = true
      #expect(throws: StorageError.system(.write, path: folder("m.journal"), code: ENOSPC)) {
        try opened.store.record([.edit(edit)])
      }
      isFull.isOn = false
      #expect(try opened.store.record([.edit(edit)]) == round + 1)
    }
    opened.store.close()
    let again = try openStore(folder("m"))
    #expect(again.dataset.lines == dataset.lines)
    #expect(again.recovery?.edits == 3)
  }

  @Test("leads back before its own start where the older history is lost")
  func lostHistory() throws {
    try folder.write("one\n", to: "m")
    let opened = try openStore(folder("m"))
    var dataset = opened.dataset
    func perform(_ record: JournalRecord) throws {
      try dataset.perform(record)
      try opened.store.record([record])
    }
    for text in ["two", "three", "four"] { try perform(.edit(dataset.edit(0, to: text))) }
    try perform(.undo)
    try opened.store.save(dataset)
    for record in [JournalRecord.redo, .undo, .undo, .undo, .redo] { try perform(record) }
    opened.store.close()
    let again = try openStore(folder("m"))
    #expect(again.dataset.lines == dataset.lines)
    #expect(again.dataset.history == dataset.history)
  }
}
