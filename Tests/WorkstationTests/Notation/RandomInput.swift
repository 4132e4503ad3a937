import Cells
import TestSupport

@testable import Workstation

/// What a person might do who presses any key and moves the mouse anywhere.
struct RandomInput {
  var random: SeededGenerator
  private let keys: [Key]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    let bindings = Preset.standard.keymap.bindings.values.flatMap { $0 }.flatMap(\.keys)
    keys = Set(bindings).sorted { KeyNotation.text($0) < KeyNotation.text($1) }
  }

  /// A size: often one that can be worked on, sometimes a tiny one.
  mutating func size() -> CellSize {
    let isTiny = Int.random(in: 0..<4, using: &random) == 0
    return CellSize(
      columns: Int.random(in: isTiny ? 0...45 : 40...105, using: &random),
      rows: Int.random(in: isTiny ? 0...13 : 12...16, using: &random))
  }

  /// The next step in a state over so many images.
  mutating func step(in state: State, images: Int) -> Script.Step {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<50: return .input(.key(key()))
    case 50..<62: return .input(.key(typed()))
    case 62..<88: return .input(.pointer(pointer(in: state.size)))
    case 88..<90: return .input(.resize(size()))
    case 90..<92: return .input(.paste(text()))
    case 92..<94: return .pause
    case 94..<96: return .picture(Int.random(in: 0..<images, using: &random))
    case 96: return .refuse(Int.random(in: 0..<images, using: &random), "It is large.")
    case 97: return .recorded(state.stepsTaken)
    case 98: return .saved(Int.random(in: 0...state.stepsTaken, using: &random))
    default: return .disk("The disk is full.")
    }
  }

  private mutating func key() -> Key { keys.randomElement(using: &random) ?? Key(.escape) }

  /// Keys of a line being typed, and such as mean nothing.
  private mutating func typed() -> Key {
    let others: [Key] = [
      Key(.enter), Key(.enter), Key(.tab), Key(.tab, .shift), Key(.backspace), Key(.up),
      Key(.down), Key(.home), Key(.end), Key(.function(7)), .control("u"), .control("w"),
      Key(.character("x"), .alt), Key(.insert), Key(.escape),
    ]
    if Bool.random(using: &random) { return others.randomElement(using: &random) ?? Key(.enter) }
    return .character("abRw1 90-<>:=é漢👍🏽\u{202E}".randomElement(using: &random) ?? "a")
  }

  private mutating func text() -> String {
    let texts = [
      "label:RBC", "is:unlabelled", "5", "brightness 7", "sort boxes", "glyphs ascii", "w",
      "RBC", "x\u{1B}[31m\u{7}", "漢字漢字漢字", "preset vim", "preset default", "box-space stored",
      "box-space upright", "task classification", "task boxes", "\u{0}\u{301}\u{200D}", "undo",
    ]
    return texts.randomElement(using: &random) ?? ""
  }

  private mutating func pointer(in size: CellSize) -> PointerEvent {
    let actions: [PointerEvent.Action] = [
      .press(.left), .press(.left), .drag(.left), .drag(.left), .release(.left), .release(.left),
      .press(.middle), .drag(.middle), .release(.middle), .press(.right), .wheelUp, .wheelDown,
    ]
    let place = CellPoint(
      column: Int.random(in: -1...max(1, size.columns), using: &random),
      row: Int.random(in: -1...max(1, size.rows), using: &random))
    return PointerEvent(actions.randomElement(using: &random) ?? .wheelUp, at: place)
  }
}
