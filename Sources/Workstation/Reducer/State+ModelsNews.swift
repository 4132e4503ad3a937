import GroundTruth

extension State {
  /// Takes what the world tells of the models.
  mutating func take(_ report: ModelsNews) -> [Effect] {
    switch report {
    case .listing(let versions, let home): take(versions, of: home)
    case .status(let name, let status, let text): return take(status, of: name, text)
    case .detected(let answer): take(answer)
    case .failed(let request, let reason): return take(request, reason)
    }
    return []
  }

  private mutating func take(_ versions: [ListedModel], of home: ListedModel.Home) {
    let others = models.versions.filter { $0.home != home }
    models.versions = home == .here ? versions + others : others + versions
    models.isListed = true
    if case .list = models.trouble?.request { models.trouble = nil }
    if let used = models.used, models[used]?.status != .running { forgetUsed() }
    if models.current == nil {
      models.cursor = (models.running.last ?? models.versions.last)?.name
    }
  }

  private mutating func take(
    _ status: VersionStatus, of name: ListedModel.Name, _ text: String
  ) -> [Effect] {
    let isKnown = models.change(name) {
      $0.status = status
      $0.statusMessage = text
    }
    // What came of a training is in a listing alone.
    let isNews = [.trainingCompleted, .trainingFailed, .failed].contains(status)
    var effects: [Effect] = isKnown && !isNews ? [] : [.models(.list)]
    switch status {
    case .running where models.awaited == name:
      models.awaited = nil
      message = .note("\(name) runs")
      models.used = name
      models.clearAnswer()
      if isOnModels {
        focus(on: .results)
        effects += detect()
      }
    case .trainingFailed, .failed:
      message = .problem("\(name): \(text.isEmpty ? status.rawValue : text)")
    default: break
    }
    if models.used == name, status != .running { forgetUsed() }
    return effects
  }

  /// How many labels of an answer are shown: more than anybody looks through.
  private static let labelLimit = 2_000

  /// Takes an answer, if it is to what was asked last.
  private mutating func take(_ answer: ModelAnswer) {
    guard let asked = models.asked, asked.model == answer.model, asked.image == answer.image
    else { return }
    models.clearAnswer()
    models.answer = answer.keeping(Self.labelLimit)
    if answer.labels.count > Self.labelLimit {
      message = .note("\(answer.labels.count) found: the surest \(Self.labelLimit) are shown")
    }
    models.request = IndentedJSON.lines(answer.request)
    models.response = IndentedJSON.lines(answer.response)
  }

  /// Keeps what failed, to be tried again, and says why.
  private mutating func take(_ request: ModelsRequest, _ reason: String) -> [Effect] {
    if case .detect(let name, let image) = request {
      // Another image is asked about by now.
      guard models.asked?.model == name, models.asked?.image == image else { return [] }
      models.asked = nil
    }
    if case .start(let name, _) = request, models.awaited == name { models.awaited = nil }
    models.trouble = Models.Trouble(request: request, reason: reason)
    message = .problem(reason)
    // What was shown as begun is not so.
    switch request {
    case .start, .stop, .remove: return [.models(.list)]
    case .list:
      models.isListed = true
      return []
    case .detect: return []
    }
  }

  /// The versions on AWS that are billed as the program ends.
  public var billedModels: [ListedModel.Name] {
    models.versions.filter { $0.home == .aws && [.starting, .running].contains($0.status) }
      .map(\.name)
  }
}

extension ModelAnswer {
  /// The answer with so many of its labels, the surest.
  fileprivate func keeping(_ count: Int) -> ModelAnswer {
    guard labels.count > count else { return self }
    let surest = labels.sorted { ($0.confidence ?? 1) > ($1.confidence ?? 1) }.prefix(count)
    return ModelAnswer(
      model: model, image: image, labels: Array(surest), request: request, response: response)
  }
}
