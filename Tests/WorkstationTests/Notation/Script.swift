import Cells
import Workstation

/// What a person does, and what comes back from the world, as a line of text.
///
///     w l l J Enter  "typed text"  l×5  <click 15,6>  <drag 3,4 9,8>  <pause>
///
/// Keys are spelt as in keymap files, `×5` after one repeats it. Mouse positions are cells of the
/// screen. The other events: `<press C,R>`, `<move C,R>` with the button held, `<release C,R>`,
/// `<middle C,R C,R>` a drag with the middle button, `<wheel-up C,R>`, `<wheel-down C,R>`,
/// `<paste TEXT>`, `<resize W×H>`, `<pause>`, `<picture N>` (of image N, from 1), `<refuse N TEXT>`
/// (it would cost too much memory), `<recorded N>`, `<saved N>`, `<disk TEXT>` (a storage failure),
/// `<notice TEXT>`, `<terminate>`.
struct Script {
  enum Step: Hashable {
    case input(InputEvent)
    case pause
    case picture(Int)
    case refuse(Int, String)
    case recorded(Int)
    case saved(Int)
    case disk(String)
    case notice(String)
  }

  /// What of the text cannot be read.
  struct Failure: Error { var text: String }

  var steps: [Step] = []

  init(_ text: String) throws {
    for token in Self.tokens(text) { steps += try Self.steps(token) }
  }

  /// Splits at spaces outside `"…"` and `<…>`; `<`, `>` and `"` alone are keys.
  static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var rest = text[...]
    while let first = rest.first {
      if first == " " || first == "\n" {
        rest.removeFirst()
        continue
      }
      var end = rest.firstIndex { $0 == " " || $0 == "\n" } ?? rest.endIndex
      let isAlone = rest.index(after: rest.startIndex) == end
      let closing: Character? = first == "<" ? ">" : (first == "\"" ? "\"" : nil)
      if !isAlone, let closing, let close = rest.dropFirst().firstIndex(of: closing) {
        end = rest.index(after: close)
      }
      tokens.append(String(rest[..<end]))
      rest = rest[end...]
    }
    return tokens
  }

  private static func steps(_ token: String) throws -> [Step] {
    if token.count > 1, token.hasPrefix("\""), token.hasSuffix("\"") {
      return token.dropFirst().dropLast().map { .input(.key(.character($0))) }
    }
    if token.count > 1, token.hasPrefix("<"), token.hasSuffix(">") {
      return try action(token.dropFirst().dropLast())
    }
    let parts = token.split(separator: "×")
    if token.count > 2, parts.count == 2, let count = Int(parts[1]) {
      return Array(repeating: .input(.key(try KeyNotation.key(String(parts[0])))), count: count)
    }
    return [.input(.key(try KeyNotation.key(token)))]
  }

  private static func action(_ text: Substring) throws -> [Step] {
    let words = text.split(separator: " ", maxSplits: 1)
    let name = words.first.map(String.init) ?? ""
    let rest = words.count > 1 ? String(words[1]) : ""
    switch name {
    case "pause": return [.pause]
    case "terminate": return [.input(.terminate)]
    case "paste": return [.input(.paste(rest))]
    case "disk": return [.disk(rest)]
    case "notice": return [.notice(rest)]
    case "recorded": return [.recorded(try number(rest))]
    case "saved": return [.saved(try number(rest))]
    case "picture": return [.picture(try number(rest) - 1)]
    case "refuse":
      let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw Failure(text: rest) }
      return [.refuse(try number(parts[0]) - 1, parts[1])]
    case "resize":
      let size = try rest.split(separator: "×").map { try number(String($0)) }
      guard size.count == 2 else { throw Failure(text: rest) }
      return [.input(.resize(CellSize(columns: size[0], rows: size[1])))]
    default:
      let points = try rest.split(separator: " ").map { try point($0) }
      guard let events = pointer(name, points) else { throw Failure(text: String(text)) }
      return events.map { .input(.pointer(PointerEvent($0.0, at: $0.1))) }
    }
  }

  private static func pointer(
    _ name: String, _ points: [CellPoint]
  ) -> [(PointerEvent.Action, CellPoint)]? {
    guard let first = points.first, let last = points.last else { return nil }
    switch name {
    case "press": return [(.press(.left), first)]
    case "move": return [(.drag(.left), first)]
    case "release": return [(.release(.left), first)]
    case "click": return [(.press(.left), first), (.release(.left), first)]
    case "drag": return [(.press(.left), first), (.drag(.left), last), (.release(.left), last)]
    case "middle":
      return [(.press(.middle), first), (.drag(.middle), last), (.release(.middle), last)]
    case "wheel-up": return [(.wheelUp, first)]
    case "wheel-down": return [(.wheelDown, first)]
    default: return nil
    }
  }

  private static func point(_ text: Substring) throws -> CellPoint {
    let numbers = try text.split(separator: ",").map { try number(String($0)) }
    guard numbers.count == 2 else { throw Failure(text: String(text)) }
    return CellPoint(column: numbers[0], row: numbers[1])
  }

  private static func number(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw Failure(text: text) }
    return number
  }
}
