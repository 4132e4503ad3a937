import Dispatch
import Glibc
import GroundTruth
import Synchronization

/// A model of Amazon Rekognition as a predictor.
///
/// Each image is a call of its own, several at a time. Once the service can't be asked at all (the
/// model does not run, the login has expired), what waits is answered so without asking.
public final class RekognitionPredictor: Predictor {
  private struct Job {
    let request: PredictionRequest
    let answer: @Sendable (PredictionAnswer) -> Void
  }

  private struct State {
    /// What waits; what is before `next` was taken.
    var waiting: [Job] = []
    var next = 0
    var running = 0
    var version: String?
    var hasAnswered = false
    var isFinished = false

    mutating func takeAll() -> [Job] {
      defer { (waiting, next) = ([], 0) }
      return Array(waiting[next...])
    }
  }

  /// How many images are in flight at a time.
  public let lanes: Int

  private let rekognition: RekognitionModel
  private let service: any RekognitionService
  private let state = Mutex(State())
  private let answers = DispatchQueue(label: "answers", qos: .userInitiated)
  private let underWay = DispatchGroup()

  /// Takes a model; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - model: Who predicts.
  ///   - service: Asks it.
  ///   - lanes: How many images are asked for at a time.
  public init(_ model: RekognitionModel, service: any RekognitionService, lanes: Int = 3) {
    rekognition = model
    self.service = service
    self.lanes = max(1, lanes)
  }

  /// Who predicts; nil before the first answer of a ready model, which tells its version.
  public var model: PredictionModel? {
    state.withLock { state in
      if rekognition.isVersionedByAnswers, !state.hasAnswered { return nil }
      return rekognition.description(version: state.version)
    }
  }

  /// Asks for images.
  public func predict(
    _ images: [PredictionRequest], answer: @escaping @Sendable (PredictionAnswer) -> Void
  ) {
    let jobs = images.map { Job(request: $0, answer: answer) }
    let refused: [Job] = state.withLock { state in
      guard !state.isFinished else { return jobs }
      state.waiting += jobs
      startLanes(&state)
      return []
    }
    give(refused, Self.cancelled)
  }

  /// Ends the calls under way, and answers all that waits as cancelled.
  public func cancel() {
    let jobs = state.withLock { $0.takeAll() }
    service.stop()
    give(jobs, Self.cancelled)
  }

  /// Ends all, and returns when nothing of it is left.
  public func finish() {
    state.withLock { $0.isFinished = true }
    cancel()
    underWay.wait()
    answers.sync {}
  }

  private static let cancelled = PredictionError(.cancelled, "nobody wants it any more")

  private func startLanes(_ state: inout State) {
    while state.running < lanes, state.running < state.waiting.count - state.next {
      state.running += 1
      // A queue of its own, so that its waiting keeps nobody else from a thread.
      DispatchQueue(label: "rekognition", qos: .utility).async(group: underWay) { [self] in
        work()
      }
    }
  }

  /// Asks for one image after the other until none waits.
  private func work() {
    while let job = nextJob() {
      do throws(PredictionError) {
        let found = try ask(job.request)
        state.withLock { state in
          state.hasAnswered = true
          state.version = found.version ?? state.version
        }
        give([job], found.labels)
      } catch {
        give([job], error)
        guard error.kind == .unavailable else { continue }
        give(state.withLock { $0.takeAll() }, error)
      }
    }
  }

  private func nextJob() -> Job? {
    state.withLock { state in
      guard state.next < state.waiting.count else {
        state.running -= 1
        (state.waiting, state.next) = ([], 0)
        return nil
      }
      state.next += 1
      return state.waiting[state.next - 1]
    }
  }

  private func ask(_ request: PredictionRequest) throws(PredictionError) -> RekognitionAnswer {
    var status = stat()
    guard stat(request.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw PredictionError(.refused, "its file can't be read")
    }
    let image = try RekognitionImage.sending(
      request.path, byteCount: Int(status.st_size), source: request.source)
    return try RekognitionAnswer(
      service.answer(of: rekognition, to: image), of: rekognition)
  }

  private func give(_ jobs: [Job], _ error: PredictionError) {
    guard !jobs.isEmpty else { return }
    answers.async {
      for job in jobs {
        job.answer(PredictionAnswer(id: job.request.id, outcome: .failure(error)))
      }
    }
  }

  private func give(_ jobs: [Job], _ labels: [CustomLabel]) {
    answers.async {
      for job in jobs {
        job.answer(PredictionAnswer(id: job.request.id, outcome: .success(labels)))
      }
    }
  }
}
