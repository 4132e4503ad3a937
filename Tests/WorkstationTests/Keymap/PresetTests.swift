import Cells
import Testing

@testable import Workstation

@Suite("Presets")
struct PresetTests {
  @Test("every preset can be reached in full", arguments: Preset.allCases)
  func clashes(preset: Preset) throws {
    let keymap = try preset.keymapChecked()
    #expect(keymap == preset.keymap)
    #expect(!keymap.bindings.isEmpty)
  }

  @Test("every command has a key, but for those that only : asks for", arguments: Preset.allCases)
  func complete(preset: Preset) {
    let keymap = preset.keymap
    let unbound = Command.allCases.filter { command in
      KeyContext.allCases.allSatisfy { keymap.keys(for: command, in: $0).isEmpty }
    }
    #expect(unbound == [.suspend, .quit])
  }

  @Test("the way back, help and cancel are the same everywhere", arguments: Preset.allCases)
  func essentials(preset: Preset) throws {
    let keymap = preset.keymap
    for context in KeyContext.allCases {
      for (keys, command) in [
        ("Esc", Command.back), ("?", .help), ("Ctrl+C", .cancel), ("Ctrl+L", .repaint),
      ] {
        #expect(
          keymap.meaning(of: try KeyNotation.sequence(keys), in: context)
            == .command(command), "\(context) \(keys)")
      }
    }
  }

  @Test("arrows and hjkl are the same, Shift+arrow and HJKL", arguments: KeyContext.allCases)
  func twins(context: KeyContext) throws {
    let keymap = Preset.standard.keymap
    for (letter, arrow) in [("h", "Left"), ("j", "Down"), ("k", "Up"), ("l", "Right")] {
      for (one, other) in [(letter, arrow), (letter.uppercased(), "Shift+\(arrow)")] {
        let meaning = keymap.meaning(of: [try KeyNotation.key(one)], in: context)
        #expect(meaning != .none)
        #expect(meaning == keymap.meaning(of: [try KeyNotation.key(other)], in: context))
      }
    }
  }

  /// Keys that a terminal, a multiplexer or OpenSSH takes, or that arrive as another key.
  @Test("keys that do not arrive are never used", arguments: Preset.allCases)
  func unusable(preset: Preset) {
    for (context, bindings) in preset.keymap.bindings {
      for binding in bindings {
        for key in binding.keys {
          #expect(!Self.isUnusable(key), "\(context) \(KeyNotation.text(key))")
          #expect(!key.modifiers.contains(.alt), "Alt is Esc and a key")
          if binding.command.labelSlot != nil, case .character(let character) = key.code {
            #expect(character.isNumber, "shifted digits differ between keyboards")
          }
        }
      }
    }
  }

  private static func isUnusable(_ key: Key) -> Bool {
    guard case .character(let character) = key.code else { return false }
    if character == "~" { return true }
    guard key.modifiers.contains(.control) else { return false }
    return key.modifiers.contains(.shift) || character.isUppercase || character.isNumber
      || "abimjh[qv\\+-".contains(character)
  }

  @Test(
    "Shift and function keys always have a letter or another name as twin",
    arguments: Preset.allCases)
  func fallbacks(preset: Preset) {
    let keymap = preset.keymap
    for context in KeyContext.allCases {
      for command in Command.allCases {
        let keys = keymap.keys(for: command, in: context)
        guard !keys.isEmpty, command.rawValue.hasPrefix("pan-") == false else { continue }
        let isPlain = keys.contains {
          $0.allSatisfy { key in
            if case .function = key.code { return false }
            return key.code == .tab || !key.modifiers.contains(.shift)
          }
        }
        #expect(isPlain, "\(context) \(command.rawValue)")
      }
    }
  }

  @Test("what the presets promise")
  func promises() throws {
    func meaning(
      _ preset: Preset, _ keys: String, _ context: KeyContext = .image
    ) throws -> Keymap.Meaning {
      preset.keymap.meaning(of: try KeyNotation.sequence(keys), in: context)
    }
    #expect(try meaning(.cvat, "f") == .command(.nextImage))
    #expect(try meaning(.cvat, "d") == .command(.previousImage))
    #expect(try meaning(.cvat, "n") == .command(.drawBox))
    #expect(try meaning(.vim, "d d") == .command(.deleteBox))
    #expect(try meaning(.vim, "d") == .prefix)
    #expect(try meaning(.vim, "i") == .command(.drawBox))
    #expect(try meaning(.prodigy, "a") == .command(.verify))
    #expect(try meaning(.prodigy, "Space") == .command(.skip))
  }

  @Test("the key that begins a box also sets it", arguments: Preset.allCases)
  func drawAgain(preset: Preset) {
    let keymap = preset.keymap
    for keys in keymap.keys(for: .drawBox, in: .image) {
      #expect(
        keymap.meaning(of: keys, in: .draw) == .command(.drawBox), "\(KeyNotation.text(keys))")
    }
  }

  @Test("commands have words, and names as they are typed")
  func words() {
    for command in Command.allCases {
      #expect(Command.explanations[command]?.isEmpty == false, "\(command)")
      #expect(command.rawValue.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
    }
    #expect(Command.allCases.compactMap(\.labelSlot) == Array(0..<10))
  }
}
