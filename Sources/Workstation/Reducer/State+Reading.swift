import Cells

extension State {
  /// What a command means while something is to be read; `nil` if what it always means.
  mutating func performInReading(_ command: Command) -> [Effect]? {
    let scroll: Int
    switch overlay {
    case .help(let current, _): scroll = current
    case .info(let current), .report(_, _, let current): scroll = current
    default: return nil
    }
    switch command {
    case .moveUp: setScroll(scroll - 1)
    case .moveDown: setScroll(scroll + 1)
    case .moveUpFar, .previousImage: setScroll(scroll - 10)
    case .moveDownFar, .nextImage, .verify: setScroll(scroll + 10)
    case .firstImage: setScroll(0)
    case .lastImage: setScroll(Int.max / 2)
    case .back, .cancel, .repaint, .quit: return nil
    default: overlay = nil
    }
    return []
  }

  /// Scrolls what is read, but not beyond its last line.
  mutating func setScroll(_ scroll: Int) {
    let lines = readingLines.count
    let last = max(0, lines - max(1, layout.reading.rows - 2))
    let clamped = max(0, min(scroll, last))
    switch overlay {
    case .help(_, let context): overlay = .help(scroll: clamped, context: context)
    case .info: overlay = .info(scroll: clamped)
    case .report(let title, let lines, _):
      overlay = .report(title: title, lines: lines, scroll: clamped)
    default: break
    }
  }
}
