/// What Custom Labels takes of a dataset.
///
/// Rules and numbers: “Creating a manifest file” and “Guidelines and quotas” of the Custom Labels
/// guide.
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
    var losses = LossTally()
    losses.add(
      "Predictions are left out, since training would take them for truth", count: predictionCount)
    dataset.removePredictions()
    dataset.images = []
    var names: Set<String> = []
    for image in images {
      guard var image = image.fit(for: &losses) else { continue }
      image.name = FilePath.prefixed(image.name, by: prefix)
      guard names.insert(image.name).inserted else {
        losses.add("Images that are named twice are left out once")
        continue
      }
      dataset.images.append(image)
    }
    // A name in a class map would be a label without images.
    let used = dataset.usedLabels
    dataset.labels.removeAll { !used.contains($0.name) }
    try dataset.checkNames()
    try dataset.checkLabels()
    return (dataset, losses.sentences)
  }

  private func checkNames() throws(FormatError) {
    guard images.count <= Limits.rows else {
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

  /// What the API's own type takes; the guide says 256.
  private static let greatestLabelLength = 255

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
    guard used.count <= Limits.labels else {
      throw FormatError(
        path: "", message: "Custom Labels takes 250 labels, and there are \(used.count); merge some"
      )
    }
    for label in used {
      let length = label.unicodeScalars.count
      let isPlain = !label.unicodeScalars.contains { $0 == "\n" || $0 == "\r" }
      guard (1...Self.greatestLabelLength).contains(length), isPlain else {
        throw FormatError(
          path: "",
          message: "the label “\(label.prefix(40))” has \(length) characters or a line break, and "
            + "Custom Labels takes 1 to 255 on one line; rename it")
      }
    }
  }
}

extension LabeledImage {
  /// The image as training takes it; nil, with the reason counted, if it doesn't.
  fileprivate func fit(for losses: inout LossTally) -> LabeledImage? {
    var image = self
    image.boxes.removeAll(where: \.isPrediction)
    image.imageLabels.removeAll(where: \.isPrediction)
    losses.add("Regions to be ignored become boxes", count: image.boxes.count(where: \.isCrowd))
    for trait in image.boxes.flatMap({ $0.traits.keys.sorted() }) {
      losses.add("The trait \(trait) is left out")
    }
    for index in image.boxes.indices {
      image.boxes[index].isCrowd = false
      image.boxes[index].traits = [:]
    }
    guard let size else { return image }
    let (long, short) = (max(size.width, size.height), min(size.width, size.height))
    guard Limits.side.contains(short), Limits.side.contains(long) else {
      losses.add("Images with a side that isn't 64 to 4096 pixels are left out")
      return nil
    }
    guard long < Limits.aspect * short else {
      losses.add("Images 20 times as long as wide are left out")
      return nil
    }
    let scale = min(1, Limits.longestSide / Double(long))
    let all = image.boxes
    image.boxes = []
    for box in all {
      let edges = EdgeBox(box)
      let cut = edges.clamped(to: size)
      guard cut.width * scale > 1, cut.height * scale > 1 else {
        losses.add("Boxes of which training would see a pixel or less are left out")
        continue
      }
      var kept = box
      if cut != edges {
        if !edges.fits(size) { losses.add("Boxes are cut to their images") }
        (kept.left, kept.top) = (cut.left, cut.top)
        // Rounding in the last bit must not reach over the edge again.
        kept.width = min(cut.width, Double(size.width) - cut.left)
        kept.height = min(cut.height, Double(size.height) - cut.top)
      }
      image.boxes.append(kept)
    }
    guard image.boxes.count <= Limits.labelsPerImage else {
      losses.add("Images with more than 50 boxes are left out")
      return nil
    }
    // Without its boxes an image isn't one where nothing is.
    if image.boxes.isEmpty, !all.isEmpty, image.imageLabels.isEmpty { image.isAnnotated = false }
    return image
  }
}
