import Cells
import TestSupport
import Testing

@testable import Workstation

@Suite("Keymaps")
struct KeymapTests {
  private func binding(_ keys: String, _ command: Command) throws -> Keymap.Binding {
    Keymap.Binding(keys: try KeyNotation.sequence(keys), command: command)
  }

  @Test(
    "what clashes is found, whichever comes first",
    arguments: [
      ("a", "a"), ("g g", "g g"), ("g", "g g"), ("g g", "g"), ("Ctrl+X Ctrl+S a", "Ctrl+X Ctrl+S"),
      ("Ctrl+X", "Ctrl+X Ctrl+S a"),
    ])
  func clashes(first: String, second: String) throws {
    let bindings = [try binding(first, .nextImage), try binding(second, .previousImage)]
    let clash = #expect(throws: Keymap.Clash.self) { try Keymap([.image: bindings]) }
    #expect(clash?.command == .previousImage && clash?.otherCommand == .nextImage)
    #expect(clash?.message.contains("next-image") == true)
    #expect(clash?.message.hasPrefix("in [image]") == true)
    #expect(throws: Never.self) { try Keymap([.image: [bindings[0]], .draw: [bindings[1]]]) }
  }

  @Test("shared starts are no clash")
  func prefixes() throws {
    let keymap = try Keymap([
      .image: [try binding("g g", .firstImage), try binding("g 1", .goToImage)]
    ])
    #expect(keymap.meaning(of: [.character("g")], in: .image) == .prefix)
    #expect(
      keymap.meaning(of: [.character("g"), .character("g")], in: .image) == .command(.firstImage))
    #expect(keymap.meaning(of: [.character("g"), .character("x")], in: .image) == .none)
    #expect(keymap.meaning(of: [.character("g")], in: .list) == .none)
  }

  @Test("own bindings win over a preset's, and leave a command its other keys")
  func overrides() throws {
    let keymap = try Preset.standard.keymap.overridden(by: [
      .image: [try binding("Ctrl+N", .nextImage), try binding("x", .skip)]
    ])
    #expect(keymap.meaning(of: [.control("n")], in: .image) == .command(.nextImage))
    #expect(keymap.meaning(of: [.character("d")], in: .image) == .command(.nextImage))
    #expect(keymap.meaning(of: [.character("x")], in: .image) == .command(.skip))
    #expect(keymap.keys(for: .deleteBox, in: .image) == [[Key(.delete)]])
    #expect(keymap.meaning(of: [.character("w")], in: .draw) == .command(.drawBox))
  }

  @Test("own bindings that cut off a longer one, or each other, are refused")
  func overrideClashes() throws {
    #expect(throws: Keymap.Clash.self) {
      try Preset.standard.keymap.overridden(by: [.image: [try binding("g", .skip)]])
    }
    #expect(throws: Keymap.Clash.self) {
      try Preset.standard.keymap.overridden(by: [
        .image: [try binding("F5", .skip), try binding("F5", .flag)]
      ])
    }
  }

  @Test("a preset chosen at work keeps the person's own bindings")
  func presetKeepsOwn() throws {
    let own = [KeyContext.image: [try binding("F5", .skip)]]
    var bench = try Bench("9×9\n9×9") { $0.ownBindings = own }
    try bench.run(": \"preset cvat\" Enter F5")
    #expect(bench.take() == "skip")
  }

  // MARK: Notation

  @Test(
    "keys as they are written",
    arguments: [
      ("d", Key.character("d")), ("G", .character("G")), ("+", .character("+")),
      ("Ctrl+Z", .control("z")), ("ctrl+z", .control("z")), ("Ctrl++", .control("+")),
      ("Shift+Left", Key(.left, .shift)), ("Shift+Tab", Key(.tab, .shift)),
      ("Space", .character(" ")),
      ("Plus", .character("+")), ("ENTER", Key(.enter)), ("Esc", Key(.escape)),
      ("F12", Key(.function(12))),
      ("Alt+x", Key(.character("x"), .alt)), ("Alt+X", Key(.character("X"), .alt)),
      ("Ctrl+Alt+Del", Key(.delete, [.control, .alt])), ("é", .character("é")),
      ("f", .character("f")),
    ])
  func reads(text: String, key: Key) throws {
    #expect(try KeyNotation.key(text) == key)
  }

  @Test(
    "what is no key is said",
    arguments: [
      "", "Hyper+X", "Shift+a", "F13", "F0", "abc", "Ctrl+", "+Ctrl", "Ctrl+abc", "Shift+5",
    ])
  func refuses(text: String) {
    let failure = #expect(throws: KeyNotation.Failure.self) { try KeyNotation.key(text) }
    #expect(failure?.text == text)
    #expect(failure?.message.hasPrefix("“\(text)” is not a key") == true)
  }

  @Test("sequences")
  func sequences() throws {
    #expect(try KeyNotation.sequence("g  Ctrl+R") == [.character("g"), .control("r")])
    #expect(throws: KeyNotation.Failure.self) { try KeyNotation.sequence("  ") }
    #expect(KeyNotation.text([.character("g"), .character("g")]) == "gg")
    #expect(KeyNotation.text([.control("x"), .character("g")]) == "Ctrl+X g")
  }

  @Test("every key is written so that it is read again")
  func roundTrip() throws {
    let codes: [Key.Code] = [
      .enter, .tab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end,
      .pageUp, .pageDown, .function(1), .function(12), .character(" "), .character("+"),
      .character("a"), .character("é"), .character("/"), .character("-"), .character("漢"),
    ]
    for code in codes {
      for bits: UInt8 in 0..<8 {
        let modifiers = Key.Modifiers(rawValue: bits)
        if case .character = code, modifiers.contains(.shift) { continue }
        let key = Key(code, modifiers)
        #expect(try KeyNotation.key(KeyNotation.text(key)) == key, "\(KeyNotation.text(key))")
      }
    }
    for binding in Preset.allCases.flatMap({ $0.keymap.bindings.values.flatMap { $0 } }) {
      let text = binding.keys.map { KeyNotation.text($0) }.joined(separator: " ")
      #expect(try KeyNotation.sequence(text) == binding.keys)
    }
  }

  @Test("no text makes the reader fall")
  func hostile() {
    var random = SeededGenerator(seed: SeededGenerator.seed(5))
    let alphabet = Array("+ ctrlshiftalF1 9Plusé漢\u{301}\u{0}İßDelEsc")
    for _ in 0..<2000 {
      let text = String(
        (0..<Int.random(in: 0...8, using: &random)).map { _ in
          alphabet.randomElement(using: &random) ?? "+"
        })
      guard let key = try? KeyNotation.key(text) else { continue }
      _ = KeyNotation.text(key)
    }
  }

  // MARK: The table

  @Test("the table has every command once", arguments: Preset.allCases)
  func table(preset: Preset) {
    let listed = KeyTable.sections.flatMap(\.commands)
    #expect(listed.count == Command.allCases.count && Set(listed) == Set(Command.allCases))
    let markdown = KeyTable.markdown(of: preset.keymap)
    for command in Command.allCases {
      let rows = markdown.split(separator: "\n").filter {
        $0.hasSuffix("| \(command.explanation) |")
      }
      #expect(rows.count == 1, "\(command.rawValue)")
    }
    let help = KeyTable.lines(of: preset.keymap, context: .image)
    for command in Command.allCases
    where !preset.keymap.keys(for: command, in: .image).isEmpty {
      #expect(
        help.filter { $0.text == command.explanation && ($0.key == ":" || !$0.key.hasPrefix(":")) }
          .count == 1, "\(command.rawValue)")
    }
  }

  @Test(
    "a context's help lists what works there and nothing else", arguments: [KeyContext.draw, .list])
  func contextHelp(context: KeyContext) {
    let keymap = Preset.standard.keymap
    let rows = KeyTable.lines(of: keymap, context: context).filter { !$0.key.isEmpty }
    let commands = Command.allCases.filter { !keymap.keys(for: $0, in: context).isEmpty }
    #expect(Set(rows.map(\.text)) == Set(commands.map(\.explanation)))
  }

  @Test("the plain table fits a page and holds no control characters")
  func plain() {
    let text = KeyTable.plain(of: Preset.standard.keymap)
    #expect(text.split(separator: "\n").allSatisfy { $0.columnWidth <= 110 })
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(text.contains("WHILE DRAWING"))
  }
}
