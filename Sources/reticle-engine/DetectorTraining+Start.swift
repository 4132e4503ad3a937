import CTorch
import GroundTruth
import Training

extension DetectorTraining {
  /// Prepares training, or goes on where it was left.
  init(_ job: TrainingJob, sum: UInt64, in folder: ModelFolder) throws(TrainingError) {
    self.job = job
    self.folder = folder
    let images = job.train + job.validation
    self.images = images
    warmStart = try job.warmStart.map { (path) throws(TrainingError) in
      try Self.warmStart(ModelFolder(path))
    }
    weights = LabelWeights.ofBoxes(in: job.train, labelCount: job.labels.count)
    canvas = Canvas(for: images, side: warmStart?.start.description.canvas)
    store = PixelStore(images, side: canvas.side)
    let problems = try store.load()
    let failures = store.failures
    let usable = images.indices.filter { failures[$0] == nil }
    (train, held, all) = Self.parts(job, usable: Set(usable), warmStart: warmStart?.start)
    guard !all.isEmpty else {
      throw TrainingError("No image to learn from can be decoded: \(problems.first ?? "").")
    }
    let file = try folder.readCheckpoint()
    let old = file?.sections["record"].flatMap { TrainingRecord(parsing: $0, job: sum) }
    var description = ModelDescription(
      task: .detection, labels: job.labels, canvas: canvas.side, seed: job.seed,
      engine: Torch.version)
    (description.usualHalfWidth, description.usualHalfHeight) =
      warmStart.map { ($0.start.description.usualHalfWidth, $0.start.description.usualHalfHeight) }
      ?? canvas.usualHalf(of: job.train)
    description.warnings =
      problems + ModelWarnings.before(all.map { images[$0] }, labels: job.labels, canvas: canvas)
    network = try Network(
      .detector(usualHalf: (description.usualHalfWidth, description.usualHalfHeight)),
      labelCount: job.labels.count, seed: job.seed)
    if let old, let state = file?.floats("state") {
      try network.setState(state)
      record = old
    } else {
      record = TrainingRecord(
        job: sum,
        steps: job.steps ?? (warmStart == nil ? Self.quickSteps(canvas) : WarmStart.steps),
        turns: .init(
          mirrored: try TurnCheck.evidence(
            images, places: all, labelCount: job.labels.count, store: store, seed: job.seed
          ).allowsMirror, anyWay: false),
        description: description)
      if let warmStart {
        try network.adopt(warmStart.network, labels: warmStart.start.places(of: job.labels))
      }
    }
    timeBefore = record.cpuSeconds
    progress = TrainingProgress(firstStep: record.step)
    progress.validation = record.description.validation?.meanAveragePrecision
  }

  /// The model to go on from.
  private static func warmStart(
    _ folder: ModelFolder
  ) throws(TrainingError) -> (start: WarmStart, network: Network) {
    let description = try folder.readDescription()
    guard description.task == .detection else {
      throw TrainingError(
        "\(folder.path) is no detector, so a detector can't go on from it; train without it.")
    }
    let network = try Detector(folder, description: description).network
    let known = (try? folder.readJob().job.train.map(\.path)) ?? []
    return (WarmStart(description: description, known: Set(known)), network)
  }

  /// The images to learn from at first, those to judge by, and those to learn from in the end.
  ///
  /// After a warm start only images that the old model hasn't seen tell which of both is better.
  private static func parts(
    _ job: TrainingJob, usable: Set<Int>, warmStart: WarmStart?
  ) -> (train: [Int], held: [Int], all: [Int]) {
    let all = job.train.indices.filter(usable.contains)
    guard job.validation.isEmpty else {
      let held = (job.train.count..<job.train.count + job.validation.count).filter(usable.contains)
      return (all, held, all)
    }
    var candidates = all
    if let warmStart {
      let unseen = warmStart.unseen(job.train).filter(usable.contains)
      if unseen.count >= 3 { candidates = unseen }
    }
    let holdOut = HoldOut(candidates.map { job.train[$0] }, seed: job.seed)
    let held = holdOut.validation.map { candidates[$0] }
    let train = all.filter { !held.contains($0) }
    return (train, held, all)
  }

  private static func quickSteps(_ canvas: Canvas) -> Int {
    Schedule.quickSteps(pixels: batch * canvas.width * canvas.height)
  }

  /// Writes the trained model.
  mutating func finish() throws(TrainingError) {
    record.description.steps = record.step
    record.description.cpuSeconds = (cpuSeconds * 10).rounded() / 10
    var file = SectionFile()
    file.set("network", try network.weights)
    try Files.replace(folder.weights, with: file.bytes)
    try Files.replace(folder.description, with: record.description.json)
  }
}
