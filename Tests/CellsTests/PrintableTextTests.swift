import Cells
import TestSupport
import Testing

@Suite struct PrintableTextTests {
  @Test(arguments: [
    ("plain é 中 😀", "plain é 中 😀"),
    ("\u{1B}[31mred", "␛[31mred"),
    ("a\rb\tc\nd\u{7F}", "a␍b␉c␊d␡"),
    ("\u{9B}31m", "<U+009B>31m"),
    ("cat\u{202E}gpj", "cat<U+202E>gpj"),
    ("\u{2066}x\u{2069}", "<U+2066>x<U+2069>"),
    ("a\u{2028}b", "a<U+2028>b"),
    ("soft\u{AD}hyphen", "soft<U+00AD>hyphen"),
    ("filler\u{3164}", "filler<U+3164>"),
    ("tag\u{E0041}", "tag<U+E0041>"),
    ("\u{FEFF}bom", "<U+FEFF>bom"),
    ("hand\u{FE0F}\u{200D}x", "hand\u{FE0F}\u{200D}x"),
  ])
  func `what could act or hide is shown`(text: String, shown: String) {
    // Compared by scalars: String equality would see through joiners and accents.
    #expect(Array(PrintableText.escaping(text).unicodeScalars) == Array(shown.unicodeScalars))
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a<FF>b"),
      ([0xC3, 0xA9], "é"),
      ([0xC3], "<C3>"),
      ([0xC0, 0x80], "<C0><80>"),
      ([0xED, 0xA0, 0x80], "<ED><A0><80>"),
      ([0xF0, 0x9F, 0x98], "<F0><9F><98>"),
      ([0xF0, 0x9F, 0x98, 0x80, 0x1B], "😀␛"),
      ([0xE2, 0x80, 0xAE, 0xFE], "<U+202E><FE>"),
      ([], ""),
    ] as [([UInt8], String)])
  func `bytes that aren't UTF-8 are shown one by one`(bytes: [UInt8], shown: String) {
    #expect(PrintableText.escaping(bytes: bytes) == shown)
  }

  @Test func `no byte sequence leaves a control character`() {
    for seed in UInt64(0)..<200 {
      var random = SeededGenerator(seed: seed)
      let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
      let text = PrintableText.escaping(bytes: bytes)
      #expect(
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) },
        "seed \(seed)")
    }
  }
}
