import CTorch
import GroundTruth
import Training

/// A classifier while it is being trained.
///
/// Images are dealt into parts; what is said of each part, after learning from the others, tells
/// which of the ways to learn is best, how strict to be, and what chances are worth. The chosen way
/// then learns from all images.
struct ClassifierTraining {
  let job: TrainingJob
  let folder: ModelFolder
  let images: [TrainingImage]
  /// The images to learn from, as places.
  let places: [Int]
  /// The part that each of them is in; those in `partCount` are only asked about.
  let parts: [Int]
  let partCount: Int
  let store: PixelStore
  let isMirrored: Bool
  /// What is done already, for going on after an interruption.
  var done: SectionFile
  var progress: TrainingProgress
  var description: ModelDescription
  let timeBefore: Double
  var step = 0

  static let batch = 16
  static let quickSteps = 400
  /// With fewer images than this a network learns nothing that patches don't tell.
  static let leastForNetwork = 20
  /// What a network must bring surprise down to for its time, as a part of what it is without.
  static let worthwhile = 0.95

  var isExclusive: Bool { job.task == .classification }
  /// The parts that are asked about after learning from the others.
  var judgedParts: Range<Int> { partCount == 1 ? 1..<2 : 0..<partCount }
  /// The images in them, as rows of `places`.
  var judged: [Int] { parts.indices.filter { judgedParts.contains(parts[$0]) } }
  var cpuSeconds: Double { timeBefore + ProcessorTime.now }

  /// The steps of each network.
  var steps: Int {
    if let steps = job.steps { return steps }
    guard let minutes = job.minutes else { return Self.quickSteps }
    // A step takes about a twelfth of a second on a usual processor.
    return min(max(Int(minutes * 60 * 12 / Double(partCount + 1) / 50), 2), 200) * 50
  }

  /// The share of each label in what is asked of an image.
  func target(_ place: Int) -> [Float] {
    let labels = images[place].labels
    let share = isExclusive ? 1 / Float(max(labels.count, 1)) : 1
    return job.labels.indices.map { labels.contains($0) ? share : 0 }
  }

  /// Learns until the end, or until somebody asks to stop.
  ///
  /// - Returns: Whether it came to the end.
  mutating func run(until interruption: Interruption) throws(TrainingError) -> Bool {
    let asked = try featureAnswers()
    var answers: [ModelDescription.Blend: [[[Double]]]] = [.patches: [asked.answers]]
    if places.count >= Self.leastForNetwork {
      guard let said = try networkAnswers(beside: asked.answers, until: interruption) else {
        return false
      }
      if !said.isEmpty {
        answers[.network] = [said]
        answers[.both] = [asked.answers, said]
      }
    }
    judge(answers.mapValues { report(judged, $0) })
    var network: Network?
    if description.blend.usesNetwork {
      network = try learn(
        places.indices.filter { parts[$0] < partCount }, name: "final", until: interruption)
      if network == nil { return false }
    }
    try finish(asked.features, linear: asked.linear, network: network)
    return true
  }

  /// How well some images, as rows of `places`, are named by the mean of several that answer.
  func report(_ rows: [Int], _ answers: [[[Double]]]) -> ClassificationReport {
    ClassificationReport(
      labels: job.labels, truths: rows.map { images[places[$0]].labels },
      chances: rows.map { row in
        Classifier.chances(answers.map { $0[row] }, isExclusive: isExclusive)
      })
  }

  /// Chooses the way that is least surprised by images it hasn't learned from.
  private mutating func judge(_ reports: [ModelDescription.Blend: ClassificationReport]) {
    for (blend, report) in reports {
      StandardLines.say("\(blend): surprise \(report.surprise), accuracy \(report.accuracy)")
    }
    func cost(_ way: (ModelDescription.Blend, ClassificationReport)) -> Double {
      way.1.surprise * (way.0.usesNetwork ? 1 : Self.worthwhile)
    }
    let best = ModelDescription.Blend.allCases.compactMap { blend in
      reports[blend].map { (blend, $0) }
    }.min { cost($0) < cost($1) }
    guard let (blend, report) = best else { return }
    description.blend = blend
    description.calibration = report.calibration
    description.thresholds = report.thresholds
    description.validation = report.validation
    progress.validation = description.validation?.meanAveragePrecision
    if report.accuracy < 0.6 {
      let percent = Int((report.accuracy * 100).rounded())
      description.warnings.append(
        "It names \(percent) % of images it hasn't seen rightly; label more before trusting it.")
    }
    progress.report(step: step, of: step + steps, phase: "calibrate", isForced: true)
  }

  /// Writes the trained model.
  private mutating func finish(
    _ features: ImageFeatures, linear: LinearModel, network: Network?
  ) throws(TrainingError) {
    description.steps = network == nil ? 0 : steps
    description.cpuSeconds = (cpuSeconds * 10).rounded() / 10
    var file = SectionFile()
    file.set("words", try features.words.values)
    file.set("linear", linear.coefficients)
    if let network { file.set("network", try network.weights) }
    if features.isMirrored { file.sections["mirrored"] = [] }
    try Files.replace(folder.weights, with: file.bytes)
    try Files.replace(folder.description, with: description.json)
  }
}
