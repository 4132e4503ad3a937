import Cells
import GroundTruth
import Mosaic
import Raster

extension State {
  /// The last row: what is being typed, else a message, else the image, the place and some keys.
  func drawStatus(on grid: inout CellGrid, in rect: CellRect) {
    if case .prompt(let prompt) = overlay {
      drawPrompt(prompt, on: &grid, in: rect)
      if layout.hasPanels {
        let above = CellRect(left: rect.left, top: rect.top - 1, columns: rect.columns, rows: 1)
        _ = drawCompletions(of: prompt, on: &grid, in: above)
      }
      return
    }
    if let message {
      let style = theme.style(message.kind == .problem ? .problem : .strong)
      grid.write(
        " \(message.text)", column: rect.left, row: rect.top, style: style, width: rect.columns)
      return
    }
    var end = rect.left + 1
    for part in statusParts {
      guard end < rect.right else { break }
      end = grid.write(
        part.text, column: end, row: rect.top, style: part.style, width: rect.right - end)
      end += 2
    }
    var right = rect.right - 1
    for hint in keyHints.reversed() {
      right -= hint.columnWidth
      guard right >= end else { break }
      grid.write(hint, column: right, row: rect.top, style: theme.style(.faint))
      right -= 2
    }
  }

  private var statusParts: [(text: String, style: Style)] {
    if let parts = screenParts { return parts }
    guard let subject else { return [("no images to show", .plain)] }
    let looking: [(text: String, style: Style)] =
      live.isLooking && live.wanted.contains(subject.line)
      ? [("the model looks…", theme.style(.strong))] : []
    if let review, draft == nil { return looking + reviewParts(review, of: subject) }
    var parts: [(String, Style)] = []
    let name = subject.entry.sourceRef.split(separator: "/").last.map(String.init) ?? ""
    let room = max(12, size.columns / 3)
    parts.append((name.count > room ? "…" + name.suffix(room - 1) : name, theme.style(.strong)))
    if let facts {
      parts.append(("\(facts.uprightSize.width)×\(facts.uprightSize.height)", .plain))
      if facts.orientation != .upright {
        parts.append(("turned, boxes \(settings.boxSpace.rawValue)", theme.style(.strong)))
      }
    }
    if let viewport = canvas.viewport {
      parts.append(((viewport.columnsPerPixel / viewport.fitScale).brief + "×", .plain))
    }
    for mark in markWords(subject) { parts.append((mark, theme.style(.strong))) }
    parts += placeParts(subject)
    return parts
  }

  private func placeParts(_ subject: Subject) -> [(String, Style)] {
    if let draft, let viewport = canvas.viewport {
      let rect = draft.rect(in: viewport.imageSize)
      return [(rect.summary, theme.style(.strong)), (nextLabelText, .plain)]
    }
    if let selection = canvas.selection, let rect = shownRect(of: selection) {
      let label = subject.boxes[selection].label
      return [
        ("▸\(selection + 1)/\(subject.boxes.count) \(label) \(rect.summary)", theme.style(.strong))
      ]
    }
    var parts: [(String, Style)] = []
    if canvas.showsCrosshair {
      let point = canvas.crosshair.snapped
      parts.append(("(\(point.x.brief),\(point.y.brief))", .plain))
    }
    if settings.task == .boxes { parts.append((nextLabelText, .plain)) }
    if !subject.imageLabels.isEmpty {
      parts.append(("● " + subject.imageLabels.joined(separator: ", "), .plain))
    }
    return parts
  }

  private var nextLabelText: String { labels[safe: nextLabel].map { "next: \($0)" } ?? "no labels" }

  func markWords(_ subject: Subject) -> [String] {
    let mark = subject.entry.mark
    var words: [String] = []
    if subject.hasBoxSet, subject.boxes.isEmpty { words.append("nothing there") }
    if mark.isVerified { words.append("verified") }
    if mark.isSkipped { words.append("skipped") }
    if mark.isExcluded { words.append("left out") }
    if let flag = mark.flag { words.append(flag.isEmpty ? "flagged" : "flag: \(flag)") }
    return words
  }

