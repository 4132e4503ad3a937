extension Unicode.Scalar {
  /// How many cells a terminal gives the character: 0, 1 or 2.
  ///
  /// Follows Unicode Standard Annex 11 (East Asian Width: W and F are 2) and emoji presentation;
  /// combining marks and format characters are 0.
  public var columnWidth: Int {
    if value < 0x300 { return value == 0xAD ? 1 : (value < 0x20 ? 0 : 1) }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    if value < 0x1100 { return 1 }
    if Self.isWide(value) || properties.isEmojiPresentation { return 2 }
    return 1
  }

  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
      0x1F200...0x1F2FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
