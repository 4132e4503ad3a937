/// What Custom Labels takes of a dataset.
///
/// Rules and numbers: “Creating a manifest file” and “Guidelines and quotas” of the Custom Labels
/// guide.
enum CustomLabelsQuota {
  static let greatestImageCount = 250_000
  static let greatestLabelCount = 250
  static let greatestLabelLength = 255
  static let greatestBoxCount = 50
  static let sides = 64...4096
  /// The longest side that training looks at; larger images are scaled down to it.
  static let trainingSide = 1280.0
  /// The longer side is less than so many times the shorter.
  static let aspect = 20
}

extension LabeledDataset {
  /// The dataset as Custom Labels can import it, and what is lost, a sentence each.
  ///
  /// Predictions go, since training would take them for truth; boxes are cut to their images, those
  /// that would vanish in training go; images that training refuses go, too.
  ///
  /// - Parameter prefix: What stands before names that are no `s3://` URIs, itself one.
  /// - Returns: The dataset with `s3://` names, and the losses.
  /// - Throws: `FormatError` if an image has no `s3://` name, the images lie in several buckets, or
  ///   the labels are too many, too few or too long.
  public func preparedForRekognition(
    prefix: String
  ) throws(FormatError) -> (dataset: LabeledDataset, losses: [String]) {
    var dataset = self
    var tally = Tally()
    tally.add(predictionCount, "predictions go, since training would take them for truth")
    dataset.removePredictions()
    dataset.images = []
    var names: Set<String> = []
    for image in images {
      guard var image = image.fit(for: &tally) else { continue }
      image.name = ImageName(image.name).prefixed(prefix)
      guard names.insert(image.name).inserted else {
        tally.add(1, "images go, since they are named twice")
        continue
      }
      dataset.images.append(image)
    }
    // A name in a class map would be a label without images.
    let used = dataset.usedLabels
    dataset.labels.removeAll { !used.contains($0.name) }
    try dataset.checkNames()
    try dataset.checkLabels()
    return (dataset, tally.losses)
  }

  private func checkNames() throws(FormatError) {
    guard images.count <= CustomLabelsQuota.greatestImageCount else {
      throw FormatError(
        path: "",
        message: "there are \(images.count) images and Custom Labels takes 250,000; "
          + "split the dataset")
    }
    var bucket: Substring?
    for image in images {
      let parts = image.name.dropFirst(5).split(
        separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      guard image.name.hasPrefix("s3://"), parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty
      else {
        throw FormatError(
          path: image.name,
          message: "Custom Labels needs an s3:// URI; give --s3-prefix s3://bucket/folder/")
      }
      guard bucket == nil || bucket == parts[0] else {
        throw FormatError(
          path: image.name,
          message: "Custom Labels takes images of one bucket only, and others lie in "
            + "“\(bucket ?? "")”; copy them together")
      }
      bucket = parts[0]
    }
  }

  private func checkLabels() throws(FormatError) {
    let used = usedLabels
    let hasBoxes = images.contains { !$0.boxes.isEmpty }
    let least = hasBoxes ? 1 : 2
    guard used.count >= least else {
      throw FormatError(
        path: "",
        message: "Custom Labels needs \(least == 1 ? "a label" : "two labels") at least, and the "
          + "images have \(used.count); label more of them")
    }
    guard used.count <= CustomLabelsQuota.greatestLabelCount else {
      throw FormatError(
        path: "", message: "Custom Labels takes 250 labels, and there are \(used.count); merge some"
      )
    }
    for label in used {
      let length = label.unicodeScalars.count
      let isPlain = !label.unicodeScalars.contains { $0 == "\n" || $0 == "\r" }
      guard (1...CustomLabelsQuota.greatestLabelLength).contains(length), isPlain else {
        throw FormatError(
          path: "",
          message: "the label “\(label.prefix(40))” has \(length) characters or a line break, and "
            + "Custom Labels takes 1 to 255 on one line; rename it")
      }
    }
  }

  /// What is lost, counted by kind in the order met.
  fileprivate struct Tally {
    private var order: [String] = []
    private var counts: [String: Int] = [:]

    mutating func add(_ count: Int, _ what: String) {
      guard count > 0 else { return }
      if counts[what] == nil { order.append(what) }
      counts[what, default: 0] += count
    }

    var losses: [String] { order.map { "Custom Labels: \($0): \(counts[$0] ?? 0)" } }
  }
}

extension LabeledImage {
  /// The image as training takes it; nil, with the reason counted, if it doesn't.
  fileprivate func fit(for tally: inout LabeledDataset.Tally) -> LabeledImage? {
    var image = self
    image.boxes.removeAll(where: \.isPrediction)
    image.imageLabels.removeAll(where: \.isPrediction)
    tally.add(image.boxes.count(where: \.isCrowd), "boxes around groups count as ordinary ones")
    tally.add(image.boxes.count { !$0.traits.isEmpty }, "traits of boxes go")
    for index in image.boxes.indices {
      image.boxes[index].isCrowd = false
      image.boxes[index].traits = [:]
    }
    guard let size else { return image }
    let (long, short) = (max(size.width, size.height), min(size.width, size.height))
    guard CustomLabelsQuota.sides.contains(short), CustomLabelsQuota.sides.contains(long) else {
      tally.add(1, "images go, since a side isn't 64 to 4096 pixels")
      return nil
    }
    guard long < CustomLabelsQuota.aspect * short else {
      tally.add(1, "images go, since they are 20 times as long as wide")
      return nil
    }
    let scale = min(1, CustomLabelsQuota.trainingSide / Double(long))
    let all = image.boxes
    image.boxes = []
    for box in all {
      let (cut, isCut) = PixelEdges(of: box).clamped(to: size)
      guard (cut.right - cut.left) * scale > 1, (cut.bottom - cut.top) * scale > 1 else {
        tally.add(1, "boxes go, since training would see a pixel or less of them")
        continue
      }
      var kept = box
      if isCut {
        tally.add(box.isBeyond(size) ? 1 : 0, "boxes are cut to their images")
        (kept.left, kept.top) = (cut.left, cut.top)
        // Rounding in the last bit must not reach over the edge again.
        kept.width = min(cut.right - cut.left, Double(size.width) - cut.left)
        kept.height = min(cut.bottom - cut.top, Double(size.height) - cut.top)
      }
      image.boxes.append(kept)
    }
    guard image.boxes.count <= CustomLabelsQuota.greatestBoxCount else {
      tally.add(1, "images go, since they have more than 50 boxes")
      return nil
    }
    // Without its boxes an image isn't one where nothing is.
    if image.boxes.isEmpty, !all.isEmpty, image.imageLabels.isEmpty { image.isAnnotated = false }
    return image
  }
}

extension PixelEdges {
  /// The edges of a box.
  init(of box: LabeledBox) {
    (left, top) = (box.left, box.top)
    (right, bottom) = (box.left + box.width, box.top + box.height)
  }
}
