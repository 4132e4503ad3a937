import Cells
import GroundTruth

extension State {
  /// Takes a key while a line is typed.
  mutating func type(_ key: Key, in prompt: Prompt) -> [Effect] {
    var prompt = prompt
    switch (key.code, key.modifiers) {
    case (.escape, _), (.character("c"), .control):
      overlay = nil
      return []
    case (.enter, _):
      overlay = nil
      return take(prompt)
    case (.backspace, _) where prompt.line.characters.isEmpty:
      overlay = nil
      return []
    case (.tab, let modifiers): complete(&prompt, forward: modifiers != .shift)
    case (.up, _): recall(&prompt, by: 1)
    case (.down, _): recall(&prompt, by: -1)
    default:
      if prompt.line.handle(key) {
        prompt.completions = []
        prompt.completionIndex = nil
      }
    }
    overlay = .prompt(prompt)
    return []
  }

  /// Asks for the number of an image, beginning with the digit that was pressed.
  mutating func askForNumber(startingWith key: Key?) {
    var digit = ""
    if case .character(let character) = key?.code, character.isNumber { digit = String(character) }
    overlay = .prompt(Prompt(purpose: .goTo, line: LineEditor(digit)))
  }

  private mutating func take(_ prompt: Prompt) -> [Effect] {
    let text = prompt.line.text
    if prompt.purpose != .goTo, !text.isEmpty, typed[prompt.purpose]?.last != text {
      typed[prompt.purpose, default: []].append(text)
    }
    switch prompt.purpose {
    case .command: return run(text)
    case .filter:
      let effects = settleNudge()
      applyFilter(text)
      return effects
    case .note: return setNote(text)
    case .goTo: return goTo(number: text)
    }
  }

  /// Shows image N of the queue, counted from 1.
  mutating func goTo(number text: String) -> [Effect] {
    guard let number = Int(text.trimmingSpaces), 1...max(1, queue.lines.count) ~= number,
      !queue.lines.isEmpty
    else {
      message = .problem("there is no image “\(text)” here: 1 to \(queue.lines.count)")
      return []
    }
    return go(to: number - 1)
  }

  private func recall(_ prompt: inout Prompt, by step: Int) {
    let lines = typed[prompt.purpose] ?? []
    let index = (prompt.historyIndex ?? -1) + step
    guard (-1..<lines.count).contains(index) else { return }
    if prompt.historyIndex == nil { prompt.unsent = prompt.line.text }
    prompt.historyIndex = index < 0 ? nil : index
    prompt.line = LineEditor(index < 0 ? prompt.unsent : lines[lines.count - 1 - index])
  }

  /// Puts the next of the words that fit in the place of the one being typed.
  private func complete(_ prompt: inout Prompt, forward: Bool) {
    if prompt.completions.isEmpty {
      prompt.completions = completions(for: prompt)
      prompt.completionIndex = nil
    }
    guard !prompt.completions.isEmpty else { return }
    let count = prompt.completions.count
    let next = (prompt.completionIndex ?? (forward ? -1 : count)) + (forward ? 1 : -1)
    prompt.completionIndex = (next + count) % count
    prompt.line.text = prompt.completions[(next + count) % count]
  }

  /// The lines that the typed one may become.
  func completions(for prompt: Prompt) -> [String] {
    let text = prompt.line.text
    switch prompt.purpose {
    case .command: return CommandLine.completions(of: text, in: self)
    case .filter:
      let start = text.lastIndex(of: " ").map { text.index(after: $0) } ?? text.startIndex
      let kept = text[..<start] + (text[start...].hasPrefix("-") ? "-" : "")
      return Query.completions(of: text, labels: labels).map { kept + $0 }
    case .goTo, .note: return []
    }
  }
}
