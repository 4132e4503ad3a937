import Cells
import TestSupport
import Testing

@testable import Terminal

/// Feeds bytes as they come from a slow line: in pieces, with time passing between.
private func decode(_ pieces: [[UInt8]], apart: Duration = .milliseconds(100)) -> [InputEvent] {
  var decoder = InputDecoder()
  var now = Duration.seconds(10)
  for piece in pieces {
    for byte in piece { decoder.feed(Int32(byte), at: now) }
    decoder.drained(at: now)
    now += apart
  }
  decoder.expire(at: now + .seconds(5))
  return decoder.takeEvents()
}

private func decode(_ text: String) -> [InputEvent] { decode([Array(text.utf8)]) }

private func press(_ code: Key.Code, _ modifiers: Key.Modifiers = []) -> InputEvent {
  .key(Key(code, modifiers))
}

struct InputDecoderTests {
  static let sequences: [(String, [InputEvent])] = [
    ("a", [press(.character("a"))]), ("é漢👍", "é漢👍".map { press(.character($0)) }),
    ("\r", [press(.enter)]), ("\t", [press(.tab)]), ("\u{7F}", [press(.backspace)]),
    ("\u{8}", [press(.backspace)]), ("\u{3}", [.key(.control("c"))]),
    ("\u{1A}", [.key(.control("z"))]), ("\0", [.key(.control(" "))]),
    ("\u{1C}", [.key(.control("\\"))]), ("\u{1B}", [press(.escape)]),
    ("\u{1B}x", [press(.character("x"), .alt)]),
    ("\u{1B}\u{1B}", [press(.escape), press(.escape)]),
    ("\u{1B}\u{4}", [press(.character("d"), [.alt, .control])]),
    ("\u{1B}[A", [press(.up)]), ("\u{1B}OA", [press(.up)]), ("\u{1B}[Z", [press(.tab, .shift)]),
    ("\u{1B}[1;2A", [press(.up, .shift)]),
    ("\u{1B}[1;8D", [press(.left, [.shift, .alt, .control])]),
    ("\u{1B}[3~", [press(.delete)]), ("\u{1B}[3;5~", [press(.delete, .control)]),
    ("\u{1B}[2;3~", [press(.insert, .alt)]), ("\u{1B}[5~", [press(.pageUp)]),
    ("\u{1B}[6;2~", [press(.pageDown, .shift)]), ("\u{1B}[1;5H", [press(.home, .control)]),
    ("\u{1B}[4~", [press(.end)]), ("\u{1B}OP", [press(.function(1))]),
    ("\u{1B}[24;2~", [press(.function(12), .shift)]), ("\u{1B}Oj", [press(.character("*"))]),
    ("\u{1B}OM", [press(.enter)]),
    ("\u{1B}[I\u{1B}[O", [.focus(true), .focus(false)]),
    ("\u{1B}[57362;5u", []), ("\u{1B}[?62;1;6c", []), ("\u{1B}[1;9A", []), ("\u{1B}[1;1;1A", []),
    ("\u{1B}[<0;250;3M", [.pointer(.init(.press(.left), at: .init(column: 249, row: 2)))]),
    (
      "\u{1B}[<34;1;1M",
      [.pointer(.init(.drag(.right), at: .init(column: 0, row: 0)))]
    ),
    (
      "\u{1B}[<28;1;1m",
      [
        .pointer(
          .init(.release(.left), at: .init(column: 0, row: 0), modifiers: [.shift, .alt, .control]))
      ]
    ),
    ("\u{1B}[<64;2;2M", [.pointer(.init(.wheelUp, at: .init(column: 1, row: 1)))]),
    (
      "\u{1B}[<81;2;2M",
      [
        .pointer(.init(.wheelDown, at: .init(column: 1, row: 1), modifiers: .control))
      ]
    ),
    // Buttons without a part, motion without a button, and reports that no terminal sends.
    ("\u{1B}[<66;2;2M\u{1B}[<128;2;2M\u{1B}[<35;2;2M\u{1B}[<0;0;2M\u{1B}[<0;2M\u{1B}[<;;M", []),
    ("\u{1B}[<0;999999;1M", []),
    ("\u{1B}[M !!", [.pointer(.init(.press(.left), at: .init(column: 0, row: 0)))]),
    ("\u{1B}[200~a\u{1B}[Ab\r\u{1B}[201~c", [.paste("a\u{1B}[Ab\n"), press(.character("c"))]),
    ("\u{1B}[200~\u{1B}\u{1B}[20\u{1B}[201~", [.paste("\u{1B}\u{1B}[20")]),
    ("\u{1B}[200~\r\n\r\u{1B}[201~", [.paste("\n\n")]),
    ("\u{1B}[200~never ended", [.paste("never ended")]),
    ("\u{1B}[12\u{1}", [.key(.control("a"))]),
  ]

  @Test(arguments: sequences)
  func `bytes mean keys`(_ text: String, _ events: [InputEvent]) {
    #expect(decode(text) == events)
  }

