import GroundTruth

extension State {
  /// How many images are predicted at most when a version is ready: what a person gets to before
  /// the next is.
  private static let predictedImages = 2_000

  // MARK: Asking

  /// Does what `:train` says: begins a training in the background, or stops it.
  mutating func train(_ argument: String) -> [Effect] {
    if argument == "stop" { return stopTraining() }
    guard let wish = TrainingWish(argument, settings: settings, lines: openLines) else {
      return usage(of: .train)
    }
    guard training.running == nil else {
      message = .problem(
        "\(training.running?.version ?? "a version") is being trained already; :train stop "
          + "stops it")
      return []
    }
    return startTraining(wish)
  }

  /// Does what `:loop` says: trains by itself after so many corrected images, or no more.
  mutating func loop(_ argument: String) -> [Effect] {
    if argument == "off" {
      training.loop = nil
      message = .note("no more training by itself")
      return []
    }
    guard let interval = Int(argument), (1...100_000).contains(interval) else {
      return usage(of: .loop)
    }
    training.loop = TrainingWork.Loop(interval: interval, changed: training.loop?.changed ?? [])
    message = .note("training by itself after every \(Self.images(interval)) that you change")
    return trainIfDue()
  }

  /// Begins the training that the loop is due for.
  mutating func trainIfDue() -> [Effect] {
    guard let loop = training.loop, loop.changed.count >= loop.interval, training.running == nil,
      let wish = TrainingWish("", settings: settings, lines: openLines)
    else { return [] }
    return startTraining(wish)
  }

  private mutating func startTraining(_ wish: TrainingWish) -> [Effect] {
    training.running = TrainingWork.Running(version: wish.name)
    training.loop?.changed = []
    message = .note("training begins; go on labelling")
    return [.train(wish, dataset)]
  }

  private mutating func stopTraining() -> [Effect] {
    guard training.running != nil else {
      message = .note("nothing is being trained")
      return []
    }
    training.running?.isStopping = true
    message = .note("stopping at a checkpoint…")
    return [.stopTraining]
  }

  /// The lines that are open still, those of the queue from where it is first.
  private var openLines: [Int] {
    let ahead = queue.lines[min(queue.position, queue.lines.count)...]
    var seen: Set<Int> = []
    var lines: [Int] = []
    for line in Array(ahead) + Array(queue.lines) + (isCounting ? [] : workableLines)
    where seen.insert(line).inserted && (survey.summaries[safe: line]?.isOpen ?? true) {
      lines.append(line)
      if lines.count == Self.predictedImages { break }
    }
    return lines
  }

  private static func images(_ count: Int) -> String {
    count == 1 ? "image" : "\(count) images"
  }

  // MARK: News

  /// Takes what the training in the background tells.
  mutating func take(_ news: TrainingNews) -> [Effect] {
    switch news {
    case .begun(let version, let count):
      training.running?.version = version
      training.running?.text = "starting"
      message = .note("\(version) is being trained on \(count) images; go on labelling")
    case .progress(let share, let text):
      training.running?.share = max(0, min(1, share))
      training.running?.text = text
    case .ready(let version):
      training.running = nil
      take(version)
      return trainIfDue()
    case .stopped(let text):
      training.running = nil
      message = .note(text)
    case .failed(let reason):
      training.running = nil
      let loop = training.loop == nil ? "" : " (:loop is off)"
      training.loop = nil
      take("training: \(reason)\(loop)", isProblem: true)
    }
    return []
  }

  private mutating func take(_ version: TrainedVersion) {
    var text = "\(version.name) is ready: \(version.summary)"
    if version.predictions?.isEmpty == false {
      training.waiting = version
      text += "; the next image shows what it predicts"
    }
    notices.append(text)
    message = .note(text)
  }

  /// Shows the predictions of a version that became ready, as the person goes on.
  ///
  /// Never in the midst of something: what is under their fingers stays as it is.
  mutating func showWaitingPredictions() {
    guard let version = training.waiting, let predictions = version.predictions, !isCounting,
      draft == nil, overlay == nil, !isNudging, !isOnSheet, !isOnEvaluation
    else { return }
    training.waiting = nil
    let pace = review?.pace
    let threshold = max(0.01, min(1, version.threshold))
    let options = ReviewOptions(
      predictions: predictions, threshold: threshold, order: .uncertainty,
      filter: "is:unlabelled", unit: .images)
    let before = (review, queue)
    do {
      try startReview(options)
    } catch {
      message = .problem(error.message)
      return
    }
    if let pace { review?.pace = pace }
    guard !queue.lines.isEmpty else {
      // All was done meanwhile.
      (review, queue) = before
      loadSubject()
      return
    }
    canvas.selection = nil
    canvas.viewport = nil
    canvas.pan = nil
    message = .note(
      "\(version.name) predicts \(queueCount), the least sure first: Space accepts, x rejects")
  }

  // MARK: Leaving

  /// Leaves, or says first what becomes of a training that runs.
  mutating func leave() {
    guard let running = training.running, !running.saidWhatQuittingDoes else {
      isFinished = true
      return
    }
    training.running?.saidWhatQuittingDoes = true
    message = .note(
      "\(running.version ?? "it") trains; leaving stops it at a checkpoint (:train goes on). "
        + "Again to quit")
  }
}

extension Command {
  /// Whether the person has done with the image.
  var goesOn: Bool {
    switch self {
    case .nextImage, .previousImage, .nextOpen, .previousOpen, .verify, .skip: true
    default: false
    }
  }
}
