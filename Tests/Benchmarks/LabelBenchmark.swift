import ArgumentParser
import Glibc
import TestSupport

/// `Benchmarks label`: starting, going on, moving boxes, memory.
struct LabelBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Measure 'reticle label' on a pseudo-terminal.",
    discussion: """
      Build the program first: swift build -c release --product reticle. Photos are made with \
      cjpeg and compared with djpeg, both of libjpeg-turbo-progs.
      """)

  @Option(help: "How often what is started is started.")
  var runs = 9

  @Option(help: "How many keys are pressed where steps are measured.")
  var steps = 200

  @Flag(help: "Also open a photo of 100 megapixels.")
  var large = false

  @Option(help: "Measure only one group: start, next, boxes, memory or parts.")
  var only: Group?

  @Flag(help: "Print JSON: machine, measurements, notes.")
  var json = false

  @Option(help: "The program to measure, if not the one built beside this one.")
  var program: String?

  /// Figures that belong together.
  enum Group: String, CaseIterable, ExpressibleByArgument {
    case start, next, boxes, memory, parts
  }

  func validate() throws {
    if runs < 1 || steps < 1 { throw ValidationError("--runs and --steps are 1 at least") }
  }

  func run() throws {
    do {
      let report = try measure()
      print(json ? try report.json() : report.table)
    } catch let error as BenchmarkError {
      var text = "not measured: \(error)\n"
      text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
  }

  private func measure() throws -> Report {
    var report = Report()
    let bench = LabelBench(
      program: program ?? BuiltProduct.path("reticle"), runs: runs, steps: steps,
      place: try Workplace(withLargePhoto: large))
    for group in Group.allCases where only == nil || only == group {
      switch group {
      case .start: try bench.measureStart(into: &report)
      case .next: try bench.measureNextImage(into: &report)
      case .boxes: try bench.measureBoxes(into: &report)
      case .memory: try bench.measureMemory(isLarge: large, into: &report)
      case .parts:
        try InProcess(place: bench.place, runs: max(runs, 20)).measure(into: &report)
      }
    }
    return report
  }
}
