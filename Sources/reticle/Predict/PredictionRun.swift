import Dispatch
import GroundTruth
import ImageCoding
import Prediction
import Raster
import Storage
import Synchronization

/// Asks a predictor for the images of a manifest, and keeps each answer in a log as it comes.
final class PredictionRun: Sendable {
  /// What a run has done so far.
  struct Tally: Sendable {
    /// Images that were answered in this run.
    var predicted = 0
    /// Images that were answered by the same model before.
    var skipped = 0
    /// Images without an answer.
    var failed = 0
    /// What to say of images, the first of many.
    var news: [String] = []
    var newsCount = 0
    /// Why nothing more can be asked.
    var fatal: Failure?

    /// How many images are done with.
    var done: Int { predicted + skipped + failed }

    mutating func tell(_ text: String) {
      newsCount += 1
      if newsCount <= PredictionRun.newsLimit { news.append(text) }
    }
  }

  /// So many images are named one by one.
  static let newsLimit = 20

  let dataset: Dataset
  let attribute: String
  private let files: RemoteImages
  private let predictor: any Predictor
  private let isAgain: Bool
  private let tally = Mutex(Tally())
  private let isStopped = Atomic(false)
  private let answered = DispatchSemaphore(value: 0)
  private let underWay = Mutex<[Int: (reference: String, image: OpenedImage)]>([:])

  /// Prepares a run; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - dataset: The manifest.
  ///   - attribute: The name that the predictions are to have.
  ///   - files: Knows where the images lie.
  ///   - predictor: Who predicts.
  ///   - isAgain: Whether images are asked for that the same model predicted before.
  init(
    _ dataset: Dataset, attribute: String, files: RemoteImages, predictor: any Predictor,
    isAgain: Bool
  ) {
    self.dataset = dataset
    self.attribute = attribute
    self.files = files
    self.predictor = predictor
    self.isAgain = isAgain
  }

