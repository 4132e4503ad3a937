import CNcurses
import Cells
import Glibc

/// Brings frames to the terminal through curses, sending only what changed.
///
/// Curses looks through the whole screen whenever a colour pair is redefined, unless the screen is
/// about to be cleared. So pairs are redefined while `curscr` says so, and the mark is taken back
/// before the update; `PairTable` makes sure that no pair on the screen is among them.
@MainActor
final class FramePainter {
  private let repertoire: GlyphRepertoire
  private let usesColor: Bool
  private var colors: ColorMapper
  private var pairs = PairTable(cells: 0, limit: 1)
  // The frame that curses has, and its pairs, cell by cell.
  private var shown: CellGrid?
  private var shownPairs: [Int32] = []
  private var line: [cchar_t] = []
  private var needsClearing = true
  /// About as many bytes as the last update sent.
  private(set) var updateBytes = 0
  private let colorBytes: Int

  /// Creates a painter for the terminal that curses has open.
  init(depth: ColorDepth, repertoire: GlyphRepertoire) {
    self.repertoire = repertoire
    usesColor = depth != .mono
    // Both colours, each in a sequence of its own.
    colorBytes = depth == .truecolor ? 35 : (depth == .palette256 ? 19 : 10)
    colors = ColorMapper(depth: depth)
  }

  /// Gets ready for frames of a size, the first of them sent whole.
  func prepare(for size: CellSize) {
    let known = pairs.capacity
    let limit = usesColor ? Int(nc_color_pairs()) : 1
    // Definitions that curses has for a smaller table would be lost track of, hence a new one.
    pairs = PairTable(cells: size.area, limit: limit)
    if usesColor, pairs.capacity > max(known, 1) {
      // Defining the last one makes room for all.
      clearok(nc_curscr(), true)
      init_extended_pair(Int32(pairs.capacity - 1), 1, 1)
    }
    shown = nil
    shownPairs = Array(repeating: 0, count: size.area)
    line = Array(repeating: cchar_t(), count: size.columns)
    werase(nc_stdscr())
    needsClearing = true
  }

  /// Makes the next update send every cell.
  func clearBeforeNextUpdate() { needsClearing = true }

  /// Shows a frame of the prepared size; without a new one, the last again.
  ///
  /// - Complexity: O(cells).
  func paint(_ frame: CellGrid?) {
    updateBytes = 0
    if let frame {
      let changed = shown.map { frame.changedRows(since: $0) } ?? Array(0..<frame.size.rows)
      if changed.isEmpty, !needsClearing { return }
      compose(frame, changing: changed)
    } else if shown == nil {
      return
    }
    Self.send("\u{1B}[?2026h")
    clearok(nc_curscr(), needsClearing)
    needsClearing = false
    wnoutrefresh(nc_stdscr())
    doupdate()
    Self.send("\u{1B}[?2026l")
  }

  private func compose(_ frame: CellGrid, changing rows: [Int]) {
    pairs.beginFrame()
    clearok(nc_curscr(), true)
    let columns = frame.size.columns
    var isChanging = Array(repeating: false, count: frame.size.rows)
    for row in rows { isChanging[row] = true }
    // All that stays first: a colour may have stayed in one row and left another.
    for row in 0..<frame.size.rows where !isChanging[row] {
      pairs.keep(shownPairs[row * columns..<(row + 1) * columns])
    }
    for row in rows { composeRow(row, of: frame) }
    shown = frame
  }

  private func composeRow(_ row: Int, of frame: CellGrid) {
    let columns = frame.size.columns
    let start = row * columns
    frame.row(row).withUnsafeBufferPointer { cells in
      var column = 0
      var count = 0
      var previousPair: Int32 = -1
      while column < columns {
        let glyph = repertoire.glyph(at: column, of: cells)
        let style = cells[column].style
        let pair = pair(of: style, at: start + column)
        // What wasn't shown yet is blank; curses sends a run of blanks in a few bytes.
        if (shown?.cells[start + column] ?? .blank) != cells[column] {
          if pair != previousPair {
            updateBytes += colorBytes + UTF8.width(glyph.scalar)
          } else if glyph.scalar != " " {
            updateBytes += UTF8.width(glyph.scalar)
          }
          previousPair = pair
        }
        for covered in column..<column + glyph.width { shownPairs[start + covered] = pair }
        nc_set(
          &line[count], wchar_t(glyph.scalar.value), wchar_t(glyph.mark?.value ?? 0),
          Self.attributes(style.attributes), pair)
        count += 1
        column += glyph.width
      }
      mvwadd_wchnstr(nc_stdscr(), Int32(row), 0, line, Int32(count))
    }
  }

  private func pair(of style: Style, at index: Int) -> Int32 {
    guard usesColor else { return 0 }
    // The right half of a wide character was drawn with the pair of the left.
    if let cell = shown?.cells[index], cell.style == style, !cell.isContinuation {
      pairs.keep(CollectionOfOne(shownPairs[index]))
      return shownPairs[index]
    }
    return pairs.pair(colors.number(style.foreground), colors.number(style.background)) {
      init_extended_pair($0.pair, $0.foreground, $0.background)
    }
  }

  private static func attributes(_ attributes: Style.Attributes) -> attr_t {
    if attributes.isEmpty { return 0 }
    var bits: attr_t = 0
    if attributes.contains(.bold) { bits |= nc_bold }
    if attributes.contains(.dim) { bits |= nc_dim }
    if attributes.contains(.underline) { bits |= nc_underline }
    if attributes.contains(.reverse) { bits |= nc_reverse }
    return bits
  }

  /// Writes bytes to the terminal, past curses, whose own buffer is empty between updates.
  static func send(_ sequence: String) {
    var sequence = sequence
    sequence.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = write(
          STDOUT_FILENO, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return }
        rest = rest.dropFirst(written)
      }
    }
  }
}
