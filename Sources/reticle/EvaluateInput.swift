import Evaluation
import GroundTruth

/// What is compared: images, each with what people and what a model say of it.
struct EvaluateInput {
  /// An image that somebody looked at.
  struct Image {
    let name: String
    let size: ImageSize?
    let truth: LabeledImage
    let predicted: LabeledImage?
  }

  /// What the truth is called: an attribute, or the file's path.
  let truthName: String
  /// What the predictions are called.
  let predictionName: String
  let images: [Image]
  /// The labels, those of the truth first.
  let labels: [String]
  /// Whether labels of whole images are compared, and not boxes.
  let isImageLevel: Bool
  /// What a person should know of the input.
  private(set) var notes: [String]

  /// The place of each label.
  private let places: [String: Int]

  /// Brings images and predictions together.
  ///
  /// - Parameters:
  ///   - truth: What people say, and what it is called.
  ///   - predictions: What a model says, and what it is called; an image for each of the truth's,
  ///     or any images to be found by their names.
  ///   - isPaired: Whether the predictions have the places of the truth's images.
  ///   - notes: What a person should know.
  init(
    truth: (name: String, dataset: LabeledDataset),
    predictions: (name: String, dataset: LabeledDataset), isPaired: Bool, notes: [String]
  ) {
    truthName = truth.name
    predictionName = predictions.name
    self.notes = notes
    let all = truth.dataset.images
    let found =
      isPaired
      ? predictions.dataset.images.map(Optional.some)
      : Self.find(all, in: predictions.dataset.images, notes: &self.notes)
    images = all.indices.filter { all[$0].isAnnotated }.map { index in
      Image(
        name: all[index].name, size: all[index].size ?? found[index]?.size, truth: all[index],
        predicted: found[index])
    }
    let unseen = all.count - images.count
    if unseen > 0 {
      self.notes.append(
        "\(CheckReport.count(unseen, "image")) that nobody looked at "
          + "\(unseen == 1 ? "is" : "are") left out")
    }
    isImageLevel = Self.isImageLevel(images)
    var names: [String] = []
    var places: [String: Int] = [:]
    let listed = (truth.dataset.labels + predictions.dataset.labels).map(\.name)
    for name in listed + images.flatMap(\.labels) where places[name] == nil {
      places[name] = names.count
      names.append(name)
    }
    labels = names
    self.places = places
  }

  /// Whole images are compared where nobody drew a box and somebody gave an image a label.
  private static func isImageLevel(_ images: [Image]) -> Bool {
    images.allSatisfy { $0.truth.boxes.isEmpty }
      && images.contains { !$0.truth.imageLabels.isEmpty }
  }

  /// The images of the predictions for those of the truth: of the same name, else of the same file
  /// name, else of the same without its extension, where that is one image's alone.
  private static func find(
    _ images: [LabeledImage], in predicted: [LabeledImage], notes: inout [String]
  ) -> [LabeledImage?] {
    var found: [LabeledImage?] = Array(repeating: nil, count: images.count)
    var rest = Array(predicted.indices)
    for key in [{ $0 }, fileName, stem] as [(String) -> String] {
      let byKey = Dictionary(grouping: images.indices) { key(images[$0].name) }
      rest.removeAll { index in
        guard let places = byKey[key(predicted[index].name)], places.count == 1 else {
          return false
        }
        let place = places[0]
        found[place] = found[place].map { $0.merged(with: predicted[index]) } ?? predicted[index]
        return true
      }
    }
    let lost = rest.filter { !predicted[$0].boxes.isEmpty || !predicted[$0].imageLabels.isEmpty }
    if let first = lost.first {
      notes.append(
        "predictions of \(CheckReport.count(lost.count, "image")) are left out, since no image of "
          + "the truth has the name (“\(predicted[first].name)”)")
    }
    return found
  }

  private static func fileName(_ name: String) -> String {
    String(name.split(separator: "/").last ?? "")
  }

  private static func stem(_ name: String) -> String {
    let file = fileName(name)
    return file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
  }

  // MARK: Scores

  /// The figures.
  func board(iou: Double, threshold: Double?) -> Scoreboard {
    board(iou: iou, choice: threshold.map { .common($0) } ?? .assumed)
  }

  /// The figures.
  func board(iou: Double, choice: ThresholdChoice) -> Scoreboard {
    let rules = MatchRules(iou: iou)
    return Scoreboard(
      labels: labels, scores: images.map { score($0, rules: rules) }, choice: choice)
  }

  /// The figures of what says the same whatever it sees.
  ///
  /// - Parameters:
  ///   - boxes: What predicts boxes for an image of a width and a height.
  ///   - labels: The labels for whole images.
  ///   - iou: The IoU from which on a box is found.
  /// - Returns: The figures; images without a known size count as if nothing was predicted.
  func board(
    guessing boxes: (Double, Double) -> [PredictedBox], labels: [ImageScore.PredictedLabel],
    iou: Double
  ) -> Scoreboard {
    let rules = MatchRules(iou: iou)
    return Scoreboard(
      labels: self.labels,
      scores: images.map { image in
        if isImageLevel {
          return ImageScore(
            truthLabels: image.truth.imageLabels.map { place($0.label) }, predictions: labels)
        }
        return ImageScore(
          truths: truths(of: image),
          predictions: image.size.map { boxes(Double($0.width), Double($0.height)) } ?? [],
          rules: rules)
      })
  }

  private func score(_ image: Image, rules: MatchRules) -> ImageScore {
    if isImageLevel {
      return ImageScore(
        truthLabels: image.truth.imageLabels.map { place($0.label) },
        predictions: (image.predicted?.imageLabels ?? []).map {
          .init(label: place($0.label), confidence: $0.confidence ?? 1)
        })
    }
    return ImageScore(
      truths: truths(of: image),
      predictions: (image.predicted?.boxes ?? []).map {
        PredictedBox(Rectangle($0), label: place($0.label), confidence: $0.confidence ?? 1)
      }, rules: rules)
  }

  private func truths(of image: Image) -> [TruthBox] {
    image.truth.boxes.map { TruthBox(Rectangle($0), label: place($0.label), role: $0.role) }
  }

  /// The place of a label; all of the images are listed.
  func place(_ label: String) -> Int { places[label] ?? 0 }
}

extension EvaluateInput.Image {
  /// The labels that are said of it.
  fileprivate var labels: [String] {
    [truth, predicted].compactMap(\.self).flatMap { image in
      image.boxes.map(\.label) + image.imageLabels.map(\.label)
    }
  }
}

extension Rectangle {
  /// Where a box is.
  init(_ box: LabeledBox) {
    self.init(left: box.left, top: box.top, width: box.width, height: box.height)
  }
}

extension LabeledBox {
  /// What it counts for: Pascal VOC's difficult ones need not be found.
  fileprivate var role: TruthBox.Role {
    isCrowd ? .crowd : (traits["difficult"] == "1" ? .ignored : .counted)
  }
}

extension LabeledImage {
  /// The image with what another says of it, too.
  fileprivate func merged(with other: LabeledImage) -> LabeledImage {
    var image = self
    image.boxes += other.boxes
    image.imageLabels += other.imageLabels
    return image
  }
}