  @Test(arguments: sequences.filter { $0.0.utf8.count > 2 && $0.0.utf8.first == 0x1B })
  func `a sequence torn apart after its second byte means the same`(
    _ text: String, _ events: [InputEvent]
  ) {
    let bytes = Array(text.utf8)
    guard bytes[1] == UInt8(ascii: "[") else { return }
    for cut in 2..<bytes.count {
      // The second ESC of a longer text is a key of its own when torn off.
      guard bytes[cut - 1] != 0x1B || bytes.starts(with: Array("\u{1B}[200~".utf8)) else {
        continue
      }
      #expect(decode([Array(bytes[..<cut]), Array(bytes[cut...])]) == events, "cut at \(cut)")
    }
  }

  @Test func `an ESC torn off its sequence is a key, and the rest still means what it did`() {
    let release = Array("[<0;10;10m".utf8)
    let pointer = PointerEvent(.release(.left), at: CellPoint(column: 9, row: 9))
    #expect(decode([[0x1B], release]) == [press(.escape), .pointer(pointer)])
    #expect(decode([[0x1B], Array("[A".utf8)]) == [press(.escape), press(.up)])
  }

  @Test func `a bracket typed after Escape is a bracket`() {
    let bracket = press(.character("["))
    #expect(decode([[0x1B], [0x5B]], apart: .milliseconds(200)) == [press(.escape), bracket])
    #expect(decode([[0x1B], [0x5B]]) == [press(.escape), bracket])
    #expect(decode([[0x1B], [0x5B], [0x64]]) == [press(.escape), bracket, press(.character("d"))])
  }

  @Test func `a character may come in pieces, and what is none shows`() {
    let bytes = Array("é👍".utf8)
    for cut in 1..<bytes.count {
      let events = decode([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(events == "é👍".map { press(.character($0)) })
    }
    let broken = press(.character("\u{FFFD}"))
    #expect(decode([[0xFF, 0xFE]]) == [broken, broken])
    #expect(decode([[0xC3, 0x61]]) == [broken, press(.character("a"))])
    #expect(decode([[0xE2, 0x82]]) == [broken])
    #expect(decode([[0xED, 0xA0, 0x80]]) == [broken])
    #expect(decode([[0xC2, 0x9B]]).isEmpty)
  }

  @Test func `codes of curses mean keys`() {
    var decoder = InputDecoder()
    for (index, sequence) in KeySequence.all.enumerated() {
      decoder.feed(InputCode.firstSequence + Int32(index), at: .zero)
      #expect(decoder.takeEvents() == decode(sequence), "\(sequence.debugDescription)")
    }
    for code in [27, InputCode.firstSequence] { decoder.feed(code, at: .zero) }
    let key = KeySequence.key(KeySequence.all[0].utf8)
    #expect(decoder.takeEvents() == [.key(Key(key?.code ?? .enter, [.shift, .alt]))])
  }

  @Test func `a paste is bounded`() {
    var decoder = InputDecoder(pasteLimit: 500)
    decoder.feed(InputCode.pasteBegins, at: .zero)
    for _ in 0..<600 { decoder.feed(0x61, at: .zero) }
    decoder.feed(InputCode.pasteEnds, at: .zero)
    guard case .paste(let text)? = decoder.takeEvents().first else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count == 500)
  }

  @Test func `no input traps or is waited for without end`() {
    var generator = SeededGenerator(for: "input")
    var decoder = InputDecoder()
    let alphabet: [Int32] =
      Array("\u{1B}\u{1B}\u{1B}[[[<;;09MmAO~ é".utf8).map(Int32.init)
      + [2_000, 2_001, 2_002, 2_003, 2_004, 2_005, 2_100, 258, 410, 99_999, -5, 255]
    var now = Duration.zero
    for _ in 0..<20_000 {
      let code =
        generator.next().isMultiple(of: 4)
        ? Int32(generator.next() % 3_000) : alphabet[Int(generator.next() % UInt64(alphabet.count))]
      now += .milliseconds(Int(generator.next() % 200))
      decoder.feed(code, at: now)
      if generator.next().isMultiple(of: 8) { decoder.drained(at: now) }
    }
    now += .seconds(2)
    decoder.drained(at: now)
    decoder.expire(at: now)
    #expect(decoder.deadline == nil)
    _ = decoder.takeEvents()
    decoder.feed(0x61, at: now)
    #expect(decoder.takeEvents() == [press(.character("a"))])
  }

  @Test func `drags that came together are one`() {
    func drag(_ column: Int) -> InputEvent {
      .pointer(.init(.drag(.left), at: .init(column: column, row: 0)))
    }
    let down = InputEvent.pointer(.init(.press(.left), at: .init(column: 0, row: 0)))
    let up = InputEvent.pointer(.init(.release(.left), at: .init(column: 500, row: 90)))
    let last = InputEvent.pointer(.init(.release(.left), at: .init(column: 99, row: 29)))
    let size = CellSize(columns: 100, rows: 30)
    #expect(
      InputBatch.coalescing(
        [down, drag(1), drag(2), up, drag(3), press(.up), drag(4)], within: size)
        == [down, drag(2), last, drag(3), press(.up), drag(4)])
  }
}
