import GroundTruth
import ImageCoding
import Prediction
import Raster
import Storage
import Workstation

/// What a version predicts, of its test images or of any lines of a manifest.
struct VersionPredictions {
  let version: ModelVersion
  let project: ProjectFolder
  let model: VersionAtWork

  /// Predicts the test images, and brings truth and predictions together.
  ///
  /// - Parameter report: Told how many images are done, of how many.
  /// - Returns: What is to be compared; nil if it was stopped.
  /// - Throws: ``Failure``, which says what can't be done.
  func testInput(report: (Int, Int) -> Void) throws -> EvaluateInput? {
    let manifest = try testManifest()
    let truth = try manifest.truth()
    var notes = manifest.notes
    let all = truth.dataset.images
    let names = all.indices.filter { all[$0].isAnnotated }.map { ($0, all[$0].name) }
    let manifestPath = project.testManifest ?? project.trainingManifest
    guard let found = try predict(names, in: manifestPath, notes: &notes, report: report) else {
      return nil
    }
    var seen = truth.dataset
    seen.images = all.indices.filter { !all[$0].isAnnotated || found[$0] != nil }.map { all[$0] }
    // What the model could not be shown says nothing of it.
    guard seen.images.contains(where: \.isAnnotated) else {
      throw Failure.saying(
        (["\(version.path(of: .test)): no image of it could be tested on"] + notes.prefix(3))
          .joined(separator: "; "), Failure.data)
    }
    let predicted = all.indices.compactMap { place in
      found[place].map { said in
        let count = max(Self.countedPredictions, 2 * all[place].boxes.count)
        return LabeledImage(all[place].name, said.surest(count))
      }
    }
    return EvaluateInput(
      truth: (truth.name, seen),
      predictions: (
        "\(project.settings.name)/\(version.name)",
        LabeledDataset(labels: model.labels.map { .init(name: $0) }, images: predicted)
      ),
      isPaired: false, notes: notes)
  }

  /// The version's test manifest with the project's truth; its own where it has no such attribute.
  private func testManifest() throws -> EvaluateManifest {
    let path = version.path(of: .test)
    let manifest = try EvaluateManifest(path, truth: project.settings.attribute)
    guard let attribute = project.settings.attribute, !manifest.hasAttribute(attribute) else {
      return manifest
    }
    return try EvaluateManifest(path, truth: nil)
  }

  /// Predicts lines of a dataset.
  ///
  /// - Parameters:
  ///   - lines: The lines, the most urgent first; images that can't be read have no predictions.
  ///   - dataset: The training manifest as it is.
  ///   - report: Told how many images are done, of how many.
  /// - Returns: A line of predictions for each of the dataset; nil if it was stopped.
  /// - Throws: ``Failure``, which says what can't be done.
  func predictions(
    of lines: [Int], in dataset: Dataset, report: (Int, Int) -> Void
  ) throws -> Predictions? {
    let names = lines.compactMap { line in
      (try? Entry(line: dataset.line(at: line))).map { (line, $0.sourceRef) }
    }
    var notes: [String] = []
    guard
      let found = try predict(
        names, in: project.trainingManifest, notes: &notes, report: report)
    else { return nil }
    var predictions = Predictions(name: version.name.description)
    for line in 0..<dataset.count {
      let said = found[line]
      predictions.appendLine(boxes: said?.boxes ?? [], imageLabels: said?.labels ?? [])
    }
    return predictions
  }

  /// How many boxes of an image count, as for COCO; its line in the snapshot has to stay one that
  /// Custom Labels takes.
  private static let countedPredictions = 100

  // MARK: Asking

  /// What a model says of an image, boxes in the pixels that the manifest's are in.
  struct Said {
    var boxes: [Box] = []
    var labels: [(label: String, confidence: Double?)] = []

    /// With no more boxes than a number, the surest, in the order given.
    func surest(_ count: Int) -> Said {
      guard boxes.count > count else { return self }
      let order = boxes.indices.sorted {
        (boxes[$1].confidence ?? 1, $0) < (boxes[$0].confidence ?? 1, $1)
      }
      var said = self
      said.boxes = order.prefix(count).sorted().map { boxes[$0] }
      return said
    }
  }

  /// Predicts images by number and `source-ref`; what can't be had is noted and missing.
  private func predict(
    _ names: [(Int, String)], in manifest: String, notes: inout [String],
    report: (Int, Int) -> Void
  ) throws -> [Int: Said]? {
    let files = RemoteImages(locator: project.locator(of: manifest))
    defer { files.finish() }
    var opened: [Int: OpenedImage] = [:]
    var requests: [PredictionRequest] = []
    for (number, name) in names {
      do throws(Unreadable) {
        let found = try OpenedImage(name, files: files)
        opened[number] = found
        requests.append(PredictionRequest(id: number, path: found.path, size: found.size))
      } catch {
        notes.append("not looked at: \(error.reason)")
      }
    }
    let count = requests.count
    guard let answers = try model.look(at: requests, report: { report($0, count) }) else {
      return nil
    }
    var said: [Int: Said] = [:]
    for (number, name) in names {
      guard let image = opened[number] else { continue }
      switch answers[number] {
      case .success(let labels)?:
        said[number] = Said(labels, of: image, boxSpace: project.boxSpace)
      case .failure(let error)?: notes.append("not looked at: \(name): \(error.message)")
      case nil: notes.append("not looked at: \(name): the model gave no answer")
      }
    }
    return said
  }
}

extension VersionPredictions.Said {
  /// Takes what a model says of an image, upright.
  fileprivate init(_ found: [CustomLabel], of image: OpenedImage, boxSpace: BoxSpace) {
    for label in found {
      guard label.place != nil else {
        labels.append((label.name, label.confidence))
        continue
      }
      guard var box = label.box(in: image.size) else { continue }
      if boxSpace == .stored {
        let rect = image.header.orientation.stored(
          PixelRect(left: box.left, top: box.top, width: box.width, height: box.height),
          ofStored: image.header.storedSize)
        (box.left, box.top, box.width, box.height) =
          (rect.left, rect.top, rect.width, rect.height)
      }
      boxes.append(box)
    }
  }
}

extension LabeledImage {
  fileprivate init(_ name: String, _ said: VersionPredictions.Said) {
    self.init(name: name)
    boxes = said.boxes.map { box in
      LabeledBox(
        left: box.left, top: box.top, width: box.width, height: box.height, label: box.label,
        confidence: box.confidence, isPrediction: true)
    }
    imageLabels = said.labels.map {
      .init(label: $0.label, confidence: $0.confidence, isPrediction: true)
    }
  }
}

extension OpenedImage {
  /// The size in pixels as shown upright.
  var size: ImageSize {
    ImageSize(width: header.uprightSize.width, height: header.uprightSize.height)
  }
}
