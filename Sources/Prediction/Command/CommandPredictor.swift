import Processes
import Synchronization

/// A program of the person's own as a predictor: JSON Lines in, JSON Lines out.
///
/// A request is `{"id":"7","path":"/abs/a.jpg","width":640,"height":480}`, its answer
/// `{"id":"7","CustomLabels":[…]}` in DetectCustomLabels' form, or `{"id":"7","error":"…"}`, in any
/// order. The program may tell who it is in a line
/// `{"model":{"name":"…","version":"…","labels":["…"],"thresholds":{"cat":41.2}}}` once it is ready.
/// It is started when the first image is asked for and once only, unless it breaks down; the end of
/// its input tells it to end. Nothing that it writes can do harm: lines are bounded, and what can't
/// be understood is told and left aside.
public final class CommandPredictor: Predictor {
  /// How many images are in flight at a time.
  public let lanes: Int

  private let worker: CommandWorker
  private let knownModel: PredictionModel?

  /// Takes a command; nothing is started yet.
  ///
  /// - Parameters:
  ///   - command: The program and its arguments.
  ///   - environment: Variables as `NAME=value`, beside those of this process.
  ///   - model: Who predicts, if that is known better than the program could tell.
  ///   - limits: How much patience there is with it.
  ///   - remark: Gets what is odd about the program and concerns no image that waits, a sentence
  ///     each and not more than a few; may hold what the program wrote.
  /// - Throws: `PredictionError` if there is no such program.
  public init(
    _ command: CommandWords, environment: [String] = [], model: PredictionModel? = nil,
    limits: CommandLimits = CommandLimits(),
    remark: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(PredictionError) {
    let program = command.words[0]
    guard let path = Executable.path(of: program) else {
      let advice =
        program.contains("/")
        ? "see to its path and that it may be executed" : "install it, or give its path"
      throw PredictionError(
        .unavailable, "“\(program.excerpt)” is no program here: \(advice)")
    }
    lanes = limits.lanes
    knownModel = model
    worker = CommandWorker(
      path: path, arguments: Array(command.words.dropFirst()), environment: environment,
      limits: limits, fallback: Self.model(of: command), remark: remark)
  }

  deinit { worker.end() }

  /// Who predicts, as the program tells it; what the command is called if it gave an answer without
  /// that; nil before.
  public var model: PredictionModel? { knownModel ?? worker.model }

  /// The last lines that the program wrote to standard error.
  public var messages: [String] { worker.messages }

  /// The exit code with which the program ended at the end of its input; nil before `finish`, and
  /// if it had to be ended by force.
  public var endingCode: Int32? { worker.ending }

  /// Asks for images.
  public func predict(
    _ images: [PredictionRequest], answer: @escaping @Sendable (PredictionAnswer) -> Void
  ) {
    worker.ask(images, answer)
  }

  /// Answers all that waits as cancelled; the program goes on, so that it is ready for others.
  public func cancel() { worker.cancel() }

  /// Ends the program: by the end of its input, and by force if it takes more than two seconds.
  public func finish() {
    worker.end()
    worker.waitForEnd()
  }

  /// What a command is called that doesn't tell: by its script if an interpreter runs one.
  static func model(of command: CommandWords) -> PredictionModel {
    let script = command.words.dropFirst().first { !$0.hasPrefix("-") && $0.contains(".") }
    let word = script ?? command.words[0]
    let name = word.split(separator: "/").last.map(String.init) ?? word
    return PredictionModel(name: name)
  }
}
