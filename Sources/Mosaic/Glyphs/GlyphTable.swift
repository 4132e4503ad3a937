/// All glyphs that pictures are made of: their shapes, and where they can be counted on.
///
/// Of two glyphs that cover each other's complement the fit prefers the one listed first: `▄`
/// before `▀`, which some terminals draw a pixel off.
public enum GlyphTable {
  /// The glyphs of a family.
  public static func glyphs(of family: Glyph.Family) -> [Glyph] {
    switch family {
    case .whole: wholes
    case .half: halves
    case .quadrant: quadrants
    case .eighth: eighths
    case .sextant: sextants
    case .wedge: Wedges.glyphs
    case .shade: shades
    case .ascii: MeasuredInk.glyphs
    case .braille: braille
    }
  }

  /// The share of its cell that a character covers; `nil` for one that isn't in the table, and for
  /// a character that is read rather than seen.
  static func share(of scalar: Unicode.Scalar) -> Float? {
    switch scalar.value {
    case 0x2580...0x259F, 0x1FB00...0x1FB8B: shares[scalar]
    case 0x2800...0x28FF: Float((scalar.value - 0x2800).nonzeroBitCount) / 32
    default: nil
    }
  }

  private static let shares: [Unicode.Scalar: Float] = {
    let glyphs = wholes + halves + quadrants + eighths + sextants + Wedges.glyphs + shades
    return Dictionary(
      glyphs.map { ($0.scalar, $0.coverage.share) }, uniquingKeysWith: { first, _ in first })
  }()

  private static let wholes = [
    Glyph(" ", .whole, .flat(0), .everywhere), Glyph("█", .whole, .flat(1), .blockElements),
  ]

  private static let halves = [
    Glyph("▄", .half, .rectangle(top: 0.5), .blockElements),
    Glyph("▀", .half, .rectangle(bottom: 0.5), .blockElements),
  ]

  // Bits: upper left 1, upper right 2, lower left 4, lower right 8.
  private static let quadrants = zip(
    "▌▐▖▗▘▝▚▞▙▛▜▟".unicodeScalars, [5, 10, 4, 8, 1, 2, 9, 6, 13, 7, 11, 14]
  ).map { Glyph($0, .quadrant, .blocks($1, rows: 2), .blockElements) }

  private static let eighths: [Glyph] = {
    func height(_ eighths: Int) -> Float { Float(eighths) / 8 }
    func glyph(_ scalar: Unicode.Scalar, _ coverage: Coverage) -> Glyph {
      let isBlock = scalar.value < 0x2600
      return Glyph(scalar, .eighth, coverage, isBlock ? .blockElements : .legacyComputing)
    }
    let lower = zip("▁▂▃▅▆▇".unicodeScalars, [1, 2, 3, 5, 6, 7])
      .map { glyph($0, .rectangle(top: 1 - height($1))) }
    let left = zip("▏▎▍▋▊▉".unicodeScalars, [1, 2, 3, 5, 6, 7])
      .map { glyph($0, .rectangle(right: height($1))) }
    // The complements; those of a quarter and more came with Unicode 13.
    let upper = zip(
      "▔\u{1FB82}\u{1FB83}\u{1FB84}\u{1FB85}\u{1FB86}".unicodeScalars, [1, 2, 3, 5, 6, 7]
    )
    .map { glyph($0, .rectangle(bottom: height($1))) }
    let right = zip(
      "▕\u{1FB87}\u{1FB88}\u{1FB89}\u{1FB8A}\u{1FB8B}".unicodeScalars, [1, 2, 3, 5, 6, 7]
    )
    .map { glyph($0, .rectangle(left: 1 - height($1))) }
    return lower + left + upper + right
  }()

  // Without the patterns that are halves or nothing or all; bits as in `Coverage.blocks`.
  private static let sextants: [Glyph] = {
    let patterns = (1..<63).filter { $0 != 21 && $0 != 42 }
    return zip(UInt32(0x1FB00)..., patterns).compactMap { code, bits in
      Unicode.Scalar(code).map {
        Glyph($0, .sextant, .blocks(bits, rows: 3), .legacyComputing)
      }
    }
  }()

  private static let shades = zip("░▒▓".unicodeScalars, [0.25, 0.5, 0.75] as [Float])
    .map { Glyph($0, .shade, .flat($1), .blockElements) }

  private static let braille: [Glyph] = (1..<256).compactMap { bits in
    Unicode.Scalar(UInt32(0x2800 + bits)).map {
      Glyph($0, .braille, .dots(bits), .braillePatterns)
    }
  }
}
