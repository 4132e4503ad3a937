import Dispatch
import GroundTruth
import ImageCoding
import Prediction
import Raster
import Storage
import Synchronization
import Workstation

/// What a version predicts of its test images; may be stopped from any thread.
final class VersionPredictions: Sendable {
  private struct Work {
    var answers: [Int: Result<[CustomLabel], PredictionError>] = [:]
    var isStopped = false
  }

  private let version: ModelVersion
  private let project: ProjectFolder
  private let predictor: any Predictor
  private let work = Mutex(Work())

  /// Starts the model.
  ///
  /// - Throws: ``Failure`` if it can't be started.
  init(_ version: ModelVersion, of project: ProjectFolder) throws {
    self.version = version
    self.project = project
    predictor = try VersionPredictor.make(version)
  }

  /// Asks it to stop; `input` then returns soon.
  func stop() {
    work.withLock { $0.isStopped = true }
    predictor.cancel()
  }

  /// Ends the model.
  func finish() { predictor.finish() }

  /// Predicts, and brings truth and predictions together.
  ///
  /// - Parameter report: Told how many images are done, of how many.
  /// - Returns: What is to be compared; nil if it was stopped.
  /// - Throws: ``Failure``, which says what can't be done.
  func input(report: (Int, Int) -> Void) throws -> EvaluateInput? {
    let manifest = try EvaluateManifest(
      version.path(of: .test), truth: project.settings.attribute)
    let truth = try manifest.truth()
    let locator = project.locator(of: project.testManifest ?? project.trainingManifest)
    let files = RemoteImages(locator: locator)
    defer { files.finish() }
    var notes = manifest.notes
    var opened: [Int: OpenedImage] = [:]
    var requests: [PredictionRequest] = []
    for (place, image) in truth.dataset.images.enumerated() where image.isAnnotated {
      do throws(Unreadable) {
        let found = try OpenedImage(image.name, files: files)
        let size = found.header.uprightSize
        opened[place] = found
        requests.append(
          PredictionRequest(
            id: place, path: found.path, size: ImageSize(width: size.width, height: size.height)))
      } catch {
        notes.append("not tested on: \(error.reason)")
      }
    }
    guard try ask(requests, report: report) else { return nil }
    let answers = work.withLock(\.answers)
    var images: [LabeledImage] = []
    for request in requests {
      guard let image = opened[request.id] else { continue }
      let name = truth.dataset.images[request.id].name
      switch answers[request.id] {
      case .success(let labels)?:
        images.append(LabeledImage(name, labels, of: image, boxSpace: project.boxSpace))
      case .failure(let error)?: notes.append("\(name): not looked at: \(error.message)")
      case nil: notes.append("\(name): the model gave no answer")
      }
    }
    var seen = truth.dataset
    let tested = Set(images.map(\.name))
    // What the model could not be shown says nothing of it.
    seen.images.removeAll { $0.isAnnotated && !tested.contains($0.name) }
    guard seen.images.contains(where: \.isAnnotated) else {
      throw Failure.saying(
        (["\(version.path(of: .test)): no image of it could be tested on"] + notes.prefix(3))
          .joined(separator: "; "), Failure.data)
    }
    return EvaluateInput(
      truth: (truth.name, seen),
      predictions: (
        "\(project.settings.name)/\(version.name)",
        LabeledDataset(
          labels: (predictor.model?.labels ?? []).map { .init(name: $0) }, images: images)
      ),
      isPaired: false, notes: notes)
  }

  /// Has all images looked at; tells whether that came to its end.
  private func ask(_ requests: [PredictionRequest], report: (Int, Int) -> Void) throws -> Bool {
    let news = DispatchSemaphore(value: 0)
    predictor.predict(requests) { [self] answer in
      work.withLock { $0.answers[answer.id] = answer.outcome }
      news.signal()
    }
    for done in 0..<requests.count {
      report(done, requests.count)
      news.wait()
    }
    report(requests.count, requests.count)
    let (answers, isStopped) = work.withLock { ($0.answers, $0.isStopped) }
    if isStopped { return false }
    for case .failure(let error) in answers.values where error.kind == .unavailable {
      throw Failure.saying("\(version.folder): \(error.message)", Failure.data)
    }
    return true
  }
}

extension LabeledImage {
  /// What a model says of an image, in the pixels that the manifest's boxes are in.
  fileprivate init(
    _ name: String, _ labels: [CustomLabel], of image: OpenedImage, boxSpace: BoxSpace
  ) {
    let size = image.header.uprightSize
    let imageSize = ImageSize(width: size.width, height: size.height)
    self.init(name: name)
    for label in labels {
      guard label.place != nil else {
        imageLabels.append(
          .init(label: label.name, confidence: label.confidence, isPrediction: true))
        continue
      }
      guard let box = label.box(in: imageSize) else { continue }
      var rect = PixelRect(left: box.left, top: box.top, width: box.width, height: box.height)
      if boxSpace == .stored {
        rect = image.header.orientation.stored(rect, ofStored: image.header.storedSize)
      }
      boxes.append(
        LabeledBox(
          left: rect.left, top: rect.top, width: rect.width, height: rect.height, label: label.name,
          confidence: label.confidence, isPrediction: true))
    }
  }
}
