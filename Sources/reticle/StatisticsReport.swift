import GroundTruth

/// Statistics for reading.
struct StatisticsReport {
  private let statistics: DatasetStatistics
  private let style: ReportStyle

  /// How many labels that stand together are shown.
  private static let pairLimit = 20

  init(_ statistics: DatasetStatistics, style: ReportStyle) {
    self.statistics = statistics
    self.style = style
  }

  /// The report's lines.
  func lines(manifest: String) -> [String] {
    let survey = statistics.survey
    let title = style.table([
      (
        cells: [
          "\(manifest): \(statistics.imageCount) images, \(statistics.boxCount) boxes in "
            + "“\(survey.truth)”"
        ], barFor: nil
      )
    ]).map { String($0.drop { $0 == " " }) }
    var lines = title
    lines += section("Images by state", states)
    lines += section("Labels: boxes, images, of those as a whole", labels)
    lines += section("Images by boxes", bins(statistics.boxesPerImage, isWhole: true))
    if statistics.boxCount > 0 {
      lines += section("Boxes by shorter side in pixels", bins(statistics.boxes.shorterSides))
      lines += section("Boxes by area", areas)
      lines += section("Boxes by width / height", bins(statistics.boxes.aspects))
    }
    let pairs = statistics.pairs.prefix(Self.pairLimit).map {
      (cells: ["\($0.first) + \($0.second)", "\($0.imageCount)"], barFor: Optional($0.imageCount))
    }
    lines += section("Labels on one image", pairs)
    let more = statistics.pairs.count - pairs.count
    if more > 0 || statistics.hasMorePairs {
      lines.append("  and \(more) more pairs" + (statistics.hasMorePairs ? ", or yet more" : ""))
    }
    return lines
  }

  private typealias Row = (cells: [String], barFor: Int?)

  private func section(_ title: String, _ rows: [Row]) -> [String] {
    rows.isEmpty ? [] : ["", title] + style.table(rows)
  }

  private var states: [Row] {
    EntryState.named.compactMap { name, state in
      let count = statistics.survey.count(of: state)
      let isAlwaysShown = ["labelled", "empty", "unlabelled"].contains(name)
      return count > 0 || isAlwaysShown ? ([name, "\(count)"], count) : nil
    }
  }

  private var labels: [Row] {
    statistics.survey.labels.map { label in
      (
        [label.name, "\(label.boxCount)", "\(label.imageCount)", "\(label.imageLevelCount)"],
        label.boxCount + label.imageLevelCount
      )
    }
  }

  private var areas: [Row] {
    let areas = statistics.boxes.areas
    return [
      (["small, below 32×32", "\(areas.small)"], areas.small),
      (["medium, below 96×96", "\(areas.medium)"], areas.medium),
      (["large", "\(areas.large)"], areas.large),
    ]
  }

  /// The ranges of a histogram up to the last that is not empty.
  private func bins(_ histogram: Histogram, isWhole: Bool = false) -> [Row] {
    let bins = histogram.bins
    let last = bins.lastIndex { $0.count > 0 } ?? 0
    return bins[...last].map { bin in
      ([Self.range(bin, isWhole: isWhole), "\(bin.count)"], bin.count)
    }
  }

  private static func range(_ bin: Histogram.Bin, isWhole: Bool) -> String {
    func spelt(_ value: Double) -> String {
      value == value.rounded() ? String(Int(value)) : String(value)
    }
    guard let to = bin.to else { return "\(spelt(bin.from)) and more" }
    if isWhole, to == bin.from + 1 { return spelt(bin.from) }
    return isWhole
      ? "\(spelt(bin.from)) to \(spelt(to - 1))" : "\(spelt(bin.from)) to below \(spelt(to))"
  }
}

extension EntryState {
  /// The states with their names, as queries and reports have them.
  static let named: [(name: String, state: EntryState)] = [
    ("labelled", .labelled), ("empty", .empty), ("unlabelled", .unlabelled),
    ("verified", .verified), ("skipped", .skipped), ("flagged", .flagged),
    ("excluded", .excluded), ("predicted", .predicted), ("broken", .broken), ("blank", .blank),
  ]
}
