import Cells

/// Mouse reports of xterm: a button number with bits for modifiers and motion, and a cell.
struct MouseReport {
  /// The number: bits 0, 1, 6 and 7 the button, 2 shift, 3 alt, 4 control, 5 motion.
  var bits: Int
  /// The column, counted from 1.
  var column: Int
  /// The row, counted from 1.
  var row: Int
  /// Whether the button went up.
  var isRelease: Bool

  /// The event, or `nil` for buttons and motions that have no part in the program.
  var event: PointerEvent? {
    guard column >= 1, row >= 1, let action else { return nil }
    var modifiers: Key.Modifiers = []
    if bits & 4 != 0 { modifiers.insert(.shift) }
    if bits & 8 != 0 { modifiers.insert(.alt) }
    if bits & 16 != 0 { modifiers.insert(.control) }
    return PointerEvent(
      action, at: CellPoint(column: column - 1, row: row - 1), modifiers: modifiers)
  }

  private var action: PointerEvent.Action? {
    switch bits & 0b1100_0011 {
    case 64 where !isRelease: return .wheelUp
    case 65 where !isRelease: return .wheelDown
    case 0: return action(.left)
    case 1: return action(.middle)
    case 2: return action(.right)
    default: return nil
    }
  }

  private func action(_ button: PointerEvent.Button) -> PointerEvent.Action {
    if isRelease { return .release(button) }
    return bits & 32 != 0 ? .drag(button) : .press(button)
  }
}
