import Cells
import Testing

@Suite struct CellWidthTests {
  /// Characters and what Python's wcwidth 0.7.0 (Unicode 17) and glibc 2.36 both give for them.
  static let agreed: [(UInt32, Int)] = [
    (0x41, 1), (0xE9, 1), (0x300, 0), (0x200D, 0), (0x2500, 1), (0x2588, 1), (0x2590, 1),
    (0x25AB, 1), (0x25FD, 2), (0x26AB, 2), (0x2764, 1), (0x1FB70, 1), (0x1100, 2), (0x1161, 0),
    (0x11A8, 0), (0xD7B0, 0), (0x2329, 2), (0x3042, 2), (0x4E2D, 2), (0x4DC0, 2), (0xAC00, 2),
    (0xFF21, 2), (0xFF71, 1), (0xFFE0, 2), (0x1F600, 2), (0x20000, 2), (0x0600, 1), (0x05D0, 1),
    (0x0627, 1), (0x0E31, 0), (0x202E, 0), (0xFE0F, 0), (0x2028, 0), (0xE000, 1),
  ]

  @Test(arguments: agreed)
  func `a character takes as many cells as a terminal gives it`(value: UInt32, width: Int) {
    #expect(Unicode.Scalar(value)?.columnWidth == width)
  }

  @Test func `where practice is divided the C library is followed`() {
    // DEVANAGARI SIGN VISARGA and a flag's half: wcwidth 0.7.0 says 0 and 2, glibc 2.36 says 1.
    #expect(("\u{903}" as Unicode.Scalar).columnWidth == 1)
    #expect(("\u{1F1E6}" as Unicode.Scalar).columnWidth == 1)
  }

  @Test func `a line is as wide as its characters`() {
    #expect("".columnWidth == 0)
    #expect("e\u{301}中x".columnWidth == 4)
  }
}