  /// The keys worth showing now, as the keymap has them.
  private var keyHints: [String] {
    let context = keyContext
    func hint(_ command: Command, _ word: String) -> String? {
      settings.keymap.keys(for: command, in: context).first.map {
        "\(KeyNotation.text($0)) \(word)"
      }
    }
    let hints: [String?]
    switch context {
    case .draw:
      hints = [hint(.confirm, "set"), hint(.oppositeCorner, "other corner"), hint(.back, "drop")]
    case .evaluation:
      hints = [
        hint(.confirm, "open"), hint(.nextBox, "part"), hint(.raiseThreshold, "threshold"),
        hint(.back, "back"), hint(.help, "help"),
      ]
    case .sheet:
      // Those that come last are shown in the narrowest terminal, too.
      hints = [
        hint(.confirm, "image"), hint(.mark, "mark"), hint(.verify, "accept"),
        hint(.deleteBox, "reject"), hint(.acceptAll, "accept rest"), hint(.help, "help"),
      ]
    case .models: hints = modelHints.map { hint($0.command, $0.word) }
    case .list: hints = [hint(.confirm, "take"), hint(.back, "back")]
    case .image where review != nil:
      hints = [
        hint(.verify, review?.unit == .boxes ? "accept" : "accept all"),
        hint(.deleteBox, canvas.selection == nil ? "reject" : "delete"),
        hint(.label1, "class"), hint(.help, "help"),
      ]
    case .image:
      hints =
        canvas.selection == nil
        ? [
          hint(.drawBox, "draw"), hint(.verify, "done"), hint(.nextImage, "next"),
          hint(.help, "help"),
        ]
        : [
          hint(.editBox, "edit"), hint(.deleteBox, "delete"), hint(.changeLabel, "label"),
          hint(.help, "help"),
        ]
    }
    return hints.compactMap(\.self)
  }

  // MARK: Typing

  private func drawPrompt(_ prompt: Prompt, on grid: inout CellGrid, in rect: CellRect) {
    grid.fill(rect, with: .blank)
    let start = grid.write(
      " " + prompt.sign, column: rect.left, row: rect.top, style: theme.style(.strong))
    drawLine(
      prompt.line, on: &grid, column: start, row: rect.top, width: max(4, rect.right - start - 1))
  }

  /// Draws a line being typed with its cursor, scrolled so that the cursor is in sight.
  func drawLine(_ line: LineEditor, on grid: inout CellGrid, column: Int, row: Int, width: Int) {
    let characters = line.characters + [" "]
    func columns(_ index: Int) -> Int {
      PrintableText.escaping(String(characters[index])).columnWidth
    }
    var first = line.cursor
    var room = width - columns(first)
    while first > 0, columns(first - 1) <= room {
      first -= 1
      room -= columns(first)
    }
    var place = column
    for index in first..<characters.count {
      let text = PrintableText.escaping(String(characters[index]))
      guard place + text.columnWidth <= column + width else { break }
      let style = index == line.cursor ? theme.style(.prompt) : .plain
      place = grid.write(text, column: place, row: row, style: style)
    }
  }

  /// Draws what Tab would offer; tells whether there was anything.
  func drawCompletions(of prompt: Prompt, on grid: inout CellGrid, in rect: CellRect) -> Bool {
    let offers = prompt.completions.isEmpty ? completions(for: prompt) : prompt.completions
    guard !offers.isEmpty else { return false }
    grid.fill(rect, with: .blank)
    var column = rect.left + 1
    let first = max(0, (prompt.completionIndex ?? 0) - 3)
    for index in first..<offers.count {
      let word = offers[index].split(separator: " ").last.map(String.init) ?? ""
      guard column + word.columnWidth < rect.right else { break }
      let style = theme.style(index == prompt.completionIndex ? .selected : .faint)
      column = grid.write(word, column: column, row: rect.top, style: style) + 2
    }
    return true
  }
}
