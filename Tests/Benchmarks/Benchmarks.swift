import ArgumentParser

/// Measures the program beside its peers; it never judges, so it always ends with 0.
@main
struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks",
    abstract: "Measure Reticle beside its peers, in one run on one machine.",
    subcommands: [
      LabelBenchmark.self, PictureBenchmark.self, DatasetBenchmark.self, EvaluationBenchmark.self,
      ReviewBenchmark.self, TrainingBenchmark.self, ReadPNG.self,
    ])
}
