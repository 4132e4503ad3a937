import GroundTruth

extension State {
  /// So many images are looked at ahead of the one shown.
  private static let looksAhead = 4

  // MARK: Asking

  /// Has the model look at the image shown, again if it did, and at the next ones as they come.
  mutating func runModelHere() -> [Effect] {
    guard let line = subject?.line else { return [] }
    guard !isCounting else {
      message = .problem("the lines are still being counted; try again in a moment")
      return []
    }
    if review == nil { startLiveReview() }
    live.isOn = true
    live.session += 1
    live.answered.remove(line)
    // Asked anew even if it was asked for just now.
    live.wanted = []
    message = .note("the model looks…")
    return []
  }

  /// Lays a model without predictions beside the dataset; the queue stays as it is.
  private mutating func startLiveReview() {
    let line = queue.current
    var predictions = Predictions(name: "the model", labels: labels)
    for _ in 0..<dataset.count { predictions.appendLine() }
    var review = Review(predictions, of: dataset, attribute: settings.attribute)
    review.unit = .images
    review.setThreshold(hundredths: 50)
    self.review = review
    rebuildReviewQueue()
    if let line, let position = queue.position(of: line) { queue.position = position }
    loadSubject()
  }

  /// Lets go of what the model is asked for; whether it was asked for anything.
  mutating func stopLooking() -> Bool {
    guard live.isLooking, overlay == nil, draft == nil,
      !isOnSheet, !isOnModels, !isOnEvaluation
    else { return false }
    live.isOn = false
    message = .note("the model looks no further; r goes on")
    return true
  }

  /// Asks for the image shown and the next ones, where that is new.
  mutating func look() -> [Effect] {
    var lines: [Int] = []
    if live.isOn, review != nil, !isFinished {
      let ahead = queue.lines[min(queue.position, queue.lines.count)...]
      // In a queue of boxes many places are of one image.
      for line in ahead.prefix(256) where !lines.contains(line) {
        lines.append(line)
        if lines.count > Self.looksAhead { break }
      }
      lines.removeAll { live.answered.contains($0) }
    }
    guard lines != live.wanted else { return [] }
    live.wanted = lines
    let images = lines.compactMap { line in
      (try? Entry(line: dataset.line(at: line))).map {
        LookRequest.Image(line: line, sourceRef: $0.sourceRef)
      }
    }
    return [.look(LookRequest(images: images, session: live.session, boxSpace: settings.boxSpace))]
  }

  // MARK: News

  /// Takes what the model tells.
  mutating func take(_ news: LookNews) {
    switch news {
    case .found(let line, let sighting):
      guard live.isOn, line < dataset.count, review != nil else { return }
      live.answered.insert(line)
      take(sighting, at: line)
    case .failed(let line, let reason):
      guard live.isOn else { return }
      live.answered.insert(line)
      if line == subject?.line { message = .problem(reason) }
    case .unavailable(let reason):
      live.isOn = false
      live.answered = []
      if review?.predictions.isEmpty == true {
        review = nil
        loadSubject()
      }
      take(reason, isProblem: true)
    }
  }

  private mutating func take(_ sighting: Sighting, at line: Int) {
    review?.replacePredictions(
      boxes: sighting.boxes, imageLabels: sighting.imageLabels, at: line, of: dataset)
    for label in sighting.boxes.map(\.label) + sighting.imageLabels.map(\.label)
    where !labels.contains(label) {
      labels.append(label)
    }
    reopen([line])
    guard line == subject?.line else { return }
    review?.selection = nil
    loadSubject()
    let count = review?.shown.map { shown in
      shown.boxes.count(where: \.isSure) + shown.labels.count(where: \.isSure)
    }
    let found = sighting.boxes.count + sighting.imageLabels.count
    switch count ?? 0 {
    case 0 where found == 0: message = .note("\(sighting.model) finds nothing here")
    case 0:
      message = .note(
        "\(sighting.model) finds \(found), none surer than \(review?.thresholdText ?? "0.50"): [ "
          + "lowers the threshold")
    case let count:
      message = .note("\(sighting.model) finds \(count): Space accepts, x rejects")
    }
  }
}
