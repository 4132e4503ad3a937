import CNcurses
import Cells
import Glibc

/// The system's descriptions of terminals, read through ncurses.
enum TerminfoDatabase {
  /// The standard capabilities of a terminal.
  ///
  /// - Parameter terminal: The name in `TERM`.
  /// - Returns: The entry, with the terminal's name and description.
  /// - Throws: ``TerminalError`` if the terminal is unknown or too simple to draw on.
  static func entry(of terminal: String) throws(TerminalError) -> TerminfoEntry {
    guard !terminal.isEmpty else { throw .noTerminalName }
    var status: Int32 = 0
    let found = setupterm(terminal, STDOUT_FILENO, &status) == OK
    // Only what ncurses will open again: the library keeps one terminal at a time.
    defer { nc_forget_terminal() }
    guard found else {
      throw status == 1 ? .tooSimple(name: terminal) : .unknownTerminal(name: terminal)
    }
    let entry = TerminfoEntry(
      names: "\(terminal)|drawn on by reticle",
      flags: list(nc_flag_name).map { tigetflag($0) > 0 },
      numbers: list(nc_number_name).map { number(named: $0) },
      strings: list(nc_string_name).map { string(named: $0) })
    guard string(named: "cup") != nil else { throw .tooSimple(name: terminal) }
    return entry
  }

  /// The place of a capability in the system's list.
  static func index(ofNumber name: String) -> Int? { index(of: name, in: nc_number_name) }
  /// The place of a capability in the system's list.
  static func index(ofFlag name: String) -> Int? { index(of: name, in: nc_flag_name) }
  /// The place of a capability in the system's list.
  static func index(ofString name: String) -> Int? { index(of: name, in: nc_string_name) }

  private static func list(_ name: (Int32) -> UnsafePointer<CChar>?) -> [UnsafePointer<CChar>] {
    var names: [UnsafePointer<CChar>] = []
    while let next = name(Int32(names.count)) { names.append(next) }
    return names
  }

  private static func index(
    of name: String, in names: (Int32) -> UnsafePointer<CChar>?
  ) -> Int? {
    list(names).firstIndex { strcmp($0, name) == 0 }
  }

  private static func number(named name: UnsafePointer<CChar>) -> Int32? {
    let value = tigetnum(name)
    return value >= 0 ? value : nil
  }

  private static func string(named name: UnsafePointer<CChar>) -> [UInt8]? {
    // Absent is a null pointer; a name that is no string capability is the pointer -1.
    guard let value = tigetstr(name), Int(bitPattern: value) != -1 else { return nil }
    return UnsafeBufferPointer(start: value, count: strlen(value)).map(UInt8.init(bitPattern:))
  }
}

extension TerminfoEntry {
  /// The entry with colours that are set by their number, and backgrounds that are written.
  ///
  /// Every entry gets the same treatment, because the system's differ in what they offer: pairs
  /// for all of a picture's colours, the terminal's own colours among them (`AX`, `op`), and
  /// no reliance on erasing with a background (`bce`), on repeating or on redefining colours.
  ///
  /// - Parameter depth: The depth; with `mono` the entry's colours stay, unused.
  /// - Returns: The entry, or `nil` where the terminal sets colours in no way ECMA-48 knows.
  func settingColors(_ depth: ColorDepth) -> TerminfoEntry? {
    var entry = self
    // A size to begin with, which not every entry has; the true one is adopted later.
    entry.set(number: "lines", to: 24)
    entry.set(number: "cols", to: 80)
    entry.avoidInsertingInCorner()
    guard let sequences = ColorSequences(depth) else { return entry }
    if let own = entry.string("setaf"), !own.starts(with: [0x1B, 0x5B]) { return nil }
    for name in ["bce", "ccc"] { entry.set(flag: name, to: false) }
    entry.set(number: "colors", to: sequences.count)
    entry.set(number: "pairs", to: 0x40000)
    for name in ["rep", "initc", "initp", "oc", "scp", "setf", "setb"] {
      entry.set(string: name, to: nil)
    }
    entry.set(string: "op", to: "\u{1B}[39;49m")
    entry.set(string: "setaf", to: sequences.foreground)
    entry.set(string: "setab", to: sequences.background)
    entry.extendedFlags = depth == .truecolor ? ["AX", "RGB"] : ["AX"]
    return entry
  }

  private func string(_ name: String) -> [UInt8]? {
    TerminfoDatabase.index(ofString: name).flatMap {
      strings.indices.contains($0) ? strings[$0] : nil
    }
  }

  /// Has the last cell of the screen written like any other.
  ///
  /// Where curses cannot switch wrapping off, it writes that cell one column to the left and
  /// inserts another before it, which cuts a wide character there in half. A terminal that wraps
  /// only before the next character (`xenl`) needs no such care, whether it knows the mode or not.
  private mutating func avoidInsertingInCorner() {
    guard flag("xenl"), string("rmam") == nil || string("smam") == nil else { return }
    set(string: "rmam", to: "\u{1B}[?7l")
    set(string: "smam", to: "\u{1B}[?7h")
  }

  private func flag(_ name: String) -> Bool {
    TerminfoDatabase.index(ofFlag: name).map { flags[$0] } ?? false
  }

  private mutating func set(flag name: String, to value: Bool) {
    if let index = TerminfoDatabase.index(ofFlag: name) { flags[index] = value }
  }

  private mutating func set(number name: String, to value: Int32) {
    if let index = TerminfoDatabase.index(ofNumber: name) { numbers[index] = value }
  }

  private mutating func set(string name: String, to value: String?) {
    if let index = TerminfoDatabase.index(ofString: name) {
      strings[index] = value.map { Array($0.utf8) }
    }
  }
}

/// How a colour is set by its number, as parameterized strings of terminfo(5).
private struct ColorSequences {
  let count: Int32
  let foreground: String
  let background: String

  init?(_ depth: ColorDepth) {
    switch depth {
    case .truecolor:
      count = 0x1000000
      let channels = "%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm"
      foreground = "\u{1B}[38;2;" + channels
      background = "\u{1B}[48;2;" + channels
    case .palette256:
      count = 256
      foreground = "\u{1B}[38;5;%p1%dm"
      background = "\u{1B}[48;5;%p1%dm"
    case .palette16:
      count = 16
      foreground = "\u{1B}[%?%p1%{8}%<%t3%p1%d%e9%p1%{8}%-%d%;m"
      background = "\u{1B}[%?%p1%{8}%<%t4%p1%d%e10%p1%{8}%-%d%;m"
    case .palette8:
      count = 8
      foreground = "\u{1B}[3%p1%dm"
      background = "\u{1B}[4%p1%dm"
    case .mono: return nil
    }
  }
}
