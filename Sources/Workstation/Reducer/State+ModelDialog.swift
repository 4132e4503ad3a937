import Cells
import GroundTruth

extension State {
  /// Takes a key while something is asked about a model.
  mutating func type(_ key: Key, in dialog: ModelDialog) -> [Effect] {
    switch (key.code, key.modifiers) {
    case (.escape, _), (.character("c"), .control):
      overlay = nil
      message = .note("nothing was changed")
      return []
    default: break
    }
    switch dialog.question {
    case .units(let name): typeUnits(key, of: name, in: dialog)
    case .startOnAWS(let name, let units):
      guard key.code == .enter else { return [] }
      overlay = nil
      return start(name, inferenceUnits: units)
    case .stopTraining:
      guard isYes(key) else { return [] }
      return train("stop")
    case .remove(let name):
      guard isYes(key) else { return [] }
      _ = models.change(name) { $0.status = .deleting }
      if models.used == name { forgetUsed() }
      return [.models(.remove(name))]
    }
    return []
  }

  /// Takes the number of inference units: above 0, as the service has it.
  private mutating func typeUnits(
    _ key: Key, of name: ListedModel.Name, in dialog: ModelDialog
  ) {
    var dialog = dialog
    dialog.problem = nil
    if key.code == .enter {
      if let units = Int(dialog.line.text.trimmingSpaces), (1...1000).contains(units) {
        dialog = ModelDialog(question: .startOnAWS(name, units: units))
      } else {
        dialog.problem = "a number from 1 on, please"
      }
    } else {
      _ = dialog.line.handle(key)
    }
    overlay = .dialog(dialog)
  }

  /// Whether a key agrees; whatever it is, but for letting one read on, it ends the question.
  private mutating func isYes(_ key: Key) -> Bool {
    overlay = nil
    let agrees = key.code == .character("y") && key.modifiers.isEmpty
    if !agrees { message = .note("nothing was changed") }
    return agrees
  }
}
