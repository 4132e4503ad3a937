/// Turns a grid of cells into the bytes that show it on a terminal or in a pager.
///
/// Each row stands alone: it sets colours by SGR (ECMA-48 §8.3.117, `38;2;r;g;b` and `38;5;n` as
/// xterm has them, 90…107 of aixterm), repeats no colour that is set already, resets at its end
/// and ends in a line feed. There is no cursor movement, so that `less -R`, a preview window and a
/// file take it as well as a terminal does. Characters that could act on the terminal aren't sent.
public struct EscapeStream: Hashable, Sendable {
  /// What a terminal, but no pager, can do to have runs of equal cells sent in fewer bytes.
  public struct Shortcuts: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Creates a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Repeating the character before: REP, ECMA-48 §8.3.103.
    public static let repetition = Shortcuts(rawValue: 1)
    /// Erasing characters: ECH, ECMA-48 §8.3.38.
    public static let erasure = Shortcuts(rawValue: 2)
  }

  /// What the receiver can show.
  public let screen: ScreenCapabilities
  /// What the receiver can do.
  public let shortcuts: Shortcuts

  /// Creates a stream for a receiver; without shortcuts anything can be one.
  public init(for screen: ScreenCapabilities, shortcuts: Shortcuts = []) {
    self.screen = screen
    self.shortcuts = shortcuts
  }

  /// The bytes of a grid, in UTF-8, or in ASCII where the receiver has no Unicode.
  ///
  /// - Complexity: O(cells).
  public func encode(_ grid: CellGrid) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(grid.size.area * (screen.depth == .truecolor ? 40 : 16))
    var pen = Pen(depth: screen.depth)
    for row in 0..<grid.size.rows {
      encode(grid.row(row), with: &pen, into: &bytes)
      pen.reset(into: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private func encode(_ row: ArraySlice<Cell>, with pen: inout Pen, into bytes: inout [UInt8]) {
    var index = row.startIndex
    while index < row.endIndex {
      let cell = row[index]
      if let count = abridge(row[index...], with: &pen, into: &bytes) {
        index += count
        continue
      }
      let next = index + 1
      let isPair = next < row.endIndex && row[next].isContinuation
      let glyph = shown(cell.glyph, isPair: isPair)
      pen.take(cell.style, isInkless: glyph == " ", into: &bytes)
      append(glyph, to: &bytes)
      if let mark = cell.mark, screen.isUnicode, glyph == cell.glyph, mark.columnWidth == 0,
        !PrintableText.isHarmful(mark)
      {
        append(mark, to: &bytes)
      }
      index += glyph.columnWidth
    }
  }

  /// Sends a run of equal cells in fewer bytes; returns its length, or `nil` if there is no gain.
  private func abridge(
    _ row: ArraySlice<Cell>, with pen: inout Pen, into bytes: inout [UInt8]
  ) -> Int? {
    guard !shortcuts.isEmpty, let cell = row.first, cell.mark == nil else { return nil }
    let glyph = shown(cell.glyph, isPair: false)
    guard glyph == cell.glyph, glyph.columnWidth == 1 else { return nil }
    let count = row.prefix { $0 == cell }.count
    let digits = count > 100 ? 3 : (count > 10 ? 2 : 1)
    if shortcuts.contains(.repetition), (count - 1) * UTF8.width(glyph) > 3 + digits {
      pen.take(cell.style, isInkless: glyph == " ", into: &bytes)
      append(glyph, to: &bytes)
      append(control: "b", count - 1, to: &bytes)
      return count
    }
    // Terminals differ in the background that they erase with, but for their own.
    if shortcuts.contains(.erasure), cell == .blank, count > 8 + 2 * digits {
      pen.take(cell.style, isInkless: false, into: &bytes)
      append(control: "X", count, to: &bytes)
      append(control: "C", count, to: &bytes)
      return count
    }
    return nil
  }

  /// Appends a control function of ECMA-48 with one parameter.
  private func append(control final: Unicode.Scalar, _ count: Int, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: [0x1B, 0x5B])
    bytes.append(contentsOf: String(count).utf8)
    append(final, to: &bytes)
  }

  private func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    if let code = UTF8.encode(scalar) { bytes.append(contentsOf: code) }
  }

  /// The character to send for a glyph: one that takes one cell, or two if the next is its half.
  private func shown(_ glyph: Unicode.Scalar, isPair: Bool) -> Unicode.Scalar {
    if glyph == "\0" { return " " }
    // What pictures are made of is looked at once, not a cell at a time.
    if screen.isUnicode, (0x2500...0x259F).contains(glyph.value) { return glyph }
    if screen.isUnicode, (0x1FB00...0x1FB8B).contains(glyph.value) { return glyph }
    if glyph.isASCII { return PrintableText.isHarmful(glyph) ? "?" : glyph }
    guard screen.isUnicode else { return glyph.asciiFallback }
    switch glyph.columnWidth {
    case 1: return PrintableText.isHarmful(glyph) ? "?" : glyph
    case 2: return isPair ? glyph : "?"
    default: return "?"
    }
  }
}

