import Cells
import Mosaic

extension State {
  /// The bytes that a frame of the picture may take, or `nil` where they don't matter.
  ///
  /// Each frame is that small, those of a picture that becomes sharper too, so that keys typed
  /// meanwhile never wait for more than one.
  var frameBudget: Int? {
    switch settings.bandwidth {
    case .off: return nil
    case .kilobytes(let number): return number * 1_000
    case .auto:
      guard let linkRate else { return settings.isRemote ? Self.unknownBudget : nil }
      let bytes = linkRate * Self.frameSeconds
      return bytes > Self.greatestBudget ? nil : max(4_000, Int(bytes))
    }
  }

  /// How long a frame may be on its way.
  private static let frameSeconds = 0.25
  /// Enough for a picture one can tell what is on.
  private static let unknownBudget = 30_000
  /// More than the best picture takes on most screens.
  private static let greatestBudget = 250_000.0

  /// Brings the next rows of a coarse picture to their best, as many as a frame may hold.
  ///
  /// Only when the last frame has arrived: what keys do would have to wait behind the rows.
  ///
  /// - Returns: Whether there were any.
  mutating func sharpen() -> Bool {
    guard var sharpening = canvas.sharpening, let budget = frameBudget,
      let goal = sharpening.goal ?? sharpGoal(), var backdrop = canvas.backdrop
    else {
      canvas.sharpening = nil
      return false
    }
    let count = FrameBytes(of: mosaicOptions(), over: backdrop)
    var bytes = 0.0
    while sharpening.row < goal.size.rows {
      let row = sharpening.row
      let cells = Array(goal.row(row))
      let more = count(cells, row: row)
      if bytes > 0, bytes + more > Double(budget) { break }
      bytes += more
      for (column, cell) in cells.enumerated() { backdrop[column, row] = cell }
      sharpening.row += 1
    }
    sharpening.goal = goal
    canvas.backdrop = backdrop
    canvas.sharpening = sharpening.row < goal.size.rows ? sharpening : nil
    return bytes > 0
  }

  /// The picture at its best.
  private mutating func sharpGoal() -> CellGrid? {
    guard let key = canvas.backdropKey, let slot = pictures[key.line],
      let overview = slot.overview, key.viewport.pane == canvas.backdrop?.size
    else { return nil }
    return shownPicture(of: slot, overview: overview, key).cells(
      in: key.viewport, with: mosaicOptions(), spread: settings.spread)
  }
}
