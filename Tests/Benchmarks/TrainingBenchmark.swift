import ArgumentParser
import Foundation
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
      first: swift build -c release --product reticle-engine. All of it takes an hour of a \
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

  @Option(help: "The program, if not the one built beside this one.")
  var program: String?

  func validate() throws {
    if seeds < 1 { throw ValidationError("--seeds is 1 at least") }
  }

  func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "reticle-training-\(ProcessInfo.processInfo.processIdentifier)").path()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bench = TrainingBench(
      program: program ?? BuiltProduct.path("reticle-engine"), folder: folder)
    var rows = [["what", "measured", "bar", "met", "by seed"]]
    for work in TrainingWork.all where only.isEmpty || only.contains(work.name) {
      rows += try work.rows(bench, data: data, seeds: seeds)
    }
    print(TextTable(rows))
    print("\n\(Machine.description)\nmean over \(seeds) seeds; the baseline is one mean box")
  }
}
