import Cells

extension State {
  /// Takes a key: text for a line being typed, else a command by the keymap.
  mutating func press(_ key: Key) -> [Effect] {
    if case .prompt(let prompt) = overlay { return type(key, in: prompt) }
    if case .picker(let picker) = overlay { return type(key, in: picker) }
    if case .dialog(let dialog) = overlay { return type(key, in: dialog) }
    if case .hints(let grid) = overlay {
      if let effects = type(key, in: grid) { return effects }
    }
    let keys = pendingKeys + [key]
    switch settings.keymap.meaning(of: keys, in: keyContext) {
    case .command(let command):
      pendingKeys = []
      return perform(command, typed: key)
    case .prefix:
      wasCancelled = false
      pendingKeys = keys
      message = .note(KeyNotation.text(keys) + "…")
      return []
    case .none:
      let wasPending = !pendingKeys.isEmpty
      pendingKeys = []
      wasCancelled = false
      if !wasPending, key.code != .escape {
        message = .note("\(KeyNotation.text(key)) does nothing here; ? shows the keys")
      }
      return []
    }
  }

  /// Pasted text goes into a line being typed; elsewhere it is not taken for keys.
  mutating func pasteText(_ text: String) {
    wasCancelled = false
    switch overlay {
    case .prompt(var prompt):
      prompt.line.insert(text)
      overlay = .prompt(prompt)
    case .picker(var picker):
      picker.line.insert(text)
      overlay = .picker(picker)
    case .dialog(var dialog) where dialog.takesText:
      dialog.line.insert(text)
      overlay = .dialog(dialog)
    default:
      message = .note("pasted text is only taken where a line is typed")
    }
  }
}
