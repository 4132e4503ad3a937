import Dispatch
import Glibc
import Processes
import Synchronization

/// Talks with a predictor's program, on a thread of its own while there is something to say.
final class CommandWorker: Sendable {
  private struct State {
    var talk: Conversation<ContinuousClock.Instant>
    /// The program between two turns of work.
    var connection: ProgramConnection?
    var isAtWork = false
    var isEnding = false
    var hasAnswered = false
    var messages: [String] = []
    var lastEnding: Int32?
  }

  private let state: Mutex<State>
  private let answers = DispatchQueue(label: "answers", qos: .userInitiated)
  private let underWay = DispatchGroup()
  private let path: String
  private let arguments: [String]
  private let environment: [String]
  private let limits: CommandLimits
  private let fallback: PredictionModel
  private let remark: @Sendable (String) -> Void

  /// How long a wait for the program lasts before it is seen whether there is more to ask.
  private static let pause: Int32 = 20
  /// How long a program that reads no more may go on.
  private static let grace: Duration = .seconds(1)

  init(
    path: String, arguments: [String], environment: [String], limits: CommandLimits,
    fallback: PredictionModel, remark: @escaping @Sendable (String) -> Void
  ) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
    self.limits = limits
    self.fallback = fallback
    self.remark = remark
    state = Mutex(State(talk: Conversation(limits: limits)))
  }

  var model: PredictionModel? {
    state.withLock { $0.talk.model ?? ($0.hasAnswered ? fallback : nil) }
  }

  var messages: [String] { state.withLock { $0.messages } }

  /// How the program ended at the end of its input; nil if it had to be ended, or never ran.
  var ending: Int32? { state.withLock { $0.lastEnding } }

  func ask(
    _ images: [PredictionRequest], _ answer: @escaping @Sendable (PredictionAnswer) -> Void
  ) {
    change { state in
      let deliveries = state.talk.ask(images, answer)
      // What comes after the end is answered as well.
      return state.isEnding ? deliveries + state.talk.cancel() : deliveries
    }
  }

  func cancel() {
    change { $0.talk.cancel() }
  }

  /// Cancels all and ends the program, without waiting for that.
  func end() {
    change { state in
      state.isEnding = true
      return state.talk.cancel()
    }
  }

  /// Waits until the program is gone and all answers are given.
  func waitForEnd() {
    underWay.wait()
    answers.sync {}
  }

  /// Changes what is asked for, gives the answers that follow, and sees to it that work goes on.
  private func change(
    _ change: (inout State) -> [Conversation<ContinuousClock.Instant>.Delivery]
  ) {
    state.withLock { state in
      deliver(change(&state))
      let hasWork = state.talk.isBusy || state.isEnding && state.connection != nil
      guard hasWork, !state.isAtWork else { return }
      state.isAtWork = true
      // A queue of its own, so that its waiting keeps nobody else from a thread.
      DispatchQueue(label: "predictor", qos: .utility).async(group: underWay) { [self] in work() }
    }
  }

  private func deliver(_ deliveries: [Conversation<ContinuousClock.Instant>.Delivery]) {
    guard !deliveries.isEmpty else { return }
    answers.async { for delivery in deliveries { delivery() } }
  }

  // MARK: At work

  private func work() {
    // Writing to a program that is gone is an error here and not a signal.
    let quiet = BrokenPipeSilence()
    defer { quiet.end() }
    var connection = state.withLock { state in
      defer { state.connection = nil }
      return state.connection
    }
    while takeTurn(&connection) {}
  }

  /// Asks, listens and answers once; returns whether there is more to do.
  private func takeTurn(_ connection: inout ProgramConnection?) -> Bool {
    let isOver = state.withLock { state in
      if state.isEnding { return true }
      if state.talk.isBusy { return false }
      state.connection = connection
      state.isAtWork = false
      return true
    }
    if isOver {
      if state.withLock({ $0.isEnding }) { end(connection) }
      return false
    }
    guard open(&connection), var program = connection else { return true }
    state.withLock { state in
      while program.outgoing.count < 1 << 16, program.inputClosed == nil,
        let request = state.talk.send(at: .now)
      {
        program.ask(request)
      }
    }
    program.write()
    program.wait(milliseconds: Self.pause)
    hear(program.read())
    let trouble = trouble(with: &program)
    state.withLock { $0.messages = program.lastMessages }
    if let (kind, what) = trouble {
      state.withLock { deliver($0.talk.breakDown(kind, what)) }
      connection = nil
    } else {
      connection = program
    }
    return true
  }

  /// Starts the program unless it runs; if that can't be, all that waits is answered.
  private func open(_ connection: inout ProgramConnection?) -> Bool {
    if connection != nil { return true }
    do throws(PredictionError) {
      connection = try ProgramConnection(path, arguments, environment: environment)
      return true
    } catch {
      state.withLock { deliver($0.talk.giveUp(error.message)) }
      return false
    }
  }

  private func hear(_ lines: [BoundedLines.Line]) {
    let found = lines.compactMap { ProgramLine($0) }
    guard !found.isEmpty else { return }
    let remarks = state.withLock { state in
      for line in found {
        let deliveries = state.talk.hear(line, at: .now)
        if case .answer = line { state.hasAnswered = true }
        deliver(deliveries)
      }
      return state.talk.takeRemarks()
    }
    for text in remarks { remark(text) }
  }

  /// What makes it impossible to go on with the program, which is then gone.
  private func trouble(
    with program: inout ProgramConnection
  ) -> (PredictionError.Kind, String)? {
    if let code = program.process.reap() {
      // What it wrote before its end counts.
      hear(program.read())
      return (.crashed, Self.ending(code) + program.lastWords)
    }
    if program.isOutputClosed {
      _ = program.kill()
      return (.crashed, "closed its output" + program.lastWords)
    }
    let deadline = state.withLock { $0.talk.deadline }
    let now = ContinuousClock.now
    if let closed = program.inputClosed, deadline != nil, now > closed + Self.grace {
      _ = program.kill()
      return (.crashed, "closed its input" + program.lastWords)
    }
    guard let deadline, now > deadline else { return nil }
    _ = program.kill()
    return (.timedOut, "took too long" + program.lastWords)
  }

  private static func ending(_ code: Int32) -> String {
    switch code {
    case 0: "ended without an answer"
    case 127: "could not be started"
    case 129...:
      "was ended by signal \(code - 128)\(code == 137 ? ", for want of memory perhaps," : "")"
    default: "ended with code \(code)"
    }
  }

  /// Ends the program by the end of its input, then by signals.
  private func end(_ connection: ProgramConnection?) {
    guard let program = connection ?? state.withLock({ $0.connection }) else { return }
    program.process.closeInput()
    let ending = program.waitForEnd(.seconds(2))
    if ending == nil {
      program.process.send(SIGTERM)
      if program.waitForEnd(.milliseconds(500)) == nil { _ = program.kill() }
    }
    state.withLock { state in
      state.connection = nil
      state.lastEnding = ending
    }
  }
}
