/// The images that a split deals out, and their labels.
public struct SplitSubjects: Sendable {
  /// The lines to be dealt out, counted from 0, ascending.
  public private(set) var lines: [Int] = []
  /// Lines that are left out since a person excluded their images.
  public private(set) var excludedCount = 0
  /// Lines that are left out since they are blank or can't be read.
  public private(set) var unreadableLines: [Int] = []
  /// The labels in the order seen.
  public private(set) var labels: [String] = []

  /// The labels of all images in a row, those of the first image first.
  private var labelPlaces: [Int32] = []
  /// Where the labels of each image end in the row.
  private var ends: [Int] = []
  private var sourceHashes: [Int] = []

  /// Takes the images of a dataset.
  ///
  /// Two more labels stand for images that a human found empty and for those nobody labelled, so
  /// that these are dealt out evenly too; they have no name.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - truth: The bounding-box attribute whose labels count, besides image-level ones that a
  ///     human gave.
  /// - Complexity: O(bytes).
  public init(_ dataset: Dataset, truth: String) {
    var places: [String: Int32] = [:]
    for line in 0..<dataset.count {
      guard let entry = try? Entry(line: dataset.line(at: line)) else {
        unreadableLines.append(line)
        continue
      }
      if entry.mark.isExcluded {
        excludedCount += 1
        continue
      }
      lines.append(line)
      sourceHashes.append(entry.sourceRef.hashValue)
      var found: Set<Int32> = []
      let names = (entry.boxSet(truth)?.boxes ?? []).lazy.map(\.label)
      for name in Array(names) + entry.truthImageLabels {
        let place = places[name] ?? Int32(labels.count)
        if places.updateValue(place, forKey: name) == nil { labels.append(name) }
        found.insert(place)
      }
      if found.isEmpty {
        let isEmpty = EntryState(of: entry, truth: truth).contains(.empty)
        found.insert(isEmpty ? Self.empty : Self.unlabelled)
      }
      labelPlaces += found.sorted()
      ends.append(labelPlaces.count)
    }
  }

  /// How many images there are.
  public var count: Int { lines.count }

  /// A group for each image, images of the same `source-ref` in one.
  ///
  /// - Complexity: O(*n*).
  public func groups() -> Groups {
    var groups = Groups(count: count)
    groups.join(sameOf: sourceHashes)
    return groups
  }

  /// The places of an image's labels in `labels`; those beyond it stand for no label.
  func labels(of subject: Int) -> ArraySlice<Int32> {
    labelPlaces[(subject == 0 ? 0 : ends[subject - 1])..<ends[subject]]
  }

  static let empty: Int32 = -1
  static let unlabelled: Int32 = -2
}
