/// What a person did at the terminal.
public enum InputEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something.
  case pointer(PointerEvent)
  /// Text was pasted in one piece.
  case paste(String)
  /// The screen has a new size.
  case resize(CellSize)
  /// The terminal gained or lost the focus.
  case focus(Bool)
  /// The system asks the program to end (hang-up or termination): save and go.
  case terminate
}

/// What the mouse did, at which cell of the screen.
public struct PointerEvent: Hashable, Sendable {
  /// A mouse button.
  public enum Button: Hashable, Sendable {
    /// The left button.
    case left
    /// The middle button, or the wheel pressed.
    case middle
    /// The right button.
    case right
  }

  /// What was done.
  public enum Action: Hashable, Sendable {
    /// A button went down.
    case press(Button)
    /// The mouse moved with a button held.
    case drag(Button)
    /// A button went up.
    case release(Button)
    /// The wheel turned away from the person.
    case wheelUp
    /// The wheel turned towards the person.
    case wheelDown
  }

  /// What was done.
  public var action: Action
  /// The cell of the screen under the pointer.
  public var position: CellPoint
  /// Keys held meanwhile.
  public var modifiers: Key.Modifiers

  /// Creates an event.
  public init(_ action: Action, at position: CellPoint, modifiers: Key.Modifiers = []) {
    self.action = action
    self.position = position
    self.modifiers = modifiers
  }
}
