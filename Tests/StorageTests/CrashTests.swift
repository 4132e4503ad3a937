import GroundTruth
import Testing

@testable import Storage

@Suite("A crash")
struct CrashTests {
  /// One thing a program does with a store.
  private enum Step {
    case record([JournalRecord])
    case save
    /// A save of the dataset as it was some records ago.
    case saveEarlier(Int)
  }

  /// Runs steps on a store, remembering every dataset there was.
  private struct Sitting {
    var datasets: [Dataset]
    /// How many records were said to be on disk, and how many were tried.
    var acknowledged = 0
    var attempted = 0
    let base: Int

    init(_ opened: ManifestStore.Opened) {
      datasets = [opened.dataset]
      base = opened.store.recordCount
    }

    mutating func run(_ step: Step, on store: ManifestStore) throws {
      switch step {
      case .record(let records):
        var dataset = datasets[acknowledged]
        for record in records {
          try dataset.perform(record)
          datasets.append(dataset)
        }
        attempted = acknowledged + records.count
        try store.record(records)
        acknowledged = attempted
      case .save:
        try store.save(datasets[acknowledged])
      case .saveEarlier(let records):
        let count = acknowledged - records
        try store.save(datasets[count], including: base + count)
      }
    }
  }

  private static let manifest = Array("{\"a\":1}\r\n{\"b\":2}\n\n{\"c\":3}".utf8)

  private static func steps(on dataset: Dataset) -> [Step] {
    let first = dataset.edit(0, to: "{\"a\":100}")
    let second = dataset.edit(1, to: [0x7B, 0xFF, 0x00, 0x7D])
    let added = dataset.count
    let third = Edit(
      summary: "new",
      splices: [Splice(line: added, offset: 1, removed: [], inserted: Array("x".utf8))])
    return [
      .record([.edit(first)]),
      .record([.edit(second), .append([Array("{}".utf8), Array("{ }".utf8)]), .edit(third)]),
      .save, .record([.undo]), .record([.undo, .redo]), .saveEarlier(1), .record([.redo]),
      .record([.undo, .undo]), .save, .record([.undo]), .record([.append([[0x7A]])]),
      .saveEarlier(1), .save,
    ]
  }

  @Test(
    "at any step loses nothing that was acknowledged, and leaves a whole manifest",
    arguments: SimulatedDisk.Loss.allCases)
  func everyStep(loss: SimulatedDisk.Loss) throws {
    var stop = 1
    while try crash(after: stop, losing: loss) { stop += 1 }
    // Each record takes two steps at least, and each save nine.
    #expect(stop > 60)
  }

  /// Runs the steps up to a stop, starts again and looks.
  ///
  /// - Returns: Whether the stop was reached before the end.
  private func crash(after stop: Int, losing loss: SimulatedDisk.Loss) throws -> Bool {
    let folder = TemporaryFolder()
    try folder.makeFolder("data")
    try folder.makeFolder("state")
    try folder.write(Self.manifest, to: "data/m")
    let folders = [folder("data"), folder("state")]
    let disk = SimulatedDisk()
    disk.begin(folders, stopAfter: stop)

    var sitting: Sitting
    do {
      let opened = try openStore(
        folder("data/m"), state: folder("state"), operations: disk.operations)
      sitting = Sitting(opened)
      do {
        for step in Self.steps(on: opened.dataset) { try sitting.run(step, on: opened.store) }
        if !disk.hasStopped { opened.store.close() }
      } catch is StorageError {
        #expect(disk.hasStopped)
      }
    }
    try disk.restart(folders, losing: loss)
    try check(sitting, in: folder, "stop \(stop), \(loss)")
    return disk.hasStopped
  }

  private func check(_ sitting: Sitting, in folder: TemporaryFolder, _ comment: Comment) throws {
    let whole = try ManifestFile.open(folder("data/m")).lines
    #expect(sitting.datasets.contains { $0.lines == whole }, comment)

    let again = try openStore(folder("data/m"), state: folder("state"))
    let possible = sitting.datasets[
      sitting.acknowledged...max(sitting.acknowledged, sitting.attempted)]
    let found = possible.first {
      $0.lines == again.dataset.lines && $0.history == again.dataset.history
    }
    #expect(found != nil, comment)

    var dataset = again.dataset
    let edit = dataset.edit(0, to: "after")
    try dataset.perform(.edit(edit))
    try again.store.record([.edit(edit)])
    try again.store.save(dataset)
    again.store.close()
    #expect(try ManifestFile.open(folder("data/m")).lines == dataset.lines, comment)
    #expect(folder.names(in: "data") == ["m"], comment)

    let last = try openStore(folder("data/m"), access: .read, state: folder("state"))
    #expect(last.dataset.history == dataset.history, comment)
    #expect(last.recovery == nil, comment)
  }
}
