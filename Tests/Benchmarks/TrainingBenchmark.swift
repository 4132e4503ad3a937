import ArgumentParser
import Dispatch
import Foundation
import Synchronization
import TestSupport
import Training

/// `Benchmarks training`: what models learn from public data, against the design's bars.
struct TrainingBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training",
    abstract: "Train models with reticle-engine and judge them on test images.",
    discussion: """
      The folder holds bccd (github.com/Shenggan/BCCD_Dataset), raccoon \
      (github.com/datitran/raccoon_dataset) and clothing5 (five labels of \
      github.com/alexeygrigorev/clothing-dataset-small, in train and test). Build the program \
      first: swift build -c release --product reticle-engine. All of it takes half an hour of a \
      processor for each seed; --only names some.
      """)

  @Option(help: "The folder with the datasets.")
  var data: String

  @Option(help: "How many seeds; figures are their means.")
  var seeds = 3

  @Option(
    parsing: .upToNextOption,
    help: "Which to measure: bccd-10, bccd-50, bccd-160, bccd-160-long, raccoon-50, …")
  var only: [String] = []

  @Option(help: "How many models to train at the same time.")
  var jobs = 1

  @Option(help: "The program, if not the one built beside this one.")
  var program: String?

  func validate() throws {
    if seeds < 1 { throw ValidationError("--seeds is 1 at least") }
    if jobs < 1 { throw ValidationError("--jobs is 1 at least") }
  }

  func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "reticle-training-\(ProcessInfo.processInfo.processIdentifier)").path()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bench = TrainingBench(
      program: program ?? BuiltProduct.path("reticle-engine"), folder: folder)
    var rows = [["what", "measured", "bar", "met", "by seed"]]
    let works = TrainingWork.all.filter { only.isEmpty || only.contains($0.name) }
    for (work, results) in zip(works, try results(of: works, bench)) {
      rows += work.rows(results)
    }
    print(TextTable(rows))
    print(
      "\n\(Machine.description)\nmean over \(seeds) seeds; the baseline is one mean box, or the commonest label"
    )
  }

  /// What came of each work with each seed; says on standard error what is done.
  private func results(
    of works: [TrainingWork], _ bench: TrainingBench
  ) throws -> [[TrainingWork.Result]] {
    let units = works.indices.flatMap { work in (0..<seeds).map { (work: work, seed: $0) } }
    let done = Mutex<[Int: Swift.Result<TrainingWork.Result, any Error>]>([:])
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: min(jobs, units.count)) { _ in
      while let place = next.withLock({ next in
        defer { next += 1 }
        return units.indices.contains(next) ? next : nil
      }) {
        let (work, seed) = (works[units[place].work], units[place].seed + 1)
        let result = Swift.Result { try work.result(bench, data: data, seed: UInt64(seed)) }
        let text = result.map { "\($0.outcome)" }
        FileHandle.standardError.write(
          Data("\(work.name), seed \(seed): \((try? text.get()) ?? "failed")\n".utf8))
        done.withLock { $0[place] = result }
      }
    }
    let found = done.withLock { $0 }
    return try works.indices.map { work in
      try units.indices.filter { units[$0].work == work }.compactMap { try found[$0]?.get() }
    }
  }
}
