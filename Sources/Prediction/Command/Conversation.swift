import GroundTruth

/// What was asked of a predictor's program and what it said, as a value: no program, no clock.
///
/// When the program breaks down, any of the images in flight may be to blame. They are asked for
/// again one at a time, so that the one that breaks it once more is known, told, and not asked for
/// again.
struct Conversation<Instant: InstantProtocol> where Instant.Duration == Duration {
  typealias Handler = @Sendable (PredictionAnswer) -> Void

  /// An image, and who waits for its answer.
  struct Pending {
    let request: PredictionRequest
    /// Nil once nobody waits for it any more.
    var handler: Handler?
  }

  /// An answer on its way to who waits for it.
  struct Delivery {
    let answer: PredictionAnswer
    let handler: Handler

    func callAsFunction() { handler(answer) }
  }

  /// Who the program says it is.
  private(set) var model: PredictionModel?
  /// Why the program is not started any more.
  private(set) var failure: PredictionError?
  /// What was odd and concerns no image that waits, to be told once.
  private(set) var remarks: [String] = []

  private let limits: CommandLimits
  private var waiting: [Pending] = []
  /// The first of `waiting` that is not sent yet.
  private var next = 0
  /// Images that were in flight when the program broke down.
  private var suspects: [Pending] = []
  private var flights: [Pending] = []
  /// The images answered last, to tell a second answer from one that nobody asked for.
  private var answered: [(id: Int, path: String)] = []
  private var endsWithoutAnswer = 0
  /// What is to be told of images that broke the program since its last answer: that they did,
  /// unless the program turns out to be of no use for any image.
  private var held: [(pending: Pending, error: PredictionError)] = []
  /// Whether the only image in flight is a suspect.
  private var isTrial = false
  /// Whether the program said anything since it was started.
  private var hasSpoken = false
  /// Whether it answered for an image since it was started.
  private var hasAnswered = false
  /// When the oldest image in flight became that.
  private var turn: Instant?
  private var remarkCount = 0

  init(limits: CommandLimits) { self.limits = limits }

  /// Whether something is to be sent or in flight.
  var isBusy: Bool { !flights.isEmpty || !suspects.isEmpty || next < waiting.count }

  // MARK: Asking

  /// Takes images to be asked for.
  mutating func ask(_ requests: [PredictionRequest], _ handler: @escaping Handler) -> [Delivery] {
    if let failure { return requests.map { Self.refusal($0, failure, handler) } }
    waiting += requests.map { Pending(request: $0, handler: handler) }
    return []
  }

  /// The image to be sent next; nil if there is none, or no room for it.
  mutating func send(at now: Instant) -> PredictionRequest? {
    // Suspects go alone.
    if !suspects.isEmpty, flights.isEmpty {
      isTrial = true
      return fly(suspects.removeFirst(), at: now)
    }
    guard suspects.isEmpty, !isTrial, flights.count < limits.lanes, next < waiting.count else {
      return nil
    }
    let pending = waiting[next]
    next += 1
    if next > 256, next * 2 > waiting.count {
      waiting.removeFirst(next)
      next = 0
    }
    return fly(pending, at: now)
  }

  private mutating func fly(_ pending: Pending, at now: Instant) -> PredictionRequest {
    if flights.isEmpty { turn = now }
    flights.append(pending)
    return pending.request
  }

  // MARK: Hearing

  /// Takes a line.
  mutating func hear(_ line: ProgramLine, at now: Instant) -> [Delivery] {
    switch line {
    case .model(let told):
      if let model, model != told {
        remark("it says that it is “\(told.title)” now, and was “\(model.title)”")
      }
      model = model ?? told
      // It is ready: from here on the limit for an image holds.
      hasSpoken = true
      if !flights.isEmpty { turn = now }
      return []
    case .stray(let what):
      remark(what)
      return []
    case .answer(let id, let outcome, let notes):
      guard let place = flights.firstIndex(where: { $0.request.id == id }) else {
        if let known = answered.last(where: { $0.id == id }) {
          remark("a second answer for \(known.path) is left aside")
        } else {
          remark("an answer for “\(id)”, which was not asked for, is left aside")
        }
        return []
      }
      let flight = flights.remove(at: place)
      note(flight.request)
      isTrial = false
      hasSpoken = true
      hasAnswered = true
      endsWithoutAnswer = 0
      if place == 0 { turn = flights.isEmpty ? nil : now }
      return release() + delivery(flight, outcome, notes)
    }
  }

