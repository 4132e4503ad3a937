import Cells
import GroundTruth

extension State {
  /// Draws all about the version under the cursor, and what went wrong last.
  func drawDetails(on grid: inout CellGrid, in rect: CellRect) {
    guard models.trouble != nil || models.current != nil else { return }
    drawTitle(
      models.cursor.map { "\($0)" } ?? "Trouble", hasFocus: false, on: &grid,
      left: rect.left, right: rect.right, row: rect.top)
    var row = rect.top + 1
    for (text, role) in detailTexts {
      for line in TextWrap.lines(text, width: max(10, rect.columns - 2)) {
        guard row < rect.bottom else { return }
        grid.write(
          line, column: rect.left + 1, row: row, style: theme.style(role), width: rect.columns - 1)
        row += 1
      }
    }
  }

  /// What is said of the version under the cursor, the most telling first.
  private var detailTexts: [(String, Theme.Role)] {
    var texts: [(String, Theme.Role)] = []
    if let trouble = models.trouble {
      texts += [(trouble.reason, .problem), ("r tries again.", .strong)]
    }
    guard let version = models.current else { return texts }
    let action = version.action
    if !action.isEmpty { texts.append((action, .strong)) }
    if !version.statusMessage.isEmpty { texts.append((version.statusMessage, .text)) }
    if let training = training(of: version) { texts.append((training.text, .text)) }
    if !Self.figures(of: version).isEmpty { texts.append((Self.figures(of: version), .text)) }
    texts.append(
      (version.home == .aws ? "on AWS, billed while it runs" : "on this machine, free", .faint))
    if !version.labels.isEmpty {
      let labels = version.labels.map { label in
        label.threshold.map { "\(label.name) from \(Self.percent($0))" } ?? label.name
      }
      texts.append(("labels: " + labels.joined(separator: ", "), .text))
    }
    return texts + version.warnings.map { ("note: " + $0, .text) }
  }

  private static func figures(of version: ListedModel) -> String {
    var words: [String] = []
    if let f1 = version.f1 { words.append("F1 \(thousandths(f1))") }
    if let precision = version.meanAveragePrecision {
      words.append("mAP50 \(thousandths(precision))")
    }
    if let count = version.trainingImages { words.append("trained on \(count)") }
    if let count = version.testImages { words.append("tested on \(count) images") }
    if !version.date.isEmpty { words.append(String(version.date.prefix(10))) }
    return words.joined(separator: ", ")
  }

  // MARK: The last row

  /// What the last row says.
  var modelsParts: [(text: String, style: Style)] {
    switch models.part {
    case .versions:
      guard let version = models.current else { return [("no models", .plain)] }
      return [("\(version.name) \(version.status.rawValue)", theme.style(.strong))]
    case .results:
      guard models.used != nil else { return [("no model in use", .plain)] }
      var parts = [("\(shownResults.count) found \(models.thresholdText)", theme.style(.strong))]
      if let rect = selectedResult?.rect { parts.append((rect.summary, .plain)) }
      return parts
    case .request, .response:
      let count = models.lines.count
      return [("line \(count == 0 ? 0 : models.scroll + 1)/\(count)", theme.style(.strong))]
    }
  }

  /// The keys worth showing, the most useful last.
  var modelHints: [(command: Command, word: String)] {
    var hints: [(command: Command, word: String)] = [(.nextBox, "part"), (.help, "help")]
    guard models.part == .versions else {
      return [
        (.lowerThreshold, "less sure"), (.raiseThreshold, "surer"), (.nextImage, "next image"),
      ] + hints
    }
    if models.current?.home == .here || models.versions.isEmpty {
      hints.insert((.trainModel, "train"), at: 0)
    }
    switch models.current?.status {
    case .running: hints = [(.deleteBox, "stop"), (.confirm, "test")] + hints
    case .trainingInProgress where models.current?.isInterrupted == true:
      hints.insert((.confirm, "go on"), at: 0)
    case .trainingInProgress: hints.insert((.deleteBox, "stop"), at: 0)
    case let status? where status.canStart: hints.insert((.confirm, "start"), at: 0)
    default: break
    }
    return hints
  }
}
