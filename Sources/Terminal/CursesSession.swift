import CNcurses
import CSignals
import Cells
import Glibc

/// The terminal in curses' hands: opened, given back, taken again, and rescued in a crash.
@MainActor
final class CursesSession {
  private let mouse: Bool
  private var savedModes = termios()
  private var errors = ErrorCapture()
  private var screen: OpaquePointer?
  /// The colours that the terminal was opened with.
  let depth: ColorDepth

  /// Opens the terminal.
  ///
  /// - Parameters:
  ///   - terminal: The name in `TERM`.
  ///   - depth: The colours to use; fewer, if the terminal cannot be taught them.
  ///   - mouse: Whether to ask for mouse reports.
  /// - Throws: ``TerminalError`` if the terminal cannot be drawn on.
  init(terminal: String, depth: ColorDepth, mouse: Bool) throws(TerminalError) {
    self.mouse = mouse
    tcgetattr(STDIN_FILENO, &savedModes)
    let entry = try TerminfoDatabase.entry(of: terminal)
    var opened: OpaquePointer?
    var usedDepth = depth
    if entry.settingColors(depth) == nil { usedDepth = .mono }
    if let drawable = entry.settingColors(usedDepth) {
      // The size is asked from the system later: LINES and COLUMNS may be stale.
      use_env(false)
      use_tioctl(false)
      opened = Self.withTerminfo(drawable.inlineLocation) { nc_newterm(terminal) }
    }
    if opened == nil {
      // A curses that takes no entry from the environment.
      usedDepth = .mono
      use_tioctl(true)
      opened = nc_newterm(terminal)
    }
    guard opened != nil else { throw .cannotOpen(reason: "curses does not start") }
    screen = opened
    self.depth = usedDepth
    // Curses would stop the program with the mouse still on.
    signal(SIGTSTP, SIG_DFL)
    Self.configure(colors: usedDepth != .mono)
  }

  private static func withTerminfo<Result>(_ value: String, _ body: () -> Result) -> Result {
    let name = "TERMINFO"
    let before = getenv(name).map { String(cString: $0) }
    setenv(name, value, 1)
    defer {
      // Children must find the terminals that the system describes.
      if let before { setenv(name, before, 1) } else { unsetenv(name) }
    }
    return body()
  }

  private static func configure(colors: Bool) {
    let window = nc_stdscr()
    raw()
    noecho()
    nonl()
    intrflush(window, false)
    keypad(window, true)
    nodelay(window, true)
    set_escdelay(50)
    for (sequence, code) in InputCode.definitions { define_key(sequence, code) }
    // Otherwise updates stop half-way when a key is waiting.
    typeahead(-1)
    leaveok(window, true)
    idlok(window, false)
    idcok(window, false)
    scrollok(window, false)
    curs_set(0)
    if colors {
      start_color()
      use_default_colors()
    }
  }

  /// The size of the terminal, kept within what a screen can be.
  static var terminalSize: CellSize {
    var size = winsize()
    let isKnown =
      ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 && size.ws_row > 0
    guard isKnown else { return CellSize(columns: 80, rows: 24) }
    return CellSize(columns: min(Int(size.ws_col), 2_000), rows: min(Int(size.ws_row), 1_000))
  }

  /// Takes the size that the terminal has now.
  func adoptSize() -> CellSize {
    let size = Self.terminalSize
    // Not resizeterm, which would also put a key into the input.
    resize_term(Int32(size.rows), Int32(size.columns))
    return size
  }

  /// Begins full-screen work: messages are kept, reports asked for, a crash provided for.
  func enter() {
    errors.begin()
    FramePainter.send(reportsOn)
    let restore = Self.reportsOff + "\u{1B}[0m\u{1B}[?25h\u{1B}[?1l\u{1B}>\u{1B}[?1049l"
    terminal_guard_arm(STDOUT_FILENO, restore, &savedModes, errors.memory, errors.original)
  }

  private var reportsOn: String {
    "\u{1B}[?1004h\u{1B}[?2004h" + (mouse ? "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h" : "")
  }

  private static let reportsOff =
    "\u{1B}[?2026l\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l\u{1B}[?1004l\u{1B}[?2004l"

  /// Gives the terminal back, then writes the messages kept.
  func leave() {
    FramePainter.send(Self.reportsOff)
    endwin()
    terminal_guard_disarm()
    errors.end()
  }

  /// Sets the modes again that curses works in, after another program had the terminal.
  func resumeModes() {
    reset_prog_mode()
    FramePainter.send("\u{1B}[?1049h\u{1B}[?1h\u{1B}=\u{1B}[?25l" + reportsOn)
  }

  /// Frees what curses holds.
  func dispose() {
    if let screen { delscreen(screen) }
    screen = nil
  }
}