  private mutating func note(_ request: PredictionRequest) {
    answered.append((request.id, request.path))
    if answered.count > 256 { answered.removeFirst(128) }
  }

  private mutating func remark(_ what: String) {
    remarkCount += 1
    // A program that talks without end is not repeated without end.
    if remarkCount <= 20 { remarks.append(what) }
    if remarkCount == 21 { remarks.append("more of the kind is not told") }
  }

  /// The remarks since they were taken last.
  mutating func takeRemarks() -> [String] {
    defer { remarks = [] }
    return remarks
  }

  // MARK: Trouble

  /// When the program has had time enough; nil if nothing is in flight.
  var deadline: Instant? {
    guard !flights.isEmpty, let turn else { return nil }
    return turn.advanced(by: hasSpoken ? limits.image : max(limits.start, limits.image))
  }

  /// Notes that the program is gone, or has to be.
  ///
  /// - Parameters:
  ///   - kind: Whether it broke down by itself or took too long.
  ///   - what: What happened, as what follows “the program”.
  /// - Returns: What is to be told now.
  mutating func breakDown(_ kind: PredictionError.Kind, _ what: String) -> [Delivery] {
    defer {
      flights = []
      turn = nil
      isTrial = false
      hasSpoken = false
      hasAnswered = false
    }
    guard !flights.isEmpty else { return [] }
    endsWithoutAnswer += 1
    if flights.count == 1, !hasAnswered {
      let words = "the program \(what) over this image; it is not asked for again"
      held.append((flights[0], PredictionError(kind, words)))
    } else {
      // A program that did its work until now may have broken down over what it answered last.
      suspects = flights.filter { $0.handler != nil } + suspects
    }
    flights = []
    if endsWithoutAnswer >= limits.failures {
      let advice =
        kind == .timedOut
        ? "see that it flushes its output, give it more time with --time-limit, " : ""
      return giveUp(
        "the program \(what), \(endsWithoutAnswer) times in a row without an answer: "
          + "\(advice)try it with --check-command, and mend it")
    }
    return isBusy ? [] : release()
  }

  /// What was held back, now that the program is known to work, or that nothing is left to ask.
  private mutating func release() -> [Delivery] {
    defer { held = [] }
    return held.flatMap { delivery($0.pending, .failure($0.error), []) }
  }

  /// Notes that the program is of no use.
  mutating func giveUp(_ message: String) -> [Delivery] {
    let failure = PredictionError(.unavailable, message)
    self.failure = failure
    return dropAll(failure)
  }

  /// Answers all that is asked for as cancelled; what is in flight is heard to its end in silence.
  mutating func cancel() -> [Delivery] {
    let error = PredictionError(.cancelled, "cancelled")
    var deliveries: [Delivery] = []
    for place in flights.indices {
      deliveries += delivery(flights[place], .failure(error), [])
      flights[place].handler = nil
    }
    return deliveries + dropWaiting(error)
  }

  private mutating func dropAll(_ error: PredictionError) -> [Delivery] {
    defer { flights = [] }
    return flights.flatMap { delivery($0, .failure(error), []) } + dropWaiting(error)
  }

  private mutating func dropWaiting(_ error: PredictionError) -> [Delivery] {
    defer {
      held = []
      suspects = []
      waiting = []
      next = 0
    }
    return (held.map(\.pending) + suspects + waiting[next...]).flatMap {
      delivery($0, .failure(error), [])
    }
  }

  private func delivery(
    _ pending: Pending, _ outcome: Result<[CustomLabel], PredictionError>, _ notes: [String]
  ) -> [Delivery] {
    guard let handler = pending.handler else { return [] }
    let answer = PredictionAnswer(id: pending.request.id, outcome: outcome, notes: notes)
    return [Delivery(answer: answer, handler: handler)]
  }

  private static func refusal(
    _ request: PredictionRequest, _ error: PredictionError, _ handler: @escaping Handler
  ) -> Delivery {
    Delivery(
      answer: PredictionAnswer(id: request.id, outcome: .failure(error)), handler: handler)
  }
}
