import GroundTruth
import Training

extension ClassifierTraining {
  /// The number of parts that images are dealt into: of few images each is needed to learn from.
  static func parts(of images: Int) -> Int { min(images < 100 ? 5 : 3, images) }

  /// Prepares training, or goes on where it was left.
  init(_ job: TrainingJob, sum: UInt64, in folder: ModelFolder) throws(TrainingError) {
    self.job = job
    self.folder = folder
    images = job.train + job.validation
    store = PixelStore(images, side: ImageViews.decodedSide)
    let problems = try store.load()
    let (images, failures) = (images, store.failures)
    let isMultiLabel = job.task == .multiLabel
    let usable = images.indices.filter {
      failures[$0] == nil && (isMultiLabel || !images[$0].labels.isEmpty)
    }
    let own = usable.filter { $0 < job.train.count }
    let other = usable.filter { $0 >= job.train.count }
    guard own.count >= 2 else {
      throw TrainingError(
        "There are \(own.count) images with labels to learn from; label two at least. "
          + (problems.first ?? ""))
    }
    places = own + other
    // Images given to judge by are asked about after learning from all others.
    partCount = other.isEmpty ? Self.parts(of: own.count) : 1
    parts =
      other.isEmpty
      ? Folds.deal(images, places: own, count: partCount, seed: job.seed)
      : own.map { _ in 0 } + other.map { _ in 1 }
    isMirrored = try TurnCheck.evidence(
      images, places: own, labelCount: job.labels.count, store: store, seed: job.seed
    ).allowsMirror
    let name = Array(String(sum).utf8)
    let file = try folder.readCheckpoint()
    done = file?.sections["job"] == name ? file ?? SectionFile() : SectionFile(["job": name])
    timeBefore =
      done.sections["cpu"].flatMap { Double(String(decoding: $0, as: UTF8.self)) } ?? 0
    progress = TrainingProgress(firstStep: 0)
    description = ModelDescription(
      task: job.task, labels: job.labels, canvas: ImageViews.networkSide, seed: job.seed,
      engine: Torch.version, warnings: problems)
    for (label, name) in job.labels.enumerated() {
      let count = own.count { images[$0].labels.contains(label) }
      if count < 5 {
        description.warnings.append(
          "“\(name)” is on \(count) \(count == 1 ? "image" : "images") only; label more of it.")
      }
    }
  }
}
