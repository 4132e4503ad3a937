import Cells
import GroundTruth

extension State {
  /// The first row: the program, the manifest, the place in the queue, how much is done, whether
  /// it is saved.
  func drawHeader(on grid: inout CellGrid, in rect: CellRect) {
    let saved = savedText
    var right = rect.right - 1 - saved.text.columnWidth
    grid.write(saved.text, column: right, row: rect.top, style: saved.style)
    let done = doneShare
    let percent = isCounting ? " counting… " : " \(Int((done * 100).rounded(.down))) % "
    right -= percent.columnWidth + 1
    grid.write(percent, column: right, row: rect.top, style: theme.style(.text))
    if rect.columns >= 70, !isCounting {
      let bar = 10
      right -= bar + 2
      drawBar(done, on: &grid, column: right, row: rect.top, width: bar)
    }
    if let text = trainingText(columns: rect.columns) {
      right -= text.columnWidth + 2
      grid.write(text, column: right, row: rect.top, style: theme.style(.good))
    }
    let place =
      queue.lines.isEmpty ? "no images" : "\(queue.position + 1)/\(queue.lines.count)"
    let chosen = review.flatMap { review in review.cell.map { "  " + review.name(of: $0.cell) } }
    let filter = chosen ?? (queue.filterText.isEmpty ? "" : "  /\(queue.filterText)")
    let order = review.map { "  \(queue.order.rawValue) ≥\($0.thresholdText)" } ?? ""
    right -= place.columnWidth + 2
    grid.write(place, column: right, row: rect.top, style: theme.style(.strong))
    grid.write(
      " reticle ", column: rect.left, row: rect.top, style: theme.style(.strong).adding(.reverse))
    grid.write(
      " \(settings.title)\(filter)\(order)", column: rect.left + 9, row: rect.top,
      width: max(0, right - rect.left - 11))
  }

  /// How far the training in the background is; in a narrow terminal only the share.
  private func trainingText(columns: Int) -> String? {
    guard let running = training.running else { return nil }
    if running.isStopping { return "stopping" }
    let percent = "\(Int((running.share * 100).rounded(.down))) %"
    let name = running.version ?? "training"
    guard columns >= 100 else { return columns >= 70 ? "\(name) \(percent)" : percent }
    return "\(name) \(percent)  \(running.text)"
  }

  private var savedText: (text: String, style: Style) {
    if progress.isTroubled { return ("NOT SAVED", theme.style(.problem)) }
    if settings.readOnlyReason != nil { return ("read-only", theme.style(.strong)) }
    if isNudging || progress.recorded < progress.taken {
      return ("saving", theme.style(.faint))
    }
    return ("saved", theme.style(.good))
  }

  /// The share of the images, or of a review's queue, that is done, 0…1.
  private var doneShare: Double {
    if let review {
      let count = review.done.count
      return count == 0 ? 1 : Double(count - review.left) / Double(count)
    }
    var (all, open) = (0, 0)
    for (state, count) in survey.stateCounts
    where state.isDisjoint(with: [.blank, .broken, .excluded]) {
      all += count
      if state.isDisjoint(with: [.verified, .labelled, .empty]) { open += count }
    }
    return all == 0 ? 0 : Double(all - open) / Double(all)
  }

  func drawBar(_ share: Double, on grid: inout CellGrid, column: Int, row: Int, width: Int) {
    let eighths: [Unicode.Scalar] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
    let frame = theme.style(.frame)
    grid.write("▕", column: column, row: row, style: frame)
    grid.write("▏", column: column + width + 1, row: row, style: frame)
    let filled = Int((share * Double(width * 8)).rounded(.down))
    for cell in 0..<width {
      let glyph = eighths[max(0, min(8, filled - cell * 8))]
      let place = column + 1 + cell
      guard (0..<grid.size.columns).contains(place) else { continue }
      grid[place, row] = Cell(glyph, style: theme.style(.bar))
    }
  }
}
