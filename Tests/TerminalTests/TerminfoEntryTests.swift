import Testing

@testable import Terminal

struct TerminfoEntryTests {
  // As `tic -x` compiles `t|test, am, cols#80, colors#0x1000000, bel=^G, cr=\r, RGB, AX,` with the
  // lists of capabilities cut to those.
  @Test func `an entry compiles to the layout of term(5)`() {
    let entry = TerminfoEntry(
      names: "t|test", flags: [false, true, false], numbers: [80, nil, 0x1000000],
      strings: [nil, Array("\u{7}".utf8), Array("\r".utf8)], extendedFlags: ["AX", "RGB"])
    let header: [UInt8] = [0x1E, 2, 7, 0, 3, 0, 3, 0, 3, 0, 4, 0]
    let names = Array("t|test\0".utf8)
    let flags: [UInt8] = [0, 1, 0]
    let numbers: [UInt8] = [80, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 1]
    let strings: [UInt8] = [255, 255, 0, 0, 2, 0, 7, 0, 13, 0]
    let extended: [UInt8] = [2, 0, 0, 0, 0, 0, 2, 0, 7, 0, 1, 1, 0, 0, 3, 0]
    let extendedNames = Array("AX\0RGB\0".utf8)
    #expect(
      entry.compiled == header + names + flags + numbers + strings + extended + extendedNames)
  }

  @Test func `the inline form is base64 for URLs`() {
    let entry = TerminfoEntry(names: "??>", flags: [], numbers: [], strings: [])
    #expect(entry.inlineLocation == "b64:HgIEAAAAAAAAAAAAPz8-AA==")
  }
}
