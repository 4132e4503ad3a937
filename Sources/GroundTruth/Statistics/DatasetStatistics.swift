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

  /// How large boxes are, by their area, as COCO tells them apart (https://cocodataset.org).
  public struct Areas: Hashable, Sendable {
    /// Below 32×32 pixels.
    public internal(set) var small = 0
    /// From 32×32 and below 96×96 pixels.
    public internal(set) var medium = 0
    /// From 96×96 pixels.
    public internal(set) var large = 0
  }

  /// The labels and states.
  public let survey: Survey
  /// How many images have how many boxes, by the number of boxes.
  public private(set) var imagesByBoxCount: [Int: Int] = [:]
  /// The boxes by the length of the shorter side, in pixels.
  public private(set) var shorterSides = Histogram(starts: [0, 8, 16, 32, 64, 128, 256, 512])
  /// The boxes by area.
  public private(set) var areas = Areas()
  /// The boxes by width divided by height.
  public private(set) var aspects = Histogram(starts: [0, 0.25, 0.5, 0.8, 1.25, 2, 4])
  /// The labels that stand together on images, the most frequent first.
  public private(set) var pairs: [Pair] = []
  /// Whether there are more pairs than are counted.
  public private(set) var hasMorePairs = false

  /// How many different pairs are counted, and how many labels of one image for it.
  ///
  /// Custom Labels takes 250 labels, which make 31,125 pairs, and 50 on one image.
  static let pairLimit = 50_000
  static let labelsPerImageLimit = 64

  /// Counts a dataset.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - survey: A survey of it; its truth attribute is the one whose boxes count.
  /// - Complexity: O(bytes).
  public init(_ dataset: Dataset, survey: Survey) {
    self.survey = survey
    var pairCounts: [UInt64: Int] = [:]
    for (line, summary) in survey.summaries.enumerated() {
      guard summary.state.isDisjoint(with: [.blank, .broken]) else { continue }
      imagesByBoxCount[summary.boxCount, default: 0] += 1
      count(summary.labels.indexes, in: &pairCounts)
      if summary.boxCount > 0, let entry = try? Entry(line: dataset.line(at: line)) {
        for box in entry.boxSet(survey.truth)?.boxes ?? [] { count(box) }
      }
    }
    pairs = pairCounts.map { key, count in
      (Int(key >> 32), Int(key & 0xFFFF_FFFF), count)
    }.sorted { ($1.2, $0.0, $0.1) < ($0.2, $1.0, $1.1) }.map {
      Pair(first: survey.label($0).name, second: survey.label($1).name, imageCount: $2)
    }
  }

  /// How many lines are images.
  public var imageCount: Int { imagesByBoxCount.values.reduce(0, +) }

  /// How many boxes the truth attribute has on all lines.
  public var boxCount: Int { areas.small + areas.medium + areas.large }

  /// The images by their number of boxes, in classes for reading: each up to 4, then doubling.
  public var boxesPerImage: Histogram {
    var histogram = Histogram(starts: [0, 1, 2, 3, 4, 5, 9, 17, 33, 65])
    for (boxes, images) in imagesByBoxCount { histogram.add(Double(boxes), times: images) }
    return histogram
  }

  private mutating func count(_ box: Box) {
    shorterSides.add(box.shorterSide)
    let area = box.width * box.height
    if area < 32 * 32 {
      areas.small += 1
    } else if area < 96 * 96 {
      areas.medium += 1
    } else {
      areas.large += 1
    }
    if box.height > 0 { aspects.add(box.width / box.height) }
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
