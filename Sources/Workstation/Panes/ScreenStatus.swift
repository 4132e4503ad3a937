import Cells
import Evaluation

extension State {
  /// What the last row says on another screen than the image's; `nil` on that.
  var screenParts: [(text: String, style: Style)]? {
    switch screen {
    case .image: return nil
    case .models: return modelsParts
    case .sheet:
      let count = sheetLayout.count
      let pages = max(1, (queue.lines.count + count - 1) / count)
      var parts = [("sheet \(queue.position / count + 1)/\(pages)", theme.style(.strong))]
      if !sheet.marks.isEmpty {
        parts.append(("\(sheet.marks.count) marked", theme.style(.strong)))
      }
      if review != nil { parts.append((leftText, .plain)) }
      return parts
    case .evaluation(let now):
      guard let review else { return nil }
      switch now.focus {
      case .threshold: return [("arrows move it; Enter: the best F1", .plain)]
      case .matrix:
        let count = now.figures.confusion[
          truth: now.cell.truth, prediction: now.cell.prediction]
        return [("\(review.name(of: now.cell)): \(count)", theme.style(.strong))]
      case .labels:
        let name = now.label.flatMap { now.figures.labels[safe: $0]?.name } ?? "all labels"
        let errors = now.figures.errors.filter { $0.count > 0 }
          .map { "\($0.kind.word) \($0.count)" }
        let words = errors.isEmpty ? "no wrong predictions" : errors.joined(separator: ", ")
        return [("\(name):", theme.style(.strong)), (words, .plain)]
      }
    }
  }
}

extension ErrorKind {
  /// What a person calls it.
  fileprivate var word: String {
    switch self {
    case .duplicate: "twice"
    case .localisation: "place"
    case .classification: "label"
    case .both: "both"
    case .background: "background"
    case .missed: "missed"
    }
  }
}
