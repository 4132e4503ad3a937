import CNcurses
import Cells

/// The numbers that curses gives for what it reads: bytes, its own key codes, and ours.
enum InputCode {
  /// `CSI <`, which begins a mouse report (xterm's mode 1006).
  static let mouse: Int32 = 2_000
  /// `CSI 200 ~`, which begins a paste.
  static let pasteBegins: Int32 = 2_001
  /// `CSI 201 ~`, which ends a paste.
  static let pasteEnds: Int32 = 2_002
  /// `CSI I`: the terminal has the focus.
  static let focusGained: Int32 = 2_003
  /// `CSI O`: the terminal has lost the focus.
  static let focusLost: Int32 = 2_004
  /// `CSI M`, which begins a mouse report of three bytes, from terminals without mode 1006.
  static let oldMouse: Int32 = 2_005
  /// The first of `KeySequence.all`.
  static let firstSequence: Int32 = 2_100

  /// What curses must be told, after the keypad is on: sequences and their codes.
  static let definitions: [(sequence: String, code: Int32)] = {
    let reports: [(sequence: String, code: Int32)] = [
      ("\u{1B}[<", mouse), ("\u{1B}[M", oldMouse),
      ("\u{1B}[200~", pasteBegins), ("\u{1B}[201~", pasteEnds),
      ("\u{1B}[I", focusGained), ("\u{1B}[O", focusLost),
    ]
    return reports
      + KeySequence.all.enumerated().map { ($0.element, firstSequence + Int32($0.offset)) }
  }()

  /// The key of a code beyond bytes, or `nil` if there is none.
  static func key(_ code: Int32) -> Key? {
    let index = Int(code - firstSequence)
    if sequenceKeys.indices.contains(index) { return sequenceKeys[index] }
    if (KEY_F0 + 1...KEY_F0 + 12).contains(code) { return Key(.function(Int(code - KEY_F0))) }
    return cursesKeys[code]
  }

  private static let sequenceKeys = KeySequence.all.map { KeySequence.key($0.utf8) }

  private static let cursesKeys: [Int32: Key] = [
    KEY_UP: Key(.up), KEY_DOWN: Key(.down), KEY_LEFT: Key(.left), KEY_RIGHT: Key(.right),
    KEY_SR: Key(.up, .shift), KEY_SF: Key(.down, .shift),
    KEY_SLEFT: Key(.left, .shift), KEY_SRIGHT: Key(.right, .shift),
    KEY_HOME: Key(.home), KEY_END: Key(.end), KEY_FIND: Key(.home), KEY_SELECT: Key(.end),
    KEY_SHOME: Key(.home, .shift), KEY_SEND: Key(.end, .shift),
    KEY_PPAGE: Key(.pageUp), KEY_NPAGE: Key(.pageDown),
    KEY_SPREVIOUS: Key(.pageUp, .shift), KEY_SNEXT: Key(.pageDown, .shift),
    KEY_DC: Key(.delete), KEY_SDC: Key(.delete, .shift),
    KEY_IC: Key(.insert), KEY_SIC: Key(.insert, .shift),
    KEY_BACKSPACE: Key(.backspace), KEY_ENTER: Key(.enter), KEY_BTAB: Key(.tab, .shift),
    KEY_A1: Key(.home), KEY_A3: Key(.pageUp), KEY_C1: Key(.end), KEY_C3: Key(.pageDown),
  ]
}
