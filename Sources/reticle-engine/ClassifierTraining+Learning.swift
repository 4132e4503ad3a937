import CTorch
import GroundTruth
import Training

extension ClassifierTraining {
  /// What a network says of each image after learning from other parts.
  ///
  /// - Parameters:
  ///   - features: What features say of each image.
  ///   - interruption: Whether somebody asks to stop.
  /// - Returns: What it says, for no image if it doesn't help with the first part already; nil if
  ///   interrupted.
  /// - Throws: ``TrainingError`` if the tensor library or a file fails.
  mutating func networkAnswers(
    beside features: [[Double]], until interruption: Interruption
  ) throws(TrainingError) -> [[Double]]? {
    var said = Array(
      repeating: Array(repeating: 0.0, count: job.labels.count), count: places.count)
    for part in judgedParts {
      let rows = parts.indices.filter { parts[$0] != part && parts[$0] < partCount }
      let name = "part\(part)"
      guard let network = try learn(rows, name: name, until: interruption) else { return nil }
      for row in parts.indices where parts[row] == part {
        guard let pixels = store.pixels(of: places[row]) else { continue }
        var answers: [[Double]] = []
        let views = Classifier.views(mirrored: isMirrored) {
          ImageViews.network(pixels, mirrored: $0)
        }
        for view in views {
          answers.append(try network.answers(view, side: ImageViews.networkSide))
        }
        said[row] = Classifier.mean(answers)
      }
      if part == judgedParts.first {
        let rows = parts.indices.filter { parts[$0] == part }
        let alone = report(rows, [features]).surprise
        let helps = [[said], [features, said]].contains {
          report(rows, $0).surprise < Self.worthwhile * alone
        }
        if !helps { return [] }
      }
    }
    return said
  }

  /// Trains a network on some rows, or takes one that is trained already; nil if interrupted.
  mutating func learn(
    _ rows: [Int], name: String, until interruption: Interruption
  ) throws(TrainingError) -> Network? {
    let network = try Network(.classifier, labelCount: job.labels.count, seed: job.seed)
    if let weights = done.floats(name, count: network.weightCount) {
      try network.setWeights(weights)
      step += steps
      return network
    }
    var first = 0
    if let place = done.sections["\(name) step"].flatMap({
      Int(String(decoding: $0, as: UTF8.self))
    }),
      let state = done.floats("\(name) state")
    {
      try network.setState(state)
      first = place
    }
    let order = ImageOrder(images, places: rows.map { places[$0] }, seed: job.seed)
    var sequence = BatchSequence(order, size: Self.batch)
    for _ in 0..<first { _ = sequence.next() }
    let schedule = Schedule(steps: steps)
    var saved = ProcessorTime.wall
    step += first
    for now in first..<steps {
      progress.add(loss: try learn(network, sequence.next(), at: now, schedule: schedule))
      step += 1
      progress.report(step: step, of: (partCount + 1) * steps)
      let isStopping = interruption.isAsked
      guard isStopping || ProcessorTime.wall - saved > 10 else { continue }
      done.sections["\(name) step"] = Array(String(now + 1).utf8)
      done.set("\(name) state", try network.state)
      try save()
      saved = ProcessorTime.wall
      if isStopping { return nil }
    }
    done.sections["\(name) step"] = nil
    done.sections["\(name) state"] = nil
    done.set(name, try network.weights)
    try save()
    return network
  }

  private func learn(
    _ network: Network, _ batch: [Int], at step: Int, schedule: Schedule
  ) throws(TrainingError) -> Double {
    let canvas = Canvas(square: ImageViews.networkSide)
    var views: [View] = []
    var targets: [[Float]] = []
    var random = SplitMix64(seed: job.seed, part: 0xC1A5_0000 + UInt64(step))
    for place in batch {
      guard let pixels = store.pixels(of: place) else { continue }
      let augmentation = Augmentation(
        width: pixels.width, height: pixels.height, canvas: canvas,
        turns: .init(mirrored: isMirrored, anyWay: false), random: &random)
      views.append(View(pixels: pixels, augmentation: augmentation))
      targets.append(target(place))
    }
    guard !views.isEmpty else { return 0 }
    let pace = ct_pace(
      rate: Float(schedule.rate(at: step)), decay: 1e-2, gradient_norm: 5,
      averaging: Float(1 - 1 / Double(max(20, steps / 15))))
    return try network.learn(
      views, targets: targets, side: ImageViews.networkSide, isExclusive: isExclusive,
      mixing: random.coin() ? random.unit() / 2 : 0, pace: pace)
  }

  private mutating func save() throws(TrainingError) {
    done.sections["cpu"] = Array(String(cpuSeconds).utf8)
    try Files.replace(folder.checkpoint, with: done.bytes)
  }
}
