extension Unicode.Scalar {
  /// How many cells a terminal gives the character: 0, 1 or 2.
  ///
  /// Follows Unicode Standard Annex 11 (East Asian Width: W and F are 2) and emoji presentation;
  /// combining marks and format characters are 0. Where practice is divided it is what the C
  /// library's `wcwidth` says, by which curses and tmux place characters: 1 for spacing marks and
  /// for each half of a flag.
  public var columnWidth: Int {
    if (0x2500...0x259F).contains(value) { return 1 }
    if value < 0x300 { return value == 0xAD ? 1 : (value < 0x20 ? 0 : 1) }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator: return 0
    case .format: return Self.isSpacingFormat(value) ? 1 : 0
    default: break
    }
    if value < 0x1100 { return 1 }
    if Self.isJoiningJamo(value) { return 0 }
    if Self.isWide(value) { return 2 }
    let isFlagHalf = (0x1F1E6...0x1F1FF).contains(value)
    return properties.isEmojiPresentation && !isFlagHalf ? 2 : 1
  }

  /// Signs that enclose the digits after them, such as U+0600 ARABIC NUMBER SIGN.
  private static func isSpacingFormat(_ value: UInt32) -> Bool {
    switch value {
    case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD: true
    default: false
    }
  }

  /// Medial and final Hangul, drawn in the cells of the initial before them.
  private static func isJoiningJamo(_ value: UInt32) -> Bool {
    switch value {
    case 0x1160...0x11FF, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB: true
    default: false
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
