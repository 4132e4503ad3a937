/// What a dataset holds, in numbers: beyond a survey, what its boxes are like and which labels
/// stand together.
public struct DatasetStatistics: Sendable {
  /// Two labels, and on how many images they stand together.
  public struct Pair: Hashable, Sendable {
    /// The label that comes first in the survey.
    public let first: String
    /// The other.
    public let second: String
    /// On how many images both are, on boxes or as a whole.
    public let imageCount: Int
  }

  /// The labels and states.
  public let survey: Survey
  /// How many images have how many boxes, by the number of boxes.
  public private(set) var imagesByBoxCount: [Int: Int] = [:]
  /// What the boxes of the truth attribute are like.
  public let boxes: BoxMeasures
  /// The labels that stand together on images, the most frequent first.
  public private(set) var pairs: [Pair] = []
  /// Whether there are more pairs than are counted.
  public private(set) var hasMorePairs = false

  /// How many different pairs are counted, and how many labels of one image for it.
  ///
  /// Custom Labels takes 250 labels, which make 31,125 pairs, and 50 on one image.
  static let pairLimit = 50_000
  static let labelsPerImageLimit = 64

  /// Counts what a survey found.
  ///
  /// - Parameters:
  ///   - survey: A complete survey of a dataset.
  ///   - boxes: The measures of the boxes of its truth attribute.
  /// - Complexity: O(number of lines and of labels on them).
  public init(_ survey: Survey, boxes: BoxMeasures) {
    self.survey = survey
    self.boxes = boxes
    var pairCounts: [UInt64: Int] = [:]
    for summary in survey.summaries where summary.state.isImage {
      imagesByBoxCount[summary.boxCount, default: 0] += 1
      count(summary.labels.indexes, in: &pairCounts)
    }
    pairs = pairCounts.map { key, count in
      (Int(key >> 32), Int(key & 0xFFFF_FFFF), count)
    }.sorted { ($1.2, $0.0, $0.1) < ($0.2, $1.0, $1.1) }.map {
      Pair(first: survey.label($0).name, second: survey.label($1).name, imageCount: $2)
    }
  }

  /// Counts a dataset by way of its parts.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - truth: The attribute whose boxes count; if it isn't known, it is chosen as for a survey.
  ///   - parts: Makes the parts of all lines for a truth, measured, in any order; it may be asked
  ///     twice.
  public init(
    _ dataset: Dataset, truth: String? = nil, parts: (_ truth: String) -> [Survey.Part]
  ) {
    var boxes = BoxMeasures()
    let survey = Survey(dataset, truth: truth) { truth in
      let parts = parts(truth)
      boxes = BoxMeasures()
      for part in parts { if let found = part.boxes { boxes.merge(found) } }
      return parts
    }
    self.init(survey, boxes: boxes)
  }

  /// Counts a dataset.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - truth: The attribute whose boxes count; if it isn't known, it is chosen as for a survey.
  /// - Complexity: O(bytes).
  public init(_ dataset: Dataset, truth: String? = nil) {
    self.init(dataset, truth: truth) { truth in
      [Survey.part(0..<dataset.count, of: dataset, truth: truth, measuringBoxes: true)]
    }
  }

  /// How many lines are images.
  public var imageCount: Int { imagesByBoxCount.values.reduce(0, +) }

  /// How many boxes the truth attribute has on all lines.
  public var boxCount: Int { boxes.count }

  /// The images by their number of boxes, in classes for reading: each up to 4, then doubling.
  public var boxesPerImage: Histogram {
    var histogram = Histogram(starts: [0, 1, 2, 3, 4, 5, 9, 17, 33, 65])
    for (boxes, images) in imagesByBoxCount { histogram.add(Double(boxes), times: images) }
    return histogram
  }

  private mutating func count(_ labels: [Int], in counts: inout [UInt64: Int]) {
    guard labels.count > 1 else { return }
    if labels.count > Self.labelsPerImageLimit { hasMorePairs = true }
    let labels = labels.prefix(Self.labelsPerImageLimit)
    for (place, first) in labels.enumerated() {
      for second in labels.dropFirst(place + 1) {
        let key = UInt64(first) << 32 | UInt64(second)
        if counts.count < Self.pairLimit || counts[key] != nil {
          counts[key, default: 0] += 1
        } else {
          hasMorePairs = true
        }
      }
    }
  }
}
