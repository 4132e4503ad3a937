import Cells
import Glibc
import Terminal
import TestSupport

extension TerminalProbe {
  /// Draws frames and says afterwards, on standard error, what processor time one took.
  static func measure(_ kind: String, _ count: Int, on screen: CursesScreen) {
    let size = screen.size
    var frames = (0..<8).map { RandomFrame.make(.picture, size: size, seed: $0) }
    if kind == "outline" { frames = outlines(over: frames[0]) }
    screen.draw(frames[0])
    var times: [Double] = []
    for number in 1...max(1, count) {
      let start = processorMilliseconds
      screen.draw(frames[number % frames.count])
      times.append(processorMilliseconds - start)
    }
    times.sort()
    let median = times[times.count / 2]
    let worst = times[times.count - 1]
    complain("\(kind) \(size.columns)x\(size.rows): median \(median) ms, worst \(worst) ms\n")
  }

  /// An outline of 30×15 cells, a column further in each.
  private static func outlines(over picture: CellGrid) -> [CellGrid] {
    (0..<8).map { step in
      var frame = picture
      let rect = CellRect(left: 20 + step, top: 10, columns: 30, rows: 15)
      let mark = Cell("▌", style: Style(foreground: .rgb(255, 200, 0)))
      for row in [rect.top, rect.bottom - 1] {
        frame.fill(CellRect(left: rect.left, top: row, columns: 30, rows: 1), with: mark)
      }
      for column in [rect.left, rect.right - 1] {
        frame.fill(CellRect(left: column, top: rect.top, columns: 1, rows: 15), with: mark)
      }
      return frame
    }
  }

  private static var processorMilliseconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
  }
}
