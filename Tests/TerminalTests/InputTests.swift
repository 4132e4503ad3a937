import Cells
import Glibc
import TestSupport
import Testing

/// Keys, mouse and paste, from the terminal's bytes to the program's events.
struct InputTests {
  private func echo(
    _ terminal: String = "xterm-256color", locale: String = "C.UTF-8",
    size: CellSize = CellSize(columns: 100, rows: 30)
  ) async throws -> PseudoTerminal {
    let running = try probe(
      "echo", terminal: terminal, environment: ["LC_ALL": locale], size: size)
    try await running.waitFor("ready \(size.columns)x\(size.rows)")
    return running
  }

  @Test(arguments: ["xterm-256color", "linux", "vt100", "screen-256color", "tmux-256color"])
  func `keys and modifiers arrive under every name of a terminal`(_ terminal: String) async throws {
    let running = try await echo(terminal)
    let keys: [(Key, String)] = [
      (Key(.up), "key up"), (Key(.left, .shift), "key left+1"), (Key(.end, .control), "key end+4"),
      (Key(.pageDown), "key pageDown"), (Key(.delete), "key delete"), (Key(.enter), "key enter"),
      (Key(.tab, .shift), "key tab+1"), (Key(.backspace), "key backspace"),
      (Key(.function(2)), "key function(2)"), (Key(.function(12)), "key function(12)"),
      (.control("a"), "key a+4"), (.character("漢"), "key 漢"),
      (Key(.character("x"), .alt), "key x+2"),
    ]
    for (key, line) in keys {
      running.send(key: key)
      try await running.waitFor(line)
    }
  }

  @Test func `the mouse arrives in order, beyond column 223`() async throws {
    let running = try await echo(size: CellSize(columns: 300, rows: 40))
    let from = CellPoint(column: 240, row: 5)
    let to = CellPoint(column: 260, row: 8)
    running.mouse(.press(.left), at: from)
    running.mouse(.drag(.left), at: to)
    running.mouse(.release(.left), at: to, modifiers: .control)
    running.mouse(.wheelUp, at: from)
    try await running.waitFor("pointer wheelUp 240,5 +0")
    let pointers = running.screen.rows.filter { $0.hasPrefix("pointer") }
    let expected = [
      "press(Cells.PointerEvent.Button.left) 240,5 +0",
      "drag(Cells.PointerEvent.Button.left) 260,8 +0",
      "release(Cells.PointerEvent.Button.left) 260,8 +4", "wheelUp 240,5 +0",
    ].map { "pointer " + $0 }
    // The release's move, with Control held, is a second drag.
    #expect(pointers.filter { !$0.contains("drag") || expected.contains($0) } == expected)
  }

  @Test(arguments: [1, 2, 3, 5, 8])
  func `a mouse report torn apart is still one`(_ cut: Int) async throws {
    let running = try await echo()
    let bytes = Array("\u{1B}[<0;7;9M".utf8)
    running.send(pieces: [Array(bytes[..<cut]), Array(bytes[cut...])], apart: 70)
    let screen = try await running.waitFor("6,8 +0")
    let lines = screen.rows.filter { $0.hasPrefix("key") || $0.hasPrefix("pointer") }
    #expect(lines.count == (cut == 1 ? 2 : 1), "\(lines)")
  }

  @Test(arguments: ["C.UTF-8", "C"])
  func `characters torn apart and broken ones go on`(_ locale: String) async throws {
    let running = try await echo(locale: locale)
    running.send(pieces: [[0xC3], [0xA9, 0xFF, 0xFE, UInt8(ascii: "k")]], apart: 60)
    let screen = try await running.waitFor("key k")
    let keys = screen.rows.filter { $0.hasPrefix("key") }
    #expect(
      keys == (locale == "C" ? ["key ?", "key ?", "key ?"] : ["key é", "key �", "key �"]) + [
        "key k"
      ])
  }

  @Test func `a lone Escape and Alt are told apart`() async throws {
    let running = try await echo()
    running.send("\u{1B}")
    try await running.waitFor("key escape")
    running.send("\u{1B}q")
    try await running.waitFor("key q+2")
    #expect(running.screen.rows.filter { $0.contains("escape") }.count == 1)
  }

  @Test func `a paste is one event`() async throws {
    let running = try await echo()
    running.paste("one é漢 [line")
    try await running.waitFor("paste 15 one é漢 [line")
    running.paste(String(repeating: "x", count: 200_000))
    try await running.waitFor("paste 200000 xxx")
  }

  @Test func `replies and unknown sequences are swallowed`() async throws {
    let running = try await echo()
    running.send("\u{1B}[57362;5u\u{1B}[?1;2c\u{1B}[I\u{1B}[Ok")
    let screen = try await running.waitFor("key k")
    #expect(
      screen.rows.filter { !$0.isEmpty } == ["ready 100x30", "focus true", "focus false", "key k"])
  }

  @Test func `another thread ends the wait, and a bell rings`() async throws {
    let running = try await echo()
    running.send("w")
    try await running.waitFor("woken")
    running.send("b")
    try await running.waitUntil("a bell") { $0.bells == 1 }
  }
}
