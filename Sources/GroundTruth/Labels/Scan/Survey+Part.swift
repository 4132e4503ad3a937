extension Survey {
  /// What some consecutive lines add to a survey.
  ///
  /// Parts can be made at the same time on several cores and merged in any order.
  public struct Part: Sendable {
    /// A class id that a class map gives a label (a place in `labels`).
    struct Class: Hashable, Sendable {
      let label: Int
      let id: Int
    }

    /// How often a label occurs.
    struct LabelTally: Hashable, Sendable {
      var boxCount = 0
      var imageCount = 0
      var imageLevelCount = 0
    }

    /// The lines that were counted, from 0.
    public let lines: Range<Int>
    /// The bounding-box attribute whose boxes count.
    public let truth: String
    /// One summary a line; its labels are places in `labels`.
    var summaries: [EntrySummary]
    /// The labels in the order in which they were met.
    let labels: [String]
    /// How often each of them occurs.
    let tallies: [LabelTally]
    /// What class maps say, each once, in the order in which it was met.
    let classes: [Class]
    let attributes: [AttributeCount]
    let stateCounts: [EntryState: Int]
    let problems: [Int: [ManifestError]]
    /// What the boxes of the truth attribute are like, if it was asked for.
    let boxes: BoxMeasures?
  }

  /// Counts some lines of a dataset.
  ///
  /// - Parameters:
  ///   - lines: The lines, counted from 0; those that aren't there are left out.
  ///   - dataset: The dataset.
  ///   - truth: The bounding-box attribute whose boxes count.
  ///   - measuringBoxes: Whether its boxes are measured, too.
  /// - Returns: What `merge` adds to the survey of the whole.
  /// - Complexity: O(bytes of the lines).
  public static func part(
    _ lines: Range<Int>, of dataset: Dataset, truth: String, measuringBoxes: Bool = false
  ) -> Part {
    let lines = lines.clamped(to: 0..<dataset.count)
    var builder = SurveyPartBuilder(for: lines, truth: truth, measuringBoxes: measuringBoxes)
    dataset.forEachLine(in: lines) { _, bytes in builder.add(bytes) }
    return builder.part
  }

  /// Counts one line that stands, or stood, at a place.
  static func part(_ line: Int, _ bytes: [UInt8], truth: String) -> Part {
    var builder = SurveyPartBuilder(for: line..<line + 1, truth: truth)
    builder.add(bytes.span)
    return builder.part
  }
}