  /// Asks for no more images, and lets go of those that wait; from any thread.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    predictor.cancel()
  }

  /// Whether it was stopped.
  var wasStopped: Bool { isStopped.load(ordering: .relaxed) }

  /// What was done so far, with what there is to say since the last time.
  func takeTally() -> Tally {
    tally.withLock { tally in
      defer { tally.news = [] }
      return tally
    }
  }

  /// Finds out who predicts, by an image if that can't be had otherwise.
  ///
  /// - Parameters:
  ///   - lines: The lines that are to be predicted.
  ///   - isKept: Whether the log has an answer for a line.
  /// - Returns: The model and, if an image had to be asked for, the answer; nil if no image of the
  ///   lines can be shown to it.
  func identify(
    among lines: some Sequence<Int>, isKept: (Int) -> Bool
  ) -> (model: PredictionModel, record: PredictionLog.Record?)? {
    if let model = predictor.model { return (model, nil) }
    var other: Int?
    for line in lines {
      guard !wasStopped else { return nil }
      // One that is to be asked for anyway costs nothing.
      let isFree = !isKept(line) && entry(at: line).map { !isPredicted($0) } ?? false
      if isFree, let found = ask(forOnly: line) { return found }
      if tally.withLock({ $0.fatal != nil }) { return nil }
      other = other ?? line
    }
    return other.flatMap(ask(forOnly:))
  }

  private func ask(
    forOnly line: Int
  ) -> (model: PredictionModel, record: PredictionLog.Record?)? {
    guard let entry = entry(at: line), let image = try? OpenedImage(entry.sourceRef, files: files)
    else { return nil }
    let outcome = predictor.answer(for: request(line, image, entry.sourceRef)).outcome
    if case .failure(let error) = outcome, error.kind == .unavailable {
      tally.withLock { $0.fatal = Failure.saying(error.message, Failure.data) }
    }
    guard let model = predictor.model else { return nil }
    guard case .success(let labels) = outcome else { return (model, nil) }
    return (model, record(line, entry.sourceRef, image, labels))
  }

  /// Asks for lines, so many at a time that the predictor is never without work.
  ///
  /// - Parameters:
  ///   - lines: The lines; those in the log already are not among them.
  ///   - model: Who predicts.
  ///   - log: Where answers are kept.
  ///   - report: Told now and then that something was done.
  func ask(
    for lines: some Sequence<Int>, model: PredictionModel, keepingIn log: PredictionLog,
    report: () -> Void
  ) {
    var room = max(1, predictor.lanes) * 2
    for line in lines {
      if wasStopped || tally.withLock({ $0.fatal != nil }) { break }
      guard let (reference, image) = wanted(line, model: model) else {
        report()
        continue
      }
      while room == 0 {
        answered.wait()
        room += 1
        report()
      }
      room -= 1
      underWay.withLock { $0[line] = (reference, image) }
      predictor.predict([request(line, image, reference)]) { [self] answer in
        take(answer, log)
      }
    }
    while !underWay.withLock(\.isEmpty) {
      answered.wait()
      report()
    }
  }

  /// The image of a line if it is to be asked for; what keeps it from that is counted.
  private func wanted(_ line: Int, model: PredictionModel) -> (String, OpenedImage)? {
    let entry: Entry
    do throws(ManifestError) {
      entry = try Entry(line: dataset.line(at: line))
    } catch {
      fail("line \(line + 1): \(error.message)")
      return nil
    }
    let place = entry.predictionPlace(attribute)
    if place.isVouchedFor {
      fail("line \(line + 1): a person vouches for “\(attribute)” here, which is left as it is")
      return nil
    }
    if !isAgain, place.jobNames == [model.jobName] {
      tally.withLock { $0.skipped += 1 }
      return nil
    }
    do throws(Unreadable) {
      return (entry.sourceRef, try OpenedImage(entry.sourceRef, files: files))
    } catch {
      fail(error.reason)
      return nil
    }
  }

  private func take(_ answer: PredictionAnswer, _ log: PredictionLog) {
    // Only what is kept is done.
    defer {
      underWay.withLock { _ = $0.removeValue(forKey: answer.id) }
      answered.signal()
    }
    guard let (reference, image) = underWay.withLock({ $0[answer.id] }) else { return }
    switch answer.outcome {
    case .success(let labels):
      do {
        try log.add(record(answer.id, reference, image, labels))
        tally.withLock { tally in
          tally.predicted += 1
          for note in answer.notes { tally.tell("\(reference): \(note)") }
        }
      } catch {
        let failure = error as? Failure
        tally.withLock { $0.fatal = failure ?? Failure.saying("\(error)", Failure.cannotCreate) }
        stop()
      }
    case .failure(let error):
      switch error.kind {
      case .cancelled: break
      case .unavailable:
        tally.withLock { $0.fatal = Failure.saying(error.message, Failure.data) }
      default: fail("\(reference): \(error.message)")
      }
    }
  }

  private func fail(_ text: String) {
    tally.withLock { tally in
      tally.failed += 1
      tally.tell(text)
    }
  }

  private func entry(at line: Int) -> Entry? { try? Entry(line: dataset.line(at: line)) }

  private func isPredicted(_ entry: Entry) -> Bool {
    !entry.predictionPlace(attribute).jobNames.isEmpty
  }

  private func request(
    _ line: Int, _ image: OpenedImage, _ reference: String
  ) -> PredictionRequest {
    let size = image.header.uprightSize
    return PredictionRequest(
      id: line, path: image.path, size: ImageSize(width: size.width, height: size.height),
      source: reference)
  }

  private func record(
    _ line: Int, _ reference: String, _ image: OpenedImage, _ labels: [CustomLabel]
  ) -> PredictionLog.Record {
    let size = image.header.uprightSize
    return PredictionLog.Record(
      line: line, reference: reference, size: ImageSize(width: size.width, height: size.height),
      orientation: image.header.orientation, labels: labels)
  }
}