/// The colours and attributes that the receiver has been told last.
private struct Pen {
  let depth: ColorDepth
  private var style = Style.plain

  init(depth: ColorDepth) { self.depth = depth }

  mutating func reset(into bytes: inout [UInt8]) {
    if style != .plain { bytes.append(contentsOf: [0x1B, 0x5B, 0x30, 0x6D]) }
    style = .plain
  }

  /// Tells the receiver what differs; the foreground of a cell without ink doesn't matter.
  mutating func take(_ wanted: Style, isInkless: Bool, into bytes: inout [UInt8]) {
    var wanted = Style(
      foreground: shown(wanted.foreground), background: shown(wanted.background),
      attributes: wanted.attributes)
    if isInkless, wanted.attributes.isDisjoint(with: [.underline, .reverse]) {
      wanted.foreground = style.foreground
      // Bold and dim change no blank either, and dropping them could cost a reset.
      wanted.attributes =
        style.attributes.isDisjoint(with: [.underline, .reverse])
        ? style.attributes : wanted.attributes
    }
    guard wanted != style else { return }
    bytes.append(0x1B)
    bytes.append(0x5B)
    if !wanted.attributes.isSuperset(of: style.attributes) {
      style = .plain
      bytes.append(contentsOf: [0x30, 0x3B])
    }
    for (attribute, code) in Self.codes
    where wanted.attributes.contains(attribute) && !style.attributes.contains(attribute) {
      bytes.append(contentsOf: [code, 0x3B])
    }
    if wanted.foreground != style.foreground { append(wanted.foreground, 30, into: &bytes) }
    if wanted.background != style.background { append(wanted.background, 40, into: &bytes) }
    bytes[bytes.count - 1] = UInt8(ascii: "m")
    style = wanted
  }

  private static let codes: [(Style.Attributes, UInt8)] = [
    (.bold, 0x31), (.dim, 0x32), (.underline, 0x34), (.reverse, 0x37),
  ]

  /// The colour as the receiver can show it.
  private func shown(_ color: Color) -> Color {
    guard let indices = depth.paletteIndices else { return depth == .mono ? .standard : color }
    switch color {
    case .standard: return .standard
    case .indexed(let index):
      if index <= indices.upperBound { return color }
      let entry = Palette.xterm[Int(index)]
      return .indexed(Palette.nearest(entry.red, entry.green, entry.blue, in: depth))
    case .rgb(let red, let green, let blue):
      return .indexed(Palette.nearest(red, green, blue, in: depth))
    }
  }

  /// Appends the parameters of a colour, each with a semicolon; `base` is 30 or 40.
  private func append(_ color: Color, _ base: UInt8, into bytes: inout [UInt8]) {
    switch color {
    case .standard: append(base + 9, into: &bytes)
    case .indexed(let index) where depth == .palette16 || depth == .palette8:
      append(index < 8 ? base + index : base + 60 + index - 8, into: &bytes)
    case .indexed(let index):
      append(base + 8, into: &bytes)
      bytes.append(contentsOf: [0x35, 0x3B])
      append(index, into: &bytes)
    case .rgb(let red, let green, let blue):
      append(base + 8, into: &bytes)
      bytes.append(contentsOf: [0x32, 0x3B])
      append(red, into: &bytes)
      append(green, into: &bytes)
      append(blue, into: &bytes)
    }
  }

  /// Appends a number and a semicolon.
  private func append(_ number: UInt8, into bytes: inout [UInt8]) {
    if number >= 100 { bytes.append(0x30 + number / 100) }
    if number >= 10 { bytes.append(0x30 + number / 10 % 10) }
    bytes.append(0x30 + number % 10)
    bytes.append(0x3B)
  }
}
