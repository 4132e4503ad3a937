import CNcurses
import Cells
import Glibc

/// Which characters arrive on the terminal as themselves, and what stands for the others.
struct GlyphRepertoire {
  /// A cell's character as curses takes it.
  struct Glyph: Equatable {
    /// The character.
    var scalar: Unicode.Scalar
    /// A combining mark over it.
    var mark: Unicode.Scalar?
    /// The cells it covers, 1 or 2.
    var width: Int
  }

  /// Whether the terminal takes characters beyond ASCII.
  let isUnicode: Bool
  // Pictures are made of these: looked up once, not a cell at a time.
  private let isDrawingGlyphShown: [Bool]
  private static let drawingGlyphs: Range<UInt32> = 0x2500..<0x2600

  /// Creates the repertoire of the process's locale.
  ///
  /// - Parameter isUnicode: Whether the terminal takes characters beyond ASCII.
  init(isUnicode: Bool) {
    self.isUnicode = isUnicode
    isDrawingGlyphShown = Self.drawingGlyphs.map {
      guard isUnicode, let scalar = Unicode.Scalar($0) else { return false }
      return scalar.columnWidth == 1 && nc_width(wchar_t($0)) == 1
    }
  }

  /// Takes over the locale of the environment, for characters only.
  ///
  /// Numbers keep their point. Where the locale is asked for but not installed, as is common over
  /// SSH, C.UTF-8 takes its place if its name said UTF-8.
  ///
  /// - Parameter environment: The environment variables.
  /// - Returns: The repertoire of that locale.
  static func adoptingLocale(of environment: [String: String]) -> GlyphRepertoire {
    if setlocale(LC_CTYPE, "") == nil {
      let asked = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
        .compactMap { environment[$0] }.first { !$0.isEmpty }
      let name = asked?.lowercased() ?? ""
      let wantsUnicode = name.contains("utf-8") || name.contains("utf8")
      setlocale(LC_CTYPE, wantsUnicode ? "C.UTF-8" : "C")
    }
    let codeset = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } ?? ""
    return GlyphRepertoire(isUnicode: codeset == "UTF-8")
  }

  /// What to put on the screen for the cell at an index of a row.
  ///
  /// Whatever the row holds, the widths of the glyphs taken one after the other add up to its
  /// length: a wide character that cannot be shown becomes `??`, half of one `?` or a space.
  func glyph(at index: Int, of row: UnsafeBufferPointer<Cell>) -> Glyph {
    let cell = row[index]
    let scalar = cell.glyph
    if scalar.value >= 0x20, scalar.value < 0x7F {
      return Glyph(scalar: scalar, mark: cell.mark.flatMap(shownMark), width: 1)
    }
    if Self.drawingGlyphs.contains(scalar.value),
      isDrawingGlyphShown[Int(scalar.value - Self.drawingGlyphs.lowerBound)]
    {
      return Glyph(scalar: scalar, mark: cell.mark.flatMap(shownMark), width: 1)
    }
    if cell.isContinuation {
      let isLeftHalfWide = index > 0 && row[index - 1].glyph.columnWidth == 2
      return Glyph(scalar: isLeftHalfWide ? "?" : " ", width: 1)
    }
    if scalar.isASCII { return Glyph(scalar: "?", width: 1) }
    let width = scalar.columnWidth
    let isPaired = index + 1 < row.count && row[index + 1].isContinuation
    if width == 2 {
      guard isPaired, shows(scalar, width: 2) else { return Glyph(scalar: "?", width: 1) }
      return Glyph(scalar: scalar, mark: cell.mark.flatMap(shownMark), width: 2)
    }
    guard isUnicode else { return Glyph(scalar: scalar.asciiFallback, width: 1) }
    guard shows(scalar, width: 1) else { return Glyph(scalar: "?", width: 1) }
    return Glyph(scalar: scalar, mark: cell.mark.flatMap(shownMark), width: 1)
  }

  private func shows(_ scalar: Unicode.Scalar, width: Int32) -> Bool {
    // Skin tones melt into the emoji before them on some terminals: the row would be too short.
    guard isUnicode, !(0x1F3FB...0x1F3FF).contains(scalar.value) else { return false }
    return nc_width(wchar_t(bitPattern: scalar.value)) == width
  }

  private func shownMark(_ mark: Unicode.Scalar) -> Unicode.Scalar? {
    // Variation selectors change a character's width on some terminals; joiners melt two into one.
    guard isUnicode, !(0xFE00...0xFE0F).contains(mark.value), mark.value >= 0x300,
      mark.properties.generalCategory == .nonspacingMark,
      nc_width(wchar_t(bitPattern: mark.value)) == 0
    else { return nil }
    return mark
  }
}
