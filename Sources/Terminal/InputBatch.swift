import Cells

/// Events that arrived together, made fewer without a loss.
enum InputBatch {
  /// Keeps the last of each run of drags, and every pointer on the screen.
  ///
  /// - Parameters:
  ///   - events: The events in the order they came.
  ///   - size: The size of the screen; positions beyond become the last row or column.
  /// - Returns: The events in the same order.
  static func coalescing(_ events: [InputEvent], within size: CellSize) -> [InputEvent] {
    var result: [InputEvent] = []
    for event in events {
      let event = clamping(event, to: size)
      if let last = result.last, isSameDrag(last, event) { result.removeLast() }
      result.append(event)
    }
    return result
  }

  private static func clamping(_ event: InputEvent, to size: CellSize) -> InputEvent {
    guard case .pointer(var pointer) = event else { return event }
    pointer.position.column = max(0, min(pointer.position.column, size.columns - 1))
    pointer.position.row = max(0, min(pointer.position.row, size.rows - 1))
    return .pointer(pointer)
  }

  private static func isSameDrag(_ first: InputEvent, _ second: InputEvent) -> Bool {
    guard case .pointer(let one) = first, case .pointer(let other) = second,
      case .drag = one.action
    else { return false }
    return one.action == other.action && one.modifiers == other.modifiers
  }
}
