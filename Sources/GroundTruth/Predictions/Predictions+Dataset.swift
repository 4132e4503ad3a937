extension Predictions {
  /// Which images of a file of predictions are in a dataset.
  public struct Coverage: Hashable, Sendable {
    /// How many images of the file are lines of the dataset.
    public internal(set) var found = 0
    /// The images that are not, by name.
    public internal(set) var missing: [String] = []
  }

  /// Lays predictions read from other files beside a dataset's lines.
  ///
  /// An image is the line whose `source-ref` it is, else the only one that ends in its path, else
  /// the only one with its file name, with or without the extension. What is marked as a
  /// prediction counts; where nothing is, all of it.
  ///
  /// - Parameters:
  ///   - name: What they are called.
  ///   - found: What was read.
  ///   - dataset: The dataset.
  /// - Returns: The predictions, and which images were found.
  /// - Complexity: O(bytes of the dataset + boxes).
  public static func reading(
    _ name: String, _ found: LabeledDataset, beside dataset: Dataset
  ) -> (predictions: Predictions, coverage: Coverage) {
    let index = LineNames(dataset)
    let areMarked = found.images.contains { image in
      image.boxes.contains(where: \.isPrediction)
        || image.imageLabels.contains(where: \.isPrediction)
    }
    var coverage = Coverage()
    var imagesByLine: [Int: [Int]] = [:]
    for (place, image) in found.images.enumerated() {
      if let line = index.line(of: image.name) {
        coverage.found += 1
        imagesByLine[line, default: []].append(place)
      } else {
        coverage.missing.append(image.name)
      }
    }
    var predictions = Predictions(name: name)
    for line in 0..<dataset.count {
      let images = (imagesByLine[line] ?? []).map { found.images[$0] }
      predictions.appendLine(
        boxes: images.flatMap { image in
          image.boxes.filter { $0.isPrediction || !areMarked }.map(GroundTruth.Box.init(predicted:))
        },
        imageLabels: images.flatMap { image in
          image.imageLabels.filter { $0.isPrediction || !areMarked }
            .map { ($0.label, $0.confidence) }
        })
    }
    return (predictions, coverage)
  }
}

extension Box {
  fileprivate init(predicted box: LabeledBox) {
    self.init(
      left: box.left, top: box.top, width: box.width, height: box.height, label: box.label,
      confidence: box.confidence)
  }
}

/// The lines of a dataset by the names that other files may have for their images.
struct LineNames {
  private var whole: [String: Int] = [:]
  /// By file name, and by file name without extension.
  private var byName: [Substring: [Int]] = [:]
  private var references: [String]

  init(_ dataset: Dataset) {
    references = Array(repeating: "", count: dataset.count)
    for line in 0..<dataset.count {
      guard let object = try? JSONValue(parsing: dataset.line(at: line)),
        let reference = object["source-ref"]?.string
      else { continue }
      references[line] = reference
      if whole[reference] == nil { whole[reference] = line }
      let name = Self.name(reference)
      byName[name, default: []].append(line)
      let stem = FilePath.stem(of: String(name))
      if stem.count != name.count { byName[stem[...], default: []].append(line) }
    }
  }

  func line(of image: String) -> Int? {
    if let line = whole[image] { return line }
    let candidates = byName[Self.name(image)] ?? []
    if candidates.count > 1 {
      let ends = candidates.filter { references[$0].hasSuffix("/" + image) }
      return ends.count == 1 ? ends[0] : nil
    }
    return candidates.first
  }

  private static func name(_ path: String) -> Substring {
    path.utf8.lastIndex(of: UInt8(ascii: "/"))
      .map { path[path.utf8.index(after: $0)...] } ?? path[...]
  }
}
