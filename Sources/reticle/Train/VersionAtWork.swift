import Dispatch
import GroundTruth
import Prediction
import Storage
import Synchronization

/// The model of a version, looking at images; may be stopped from any thread.
final class VersionAtWork: Sendable {
  /// What it says of images, by the numbers of the requests.
  typealias Answers = [Int: Result<[CustomLabel], PredictionError>]

  private struct Work {
    var answers: Answers = [:]
    var isStopped = false
  }

  private let folder: String
  private let predictor: any Predictor
  private let work = Mutex(Work())

  /// Starts the model.
  ///
  /// - Throws: ``Failure`` if it can't be started.
  init(_ version: ModelVersion) throws {
    folder = version.folder
    predictor = try VersionPredictor.make(version)
  }

  /// The labels that it can give, as far as it says.
  var labels: [String] { predictor.model?.labels ?? [] }

  /// Asks it to stop; `look` then returns soon.
  func stop() {
    work.withLock { $0.isStopped = true }
    predictor.cancel()
  }

  /// Ends the model.
  func finish() { predictor.finish() }

  /// Has it look at images, and waits for all.
  ///
  /// - Parameters:
  ///   - requests: The images.
  ///   - report: Told how many are done.
  /// - Returns: What it says; nil if it was stopped.
  /// - Throws: ``Failure`` if the model is of no use.
  func look(at requests: [PredictionRequest], report: (Int) -> Void) throws -> Answers? {
    let news = DispatchSemaphore(value: 0)
    work.withLock { $0.answers = [:] }
    predictor.predict(requests) { [self] answer in
      work.withLock { $0.answers[answer.id] = answer.outcome }
      news.signal()
    }
    for done in 0..<requests.count {
      report(done)
      news.wait()
    }
    report(requests.count)
    let (answers, isStopped) = work.withLock { ($0.answers, $0.isStopped) }
    if isStopped { return nil }
    for case .failure(let error) in answers.values where error.kind == .unavailable {
      throw Failure.saying("\(folder): \(error.message)", Failure.data)
    }
    return answers
  }
}
