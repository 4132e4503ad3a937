import ArgumentParser
import Dispatch
import GroundTruth
import ImageCoding
import Prediction
import Raster
import Storage
import Synchronization
import Workstation

/// Has a model look at the images that the screen asks for, off the drawing thread.
///
/// The model is started with the first image and stays until the person leaves.
final class LookDesk: Sendable {
  private struct Work {
    var wanted: [LookRequest.Image] = []
    var boxSpace = BoxSpace.upright
    var session = 0
    /// The lines that are asked for, with the session that they were asked for in.
    var running: [Int: Int] = [:]
    /// The lines that were answered in this session: the screen may not know it yet.
    var done: Set<Int> = []
    var predictor: (any Predictor)?
    var isFinished = false
  }

  private let options: PredictorOptions
  private let manifest: String
  private let files: RemoteImages
  private let mailbox: Mailbox
  private let queue = DispatchQueue(label: "looks", qos: .utility)
  private let work = Mutex(Work())

  /// Prepares the desk; nothing is started yet.
  ///
  /// - Parameters:
  ///   - options: The model that the command line names, if it names one.
  ///   - project: The manifest; without a model named it is the last that was trained on it.
  ///   - mailbox: Where answers are left.
  init(options: PredictorOptions, project: Project, mailbox: Mailbox) {
    self.options = options
    manifest = project.outputPath
    files = RemoteImages(locator: project.locator)
    self.mailbox = mailbox
  }

  /// Replaces what is wanted; what is looked at already is looked at to its end.
  func want(_ request: LookRequest) {
    work.withLock { work in
      work.wanted = request.images
      if work.session != request.session { work.done = [] }
      work.session = request.session
      work.boxSpace = request.boxSpace
    }
    guard !request.images.isEmpty else { return }
    queue.async { [self] in start() }
  }

  /// Ends the model, and returns when nothing of it is left.
  func finish() {
    let predictor = work.withLock { work in
      work.isFinished = true
      work.wanted = []
      return work.predictor
    }
    files.finish()
    predictor?.finish()
  }

  /// Asks for as many images as there is room for.
  private func start() {
    let predictor: any Predictor
    do {
      guard let found = try startedPredictor() else { return }
      predictor = found
    } catch {
      let reason = (error as? Failure)?.message ?? "\(error)"
      mailbox.post(.looked(.unavailable(reason)))
      return
    }
    while let image = next(lanes: predictor.lanes) {
      do throws(Unreadable) {
        let opened = try OpenedImage(image.sourceRef, files: files)
        let size = opened.header.uprightSize
        let request = PredictionRequest(
          id: image.line, path: opened.path,
          size: ImageSize(width: size.width, height: size.height))
        predictor.predict([request]) { [self] answer in
          take(answer, opened, predictor)
          queue.async { [self] in start() }
        }
      } catch {
        end(image.line)
        mailbox.post(.looked(.failed(line: image.line, error.reason)))
      }
    }
  }

  /// The predictor; nil once the desk is closed.
  private func startedPredictor() throws -> (any Predictor)? {
    let (known, isFinished) = work.withLock { ($0.predictor, $0.isFinished) }
    if isFinished { return nil }
    if let known { return known }
    let remark: @Sendable (String) -> Void = { [mailbox] text in
      mailbox.post(.notice("the model: \(text)", isProblem: false))
    }
    let new: any Predictor
    if options.isGiven {
      new = try options.predictor(remark: remark)
    } else {
      new = try lastTrained()
    }
    let isLate = work.withLock { work in
      work.predictor = new
      return work.isFinished
    }
    if isLate { new.finish() }
    return isLate ? nil : new
  }

  private func lastTrained() throws -> any Predictor {
    do {
      let model = try LocalModel(manifest)
      return try VersionPredictor.make(model.version, of: model.project)
    } catch let failure as Failure {
      throw Failure.saying(
        "no model here yet: :train makes one, or start with --model or --command "
          + "(\(failure.message))", failure.code)
    }
  }

  private func next(lanes: Int) -> LookRequest.Image? {
    work.withLock { work in
      guard !work.isFinished, work.running.count < max(1, lanes),
        let image = work.wanted.first(where: {
          work.running[$0.line] == nil && !work.done.contains($0.line)
        })
      else { return nil }
      work.running[image.line] = work.session
      work.wanted.removeAll { $0 == image }
      return image
    }
  }

  private func end(_ line: Int) {
    work.withLock { work in
      if work.running.removeValue(forKey: line) == work.session { work.done.insert(line) }
    }
  }

  private func take(
    _ answer: PredictionAnswer, _ image: OpenedImage, _ predictor: any Predictor
  ) {
    end(answer.id)
    let boxSpace = work.withLock { $0.boxSpace }
    switch answer.outcome {
    case .success(let labels):
      let size = image.header.uprightSize
      let record = PredictionLog.Record(
        line: answer.id, reference: "", size: ImageSize(width: size.width, height: size.height),
        orientation: image.header.orientation, labels: labels)
      let (boxes, imageLabels) = record.predictions(boxSpace: boxSpace, threshold: 0, limit: 500)
      mailbox.post(
        .looked(
          .found(
            line: answer.id,
            Sighting(
              model: predictor.model?.title ?? "the model", boxes: boxes, imageLabels: imageLabels)
          )))
    case .failure(let error):
      switch error.kind {
      case .cancelled: break
      case .unavailable:
        // Another try starts it anew: what was wrong may be mended meanwhile.
        work.withLock { work in
          work.wanted = []
          work.predictor = nil
        }
        queue.async { predictor.finish() }
        mailbox.post(.looked(.unavailable(error.message)))
      default: mailbox.post(.looked(.failed(line: answer.id, error.message)))
      }
    }
  }
}
