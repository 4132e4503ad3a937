import Cells
import Glibc
import TestSupport
import Testing

/// The program at work on a terminal.
struct Sitting {
  let terminal: PseudoTerminal

  /// At a program that runs already.
  init(terminal: PseudoTerminal) { self.terminal = terminal }

  /// Starts the program in a folder.
  init(
    _ folder: Folder, _ arguments: String..., size: CellSize = CellSize(columns: 80, rows: 24),
    environment: [String: String] = ["COLORTERM": "truecolor"]
  ) throws {
    try self.init(folder, arguments, size: size, environment: environment)
  }

  init(
    _ folder: Folder, _ arguments: [String], size: CellSize = CellSize(columns: 80, rows: 24),
    environment: [String: String] = ["COLORTERM": "truecolor"]
  ) throws {
    terminal = try PseudoTerminal(
      BuiltProduct.path("reticle"), arguments, environment: environment, home: folder.home,
      folder: folder.path, size: size)
  }

  /// Starts labelling `photos` with the labels `cat` and `dog` and waits for the first picture.
  static func atPhotos(
    _ folder: Folder, _ arguments: String..., size: CellSize = CellSize(columns: 80, rows: 24),
    sees text: String = "64×48", file: String = #fileID, line: Int = #line
  ) async throws -> Sitting {
    let sitting = try Sitting(
      folder, ["label", "photos", "--labels", "cat,dog"] + arguments, size: size)
    try await sitting.see(text, file: file, line: line)
    return sitting
  }

  // MARK: Doing

  /// Types characters, all at once.
  func type(_ text: String) { terminal.send(text) }

  /// Presses keys.
  func press(_ keys: Key...) { for key in keys { terminal.send(key: key) } }

  /// Presses Esc and waits until a text has gone or another has come by it: bytes sent earlier
  /// would make another key of it.
  func escape(
    from old: String, to new: String = "", file: String = #fileID, line: Int = #line
  ) async throws {
    try await see(old, file: file, line: line)
    terminal.send(key: Key(.escape))
    try await terminal.waitUntil("no \(old)", file: file, line: line) {
      !$0.contains(old) && (new.isEmpty || $0.contains(new))
    }
  }

  /// Types keys that lead to an image of 64×48 and waits until its picture is there.
  func go(_ keys: String, to name: String, file: String = #fileID, line: Int = #line) async throws {
    type(keys)
    try await see(name, "64×48", file: file, line: line)
  }

  /// Presses a button on one cell and lets it go on another.
  func drag(from start: CellPoint, to end: CellPoint, _ button: PointerEvent.Button = .left) {
    terminal.mouse(.press(button), at: start)
    terminal.mouse(.drag(button), at: end)
    terminal.mouse(.release(button), at: end)
  }

  /// Clicks a cell.
  func click(_ cell: CellPoint) {
    terminal.mouse(.press(.left), at: cell)
    terminal.mouse(.release(.left), at: cell)
  }

  // MARK: Seeing

  /// Waits until texts stand on the screen, each in one row.
  @discardableResult
  func see(
    _ texts: String..., file: String = #fileID, line: Int = #line
  ) async throws -> TerminalSnapshot {
    try await terminal.waitUntil(
      texts.joined(separator: " and "), file: file, line: line
    ) { screen in texts.allSatisfy(screen.contains) }
  }

  /// Waits until a text has gone from the screen.
  @discardableResult
  func seeNo(
    _ text: String, file: String = #fileID, line: Int = #line
  ) async throws -> TerminalSnapshot {
    try await terminal.waitUntil("rid of \(text)", file: file, line: line) { !$0.contains(text) }
  }

  /// Waits until texts stand on the screen and its header says that all is saved.
  @discardableResult
  func seeSaved(
    _ texts: String..., file: String = #fileID, line: Int = #line
  ) async throws -> TerminalSnapshot {
    try await terminal.waitUntil(
      (texts + ["saved"]).joined(separator: " and "), file: file, line: line
    ) { screen in screen.saysSaved && texts.allSatisfy(screen.contains) }
  }

  // MARK: Leaving

  /// Leaves, and expects that it goes well and that the terminal is as it was.
  func quit(file: String = #fileID, line: Int = #line) async throws {
    type(":q\r")
    try await expectEnd(file: file, line: line)
  }

  /// Waits for the end, and expects that it went well and that the terminal is as it was.
  func expectEnd(
    _ expected: PseudoTerminal.Exit = .code(0), file: String = #fileID, line: Int = #line
  ) async throws {
    let exit = try await terminal.waitForExit(file: file, line: line)
    let screen = terminal.screen
    let place = "\(file):\(line)"
    #expect(exit == expected, "\(place)\n\(screen.text)")
    #expect(!screen.isAlternateScreen, "\(place)")
    #expect(!screen.isMouseOn, "\(place)")
    #expect(screen.isCursorVisible, "\(place)")
  }
}

extension TerminalSnapshot {
  /// The header's last word on whether all is saved.
  var savedWord: String {
    String(rows.first?.drop { $0 == " " }.split(separator: "  ").last ?? "")
      .trimmingPrefix(" ").description
  }

  /// Whether the header says that all is saved.
  var saysSaved: Bool { savedWord == "saved" }
}
