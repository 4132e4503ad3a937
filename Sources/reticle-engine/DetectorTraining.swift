import CTorch
import Evaluation
import GroundTruth
import Training

/// A detector while it is being trained.
struct DetectorTraining {
  let job: TrainingJob
  let folder: ModelFolder
  /// All images, those to judge by last.
  let images: [TrainingImage]
  /// The images to learn from until the model is judged.
  let train: [Int]
  /// The images to judge by.
  let held: [Int]
  /// The images to learn from afterwards.
  let all: [Int]
  /// How much the boxes of each label count.
  let weights: [Double]
  let canvas: Canvas
  let store: PixelStore
  let network: Network
  /// The model to go on from, if any.
  let warmStart: (start: WarmStart, network: Network)?
  var record: TrainingRecord
  var progress: TrainingProgress
  /// The processor time of earlier runs, less that at which this one began.
  let timeBefore: Double
  /// The processor time when the first step began.
  var timeAtFirstStep = 0.0

  static let batch = 8
  /// The number of steps after which their time is known.
  static let timedSteps = 8
  /// The part of the steps after which the model is judged, to learn from all images then.
  static let judgedPart = 0.75
  /// The same where each image counts, because there are fewer than ``few``.
  static let judgedPartOfFew = 0.65
  static let few = 40

  /// The step before which the model is judged.
  var judgedStep: Int {
    Int(
      Double(record.steps)
        * (warmStart == nil && all.count < Self.few ? Self.judgedPartOfFew : Self.judgedPart))
  }

  /// The step before which it is decided whether the images have an upright: when the network knows
  /// enough to be asked.
  private var turnStep: Int { warmStart == nil ? Int(Double(record.steps) * 0.35) : 0 }

  var cpuSeconds: Double { timeBefore + ProcessorTime.now }

  private var schedule: Schedule {
    warmStart == nil
      ? Schedule(steps: record.steps)
      : Schedule(steps: record.steps, warmUp: 10, peak: WarmStart.peak)
  }

  /// Learns until the end, or until somebody asks to stop.
  ///
  /// - Returns: Whether it came to the end.
  mutating func run(until interruption: Interruption) throws(TrainingError) -> Bool {
    var sequence = BatchSequence(order(of: record.isCalibrated ? all : train), size: Self.batch)
    for _ in 0..<(record.isCalibrated ? record.step - judgedStep : record.step) {
      _ = sequence.next()
    }
    var saved = ProcessorTime.wall
    timeAtFirstStep = cpuSeconds
    while record.step < record.steps {
      if record.step == turnStep { try checkTurns() }
      if record.step == judgedStep, !record.isCalibrated {
        try judge()
        guard !record.isKept else { break }
        sequence = BatchSequence(order(of: all), size: Self.batch)
      }
      try step(sequence.next())
      record.step += 1
      planLength()
      progress.report(step: record.step, of: record.steps)
      let isStopping = interruption.isAsked
      if isStopping || ProcessorTime.wall - saved > 10 {
        try save()
        saved = ProcessorTime.wall
      }
      if isStopping { return false }
    }
    return true
  }

  /// Plans for the time given, once it is known how long a step takes.
  private mutating func planLength() {
    guard let minutes = job.minutes, job.steps == nil, record.step == Self.timedSteps else {
      return
    }
    let each = (cpuSeconds - timeAtFirstStep) / Double(Self.timedSteps)
    // A tenth is left for judging and for all that comes before and after.
    let wanted = minutes * 60 * 0.9 / max(each, 1e-4)
    record.steps = Int(min(max(wanted / 50, 2), 1_000)) * 50
  }

  /// The order in which images are shown.
  private func order(of places: [Int]) -> ImageOrder {
    ImageOrder(images, places: places, seed: job.seed)
  }

