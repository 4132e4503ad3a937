import Cells
import Dispatch
import Glibc
import Terminal

extension TerminalProbe {
  /// Shows events as lines, the last at the bottom; `w` has another thread wake the wait.
  static func echo(on screen: CursesScreen) {
    var lines = ["ready \(screen.size.columns)x\(screen.size.rows)"]
    while true {
      show(lines, on: screen)
      let events = screen.nextEvents(timeout: nil)
      if events.isEmpty { lines.append("woken") }
      for event in events {
        lines.append(describe(event))
        if event == .terminate || event == .key(.control("c")) { return }
        if event == .key(.character("e")) { complain("a message of the program\n") }
        if event == .key(.character("S")) { screen.suspend() }
        if event == .key(.character("b")) { screen.ring() }
        if event == .key(.character("w")) {
          let wake = screen.waker
          DispatchQueue.global().async { wake() }
        }
      }
    }
  }

  private static func show(_ lines: [String], on screen: CursesScreen) {
    var frame = CellGrid(size: screen.size)
    for (row, line) in lines.suffix(screen.size.rows).enumerated() {
      frame.write(line, column: 0, row: row)
    }
    screen.draw(frame)
  }

  private static func describe(_ event: InputEvent) -> String {
    switch event {
    case .key(let key): "key \(name(key))"
    case .pointer(let pointer):
      "pointer \(pointer.action) \(pointer.position.column),\(pointer.position.row)"
        + " +\(pointer.modifiers.rawValue)"
    case .paste(let text): "paste \(text.utf8.count) \(text)"
    case .resize(let size): "resize \(size.columns)x\(size.rows)"
    case .focus(let isFocused): "focus \(isFocused)"
    case .terminate: "terminate"
    }
  }

  private static func name(_ key: Key) -> String {
    let code =
      if case .character(let character) = key.code { String(character) } else { "\(key.code)" }
    return key.modifiers.isEmpty ? code : "\(code)+\(key.modifiers.rawValue)"
  }

  /// Ends in the way asked for, at the first key.
  static func crash(_ kind: String, on screen: CursesScreen) {
    show(["ready"], on: screen)
    _ = screen.nextEvents(timeout: nil)
    complain("the last words\n")
    switch kind {
    case "abort": abort()
    case "trap": fatalError("a broken promise")
    case "fault": UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
    case "exit": exit(3)
    default: break
    }
  }
}
