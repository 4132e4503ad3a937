import ArgumentParser
import GroundTruth
import Storage

/// `reticle models compare`: two versions side by side.
struct ModelsCompare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare two versions label by label.",
    discussion: """
      Each at the thresholds that its training chose. Where they were not tested on the same \
      images with the same truth, only those that they share count, and that is said. --json \
      prints one object: Versions (two names), TestImages (in both tests, Shared), Overall and \
      Labels with F1Score, AP50, Precision and Recall as [first, second].
      """)

  @Argument(help: "A version, as PROJECT/v1, or v1 with --project.")
  var first: String

  @Argument(help: "Another.")
  var second: String

  @Option(help: "The project's folder.", completion: .directory)
  var project = "."

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let versions = try [first, second].map { try VersionArgument($0, project: project) }
    let tests = try versions.map { try VersionTest($0.version, of: $0.project) }
    let truths = try versions.map { try TestTruth($0.version) }
    let shared = truths[0].shared(with: truths[1])
    guard !shared.isEmpty else {
      throw Failure.saying(
        "\(first) and \(second) were tested on no image in common with the same truth, so that "
          + "their figures say nothing of which is better; give both the same test manifest",
        Failure.data)
    }
    let isSame = shared.count == truths[0].count && shared.count == truths[1].count
    let results = try tests.map { try $0.result(only: isSame ? nil : shared) }
    let comparison = ModelsComparison(
      names: versions.map { $0.version.name.description }, results: results,
      counts: truths.map(\.count), shared: shared.count)
    try StandardOutput.write(json ? comparison.json : Array(comparison.text.utf8))
  }
}

/// What people say of the images that a version was tested on.
struct TestTruth {
  /// By `source-ref`.
  private let images: [String: Said]

  /// Boxes in one order, and labels in one.
  private struct Said: Equatable {
    let boxes: [[String]]
    let labels: [String]
  }

  /// Reads a version's test manifest.
  ///
  /// - Throws: ``Failure``, which says that it can't be read.
  init(_ version: ModelVersion) throws {
    guard version.has(.snapshot) else {
      throw Failure.saying(
        "\(version.folder): this version was not tested; train it to its end first",
        Failure.noInput)
    }
    let truth = try EvaluateManifest(version.path(of: .snapshot), truth: nil).truth()
    images = Dictionary(
      truth.dataset.images.filter(\.isAnnotated).map { image in
        (
          image.name,
          Said(
            boxes: image.boxes.map { box in
              [box.label] + [box.left, box.top, box.width, box.height].map { "\($0)" }
            }.sorted { $0.lexicographicallyPrecedes($1) },
            labels: image.imageLabels.map(\.label).sorted())
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// How many images there are.
  var count: Int { images.count }

  /// The images of which both say the same.
  func shared(with other: TestTruth) -> Set<String> {
    Set(images.filter { other.images[$0.key] == $0.value }.keys)
  }
}