  private mutating func step(_ batch: [Int]) throws(TrainingError) {
    var views: [View] = []
    var boxes: [[TruthBox]] = []
    for (index, place) in batch.enumerated() {
      var random = SplitMix64(seed: job.seed, part: UInt64(record.step * Self.batch + index))
      let mosaic = Mosaic(
        of: place, among: record.isCalibrated ? all : train, on: canvas,
        way: Double(record.step) / Double(record.steps), random: &random)
      var onCanvas: [TruthBox]?
      for tile in mosaic.tiles {
        guard let pixels = store.pixels(of: tile.image) else { continue }
        let image = images[tile.image]
        let augmentation = Augmentation(
          width: image.width, height: image.height, canvas: canvas, turns: record.turns,
          quarter: tile.quarter, random: &random)
        views.append(
          View(pixels: pixels, augmentation: augmentation, isBeside: onCanvas != nil))
        onCanvas = (onCanvas ?? []) + augmentation.boxes(of: image, on: canvas)
      }
      if let onCanvas { boxes.append(onCanvas) }
    }
    guard !views.isEmpty else { return }
    let horizon = Double(max(20, record.steps / 15))
    let pace = ct_pace(
      rate: Float(schedule.rate(at: record.step)), decay: 1e-2, gradient_norm: 5,
      averaging: Float(1 - 1 / horizon))
    progress.add(
      loss: try network.learn(
        views, boxes: boxes, weights: weights, canvas: canvas, pace: pace))
  }

  /// What a network finds in the images held out, as they are or upside down.
  func report(
    _ network: Network, upsideDown: Bool = false
  ) throws(TrainingError) -> DetectionReport {
    var found: [(truths: [TruthBox], found: [PredictedBox])] = []
    for place in held {
      guard let pixels = store.pixels(of: place) else { continue }
      let image = images[place]
      let boxes = try network.detect(
        pixels, size: (image.width, image.height), side: canvas.side, upsideDown: upsideDown)
      found.append((image.boxes, boxes))
    }
    return DetectionReport(labels: job.labels, images: found)
  }

  /// Finds out whether the images have an upright: whether a network that never saw one upside down
  /// finds as much there.
  private mutating func checkTurns() throws(TrainingError) {
    let boxes = held.reduce(0) { $0 + images[$1].boxes.count }
    guard record.turns.mirrored, !record.turns.anyWay,
      TurnTrial.canTell(images: held.count, boxes: boxes)
    else { return }
    let judge = record.step == 0 ? warmStart?.network ?? network : network
    let trial = TurnTrial(
      images: held.count, boxes: boxes, found: try report(judge).meanAveragePrecision,
      foundUpsideDown: try report(judge, upsideDown: true).meanAveragePrecision)
    record.turns.anyWay = trial.allowsAnyWay
    StandardLines.say("step \(record.step): \(trial); turns \(record.turns)")
  }

  /// Judges the model by the images held out: thresholds, and what scores are worth.
  ///
  /// If the model that it went on from does better there, that one is kept.
  private mutating func judge() throws(TrainingError) {
    var report = try report(network)
    if let warmStart, !held.isEmpty, warmStart.start.description.labels == job.labels,
      held.allSatisfy({ !warmStart.start.known.contains(images[$0].path) })
    {
      let before = try self.report(warmStart.network)
      let boxes = held.reduce(0) { $0 + images[$1].boxes.count }
      let least = before.meanAveragePrecision - WarmStart.tolerance(boxes: boxes)
      StandardLines.say("before \(before.meanAveragePrecision), now \(report.meanAveragePrecision)")
      if report.meanAveragePrecision < least {
        try network.setWeights(try warmStart.network.weights)
        report = before
        record.isKept = true
        record.description.warnings.append(
          "What was learned anew did worse than the model before, which therefore stays.")
      }
    }
    let prior = warmStart?.start.description.calibration ?? [:]
    let calibration = report.calibration(prior: prior)
    let thresholds = report.thresholds(calibration)
    record.description.calibration = calibration
    record.description.thresholds = thresholds
    if !held.isEmpty {
      record.description.validation = ModelDescription.Validation(
        images: held.count, meanAveragePrecision: report.meanAveragePrecision,
        f1: report.f1(calibration, thresholds: thresholds))
    }
    record.description.warnings += ModelWarnings.after(
      record.description.validation, imageCount: train.count)
    record.description.heldOut = held.map { images[$0].path }
    record.isCalibrated = true
    progress.validation = record.description.validation?.meanAveragePrecision
    progress.report(step: record.step, of: record.steps, phase: "calibrate", isForced: true)
  }

  /// Writes all that is needed to go on.
  private mutating func save() throws(TrainingError) {
    record.cpuSeconds = cpuSeconds
    var file = SectionFile(["record": record.json])
    file.set("state", try network.state)
    try Files.replace(folder.checkpoint, with: file.bytes)
  }
}
