import CPseudoTerminal
import CVterm
public import Cells
import Glibc
import Synchronization

/// What went wrong with a program on a pseudo-terminal.
public struct PseudoTerminalError: Error, CustomStringConvertible {
  /// What went wrong, with the screen where there is one.
  public let description: String
}

/// A program running on a terminal of its own, whose screen is read through libvterm.
///
/// The program is killed and waited for when the last reference goes, so that a failing test leaves
/// nothing behind. Nothing is inherited: no variable but those given, no file, no signal mask.
public final class PseudoTerminal: Sendable {
  /// How a program ended.
  public enum Exit: Hashable, Sendable {
    /// By itself, with a code.
    case code(Int32)
    /// By a signal.
    case signal(Int32)
  }

  /// Bytes that came with one read.
  public struct Arrival: Hashable, Sendable {
    /// How many bytes had come by then, these included.
    public let byteCount: Int
    /// When they were read.
    public let time: ContinuousClock.Instant
  }

  private let process: pid_t
  private let emulator: Emulator
  private let exit = Mutex<Exit?>(nil)

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: The program; ``BuiltProduct`` knows those of this package.
  ///   - arguments: Its arguments, without its name.
  ///   - environment: Variables added to, or put in place of, those of ``environment(home:)``.
  ///   - home: The folder for `HOME` and all XDG folders.
  ///   - folder: The working folder; by default this process's.
  ///   - size: The terminal's size in cells.
  /// - Throws: ``PseudoTerminalError`` if it does not start.
  public init(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:],
    home: String = "/nonexistent", folder: String? = nil,
    size: CellSize = CellSize(columns: 80, rows: 24)
  ) throws {
    let variables = Self.environment(home: home).merging(environment) { $1 }
    var process: pid_t = 0
    var master: Int32 = -1
    let error = Self.withCStrings([path] + arguments) { argv in
      Self.withCStrings(variables.map { "\($0)=\($1)" }) { envp in
        pseudo_terminal_spawn(
          path, argv, envp, folder, Int32(size.rows), Int32(size.columns), &process, &master)
      }
    }
    guard error == 0 else {
      throw PseudoTerminalError(description: "\(path): \(String(cString: strerror(error)))")
    }
    self.process = process
    do {
      emulator = try Emulator(master: master, size: size)
    } catch {
      Glibc.kill(-process, SIGKILL)
      waitpid(process, nil, 0)
      throw error
    }
    emulator.start()
  }

  deinit {
    emulator.allowance = nil
    guard pollExit() == nil else { return }
    // The session's other processes go with its leader's group.
    Glibc.kill(-process, SIGKILL)
    Glibc.kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// The variables that every program gets: an xterm with UTF-8, and homes where nothing is.
  public static func environment(home: String) -> [String: String] {
    [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": home,
      "PATH": "/usr/local/bin:/usr/bin:/bin", "XDG_CONFIG_HOME": home + "/.config",
      "XDG_STATE_HOME": home + "/.local/state", "XDG_CACHE_HOME": home + "/.cache",
      "XDG_DATA_HOME": home + "/.local/share",
      // A crash ends at once, without a backtrace of seconds.
      "SWIFT_BACKTRACE": "enable=no",
    ]
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}

// MARK: - The screen

extension PseudoTerminal {
  /// What the terminal shows now.
  public var screen: TerminalSnapshot { emulator.snapshot }
  /// How many bytes the program has written.
  public var byteCount: Int { emulator.byteCount }
  /// What the program has written, up to 64 MiB.
  public var output: [UInt8] { emulator.log }
  /// What the program has written after its first `count` bytes, up to 64 MiB.
  public func output(since count: Int) -> [UInt8] { emulator.log(since: count) }
  /// When what the program has written came, oldest first.
  public var arrivals: [Arrival] { emulator.arrivals }

  /// Lets no more than so many further bytes through to the terminal; `nil` lets all through.
  ///
  /// What the program writes beyond that fills the line's buffer, and then the program waits: so
  /// a slow line looks, and its time is told by the bytes that it has carried.
  public func letThrough(_ count: Int?) { emulator.allowance = count }

  /// Waits until the screen is as wanted, between two frames.
  ///
  /// - Parameters:
  ///   - wanted: What is waited for, for the failure's message.
  ///   - timeout: How long at most; only a broken program takes so long.
  ///   - file: The calling file, for the failure's message.
  ///   - line: The calling line.
  ///   - condition: Whether the screen is as wanted.
  /// - Returns: The screen as it was then.
  /// - Throws: ``PseudoTerminalError`` with the screen's text if the time is over.
  @discardableResult
  public func waitUntil(
    _ wanted: String, timeout: Duration = .seconds(60), file: String = #fileID, line: Int = #line,
    _ condition: (TerminalSnapshot) throws -> Bool
  ) async throws -> TerminalSnapshot {
    let end = ContinuousClock.now + timeout
    var seen = -1
    while true {
      let isLast = ContinuousClock.now >= end || emulator.isAtEnd
      let count = byteCount
      let screen = count != seen || isLast ? self.screen : nil
      // Half a frame is old below and new above, and so could be taken for what is waited for.
      if let screen, isLast || !screen.isMidFrame {
        seen = count
        if try condition(screen) { return screen }
        if isLast {
          let state = emulator.isAtEnd ? "the program has ended" : "waited \(timeout)"
          throw PseudoTerminalError(
            description: "\(file):\(line): not \(wanted) (\(state)); the screen:\n\(screen.text)")
        }
      }
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  /// Waits until a text stands in a row of the screen.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - timeout: How long at most.
  ///   - file: The calling file, for the failure's message.
  ///   - line: The calling line.
  /// - Returns: The screen as it was then.
  /// - Throws: ``PseudoTerminalError`` with the screen's text if the time is over.
  @discardableResult
  public func waitFor(
    _ text: String, timeout: Duration = .seconds(60), file: String = #fileID, line: Int = #line
  ) async throws -> TerminalSnapshot {
    try await waitUntil("\"\(text)\"", timeout: timeout, file: file, line: line) {
      $0.contains(text)
    }
  }
}

// MARK: - Input

extension PseudoTerminal {
  /// Types text, byte for byte.
  public func send(_ text: String) { emulator.write(Array(text.utf8)) }

  /// Types bytes.
  public func send(_ bytes: [UInt8]) { emulator.write(bytes) }

  /// Types bytes torn apart, as a slow line delivers them: later than a sequence is waited for.
  ///
  /// - Parameters:
  ///   - pieces: The bytes.
  ///   - milliseconds: The time between two pieces.
  public func send(pieces: [[UInt8]], apart milliseconds: UInt32) {
    for (number, piece) in pieces.enumerated() {
      // The thread, not the task, sleeps: on a busy machine tasks wait for far longer.
      if number > 0 { usleep(milliseconds * 1_000) }
      emulator.write(piece)
    }
  }

  /// Presses a key, as the terminal sends it in the mode the program switched on.
  public func send(key: Key) {
    let modifiers = Self.modifiers(key.modifiers)
    if case .character(let character) = key.code {
      let scalars = Array(character.unicodeScalars)
      emulator.send {
        for scalar in scalars { vterm_keyboard_unichar($0, scalar.value, modifiers) }
      }
    } else {
      emulator.send { vterm_keyboard_key($0, Self.key(key.code), modifiers) }
    }
  }

  /// Pastes text, in brackets if the program asked for them.
  public func paste(_ text: String) {
    emulator.send { vterm_keyboard_start_paste($0) }
    emulator.write(Array(text.utf8))
    emulator.send { vterm_keyboard_end_paste($0) }
  }

  /// Moves and clicks the mouse, as the terminal reports it in the mode the program switched on.
  ///
  /// A drag needs a press before it.
  ///
  /// - Parameters:
  ///   - action: What the mouse does.
  ///   - position: The cell.
  ///   - modifiers: Keys held meanwhile.
  public func mouse(
    _ action: PointerEvent.Action, at position: CellPoint, modifiers: Key.Modifiers = []
  ) {
    let held = Self.modifiers(modifiers)
    emulator.send {
      vterm_mouse_move($0, Int32(position.row), Int32(position.column), held)
      switch action {
      case .press(let button): vterm_mouse_button($0, Self.number(button), true, held)
      case .release(let button): vterm_mouse_button($0, Self.number(button), false, held)
      case .wheelUp: vterm_mouse_button($0, 4, true, held)
      case .wheelDown: vterm_mouse_button($0, 5, true, held)
      case .drag: break
      }
    }
  }

  /// Gives the terminal another size.
  public func resize(to size: CellSize) { emulator.resize(to: size) }

  private static func number(_ button: PointerEvent.Button) -> Int32 {
    switch button {
    case .left: 1
    case .middle: 2
    case .right: 3
    }
  }

  private static func modifiers(_ modifiers: Key.Modifiers) -> VTermModifier {
    VTermModifier(rawValue: UInt32(modifiers.rawValue))
  }

  private static func key(_ code: Key.Code) -> VTermKey {
    switch code {
    case .enter: VTERM_KEY_ENTER
    case .tab: VTERM_KEY_TAB
    case .escape: VTERM_KEY_ESCAPE
    case .backspace: VTERM_KEY_BACKSPACE
    case .delete: VTERM_KEY_DEL
    case .insert: VTERM_KEY_INS
    case .up: VTERM_KEY_UP
    case .down: VTERM_KEY_DOWN
    case .left: VTERM_KEY_LEFT
    case .right: VTERM_KEY_RIGHT
    case .home: VTERM_KEY_HOME
    case .end: VTERM_KEY_END
    case .pageUp: VTERM_KEY_PAGEUP
    case .pageDown: VTERM_KEY_PAGEDOWN
    case .function(let number):
      VTermKey(rawValue: VTERM_KEY_FUNCTION_0.rawValue + UInt32(number))
    case .character: VTERM_KEY_NONE
    }
  }
}

// MARK: - The process

extension PseudoTerminal {
  /// Sends the program a signal; none if it has ended.
  public func kill(_ signal: Int32) {
    exit.withLock { if $0 == nil { _ = Glibc.kill(process, signal) } }
  }

  /// Asks the program to end, by SIGTERM.
  public func terminate() { kill(SIGTERM) }

  /// The program's number.
  public var processID: Int32 { process }

  /// Waits until the program has ended and all it wrote is on the screen.
  ///
  /// - Parameters:
  ///   - timeout: How long at most.
  ///   - file: The calling file, for the failure's message.
  ///   - line: The calling line.
  /// - Returns: How it ended.
  /// - Throws: ``PseudoTerminalError`` with the screen's text if the time is over.
  public func waitForExit(
    timeout: Duration = .seconds(60), file: String = #fileID, line: Int = #line
  ) async throws -> Exit {
    let end = ContinuousClock.now + timeout
    while true {
      if let exit = pollExit(), emulator.isAtEnd { return exit }
      if ContinuousClock.now >= end {
        throw PseudoTerminalError(
          description: "\(file):\(line): no exit in \(timeout); the screen:\n\(screen.text)")
      }
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  private func pollExit() -> Exit? {
    exit.withLock { exit in
      if let exit { return exit }
      var status: Int32 = 0
      guard waitpid(process, &status, WNOHANG) == process else { return nil }
      let signal = status & 0x7F
      exit = signal == 0 ? .code(status >> 8 & 0xFF) : .signal(signal)
      return exit
    }
  }
}
