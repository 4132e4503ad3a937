import GroundTruth
import Storage

/// What a model that was trained here has learned from, and what it said of images that it hasn't.
struct ModelHistory {
  /// An image that it was tested on.
  struct Test {
    let image: EvaluateInput.Image
    /// The file, links followed; nil if it is not here.
    let path: String?
  }

  /// The files that it, or a model that it goes on from, learned from.
  private(set) var learned: Set<String> = []
  /// The files that its thresholds and the worth of its confidences were chosen on.
  private(set) var chosenOn: Set<String> = []
  /// Whether all of that is known.
  private(set) var isKnown = true
  /// What it said of its test images.
  private(set) var tests: [Test] = []
  /// Whether that was about whole images; nil if it was not tested.
  private(set) var isImageLevel: Bool?

  /// Reads what stands beside a model.
  ///
  /// - Parameter path: What `--model` names.
  /// - Throws: ``Failure``, which says what can't be read.
  init(ofModel path: String) throws {
    let model = try LocalModel(path)
    do throws(StorageError) {
      try readJobs(of: model.version)
    } catch {
      throw Failure.saying(error.description, error.exitCode)
    }
    guard model.project != nil, model.version.has(.snapshot) else { return }
    let project = try ProjectPath(path).project
    let manifest = try EvaluateManifest(model.version.path(of: .snapshot), truth: nil)
    let input = EvaluateInput(
      truth: try manifest.truth(), predictions: try manifest.predictions(nil), isPaired: true,
      notes: [])
    isImageLevel = input.isImageLevel
    let locator = project.locator(of: project.testManifest ?? project.trainingManifest)
    tests = input.images.map { image in
      Test(image: image, path: locator.path(for: image.name).map(Sources.real))
    }
  }

  /// Whether it is known that the model has not learned from a file.
  func isNew(_ path: String?) -> Bool { path.map { !learned.contains($0) } ?? true }

  /// Reads what a version learned from, and those that it goes on from.
  private mutating func readJobs(of version: ModelVersion) throws(StorageError) {
    var next: ModelVersion? = version
    var seen: Set<String> = []
    while let version = next, seen.insert(version.folder).inserted {
      guard let job = try version.job() else {
        isKnown = false
        return
      }
      learned.formUnion(job.train.map(\.path))
      chosenOn.formUnion(job.validation.map(\.path))
      guard let folder = job.warmStart else { return }
      next = Self.version(at: folder)
      if next == nil { isKnown = false }
    }
  }

  private static func version(at folder: String) -> ModelVersion? {
    guard let slash = folder.lastIndex(of: "/"),
      let name = VersionName(String(folder[folder.index(after: slash)...]))
    else { return nil }
    return ModelVersion(name, in: String(folder[..<slash]))
  }
}
