import Cells

/// Turns what curses reads, bytes and key codes, into events; a value, with no terminal behind it.
///
/// Curses recognises the sequences it was told of as long as their bytes come together. The others,
/// and those that a slow line tore apart, arrive byte by byte and are put together here.
struct InputDecoder {
  /// How long after a lone ESC a `[` still belongs to it.
  static let lateBracket: Duration = .milliseconds(150)
  /// How long the rest of a sequence may take.
  static let patience: Duration = .seconds(1)

  private enum State {
    case ground
    /// After ESC, in one go with what follows.
    case escape
    /// After ESC and `O`.
    case singleShift
    /// After ESC and `[`; `isLate` if ESC was already reported as a key.
    case control(bytes: [UInt8], isLate: Bool)
    /// After `CSI M`: a report of three bytes.
    case oldMouse(bytes: [UInt8])
    case character(UTF8Assembler)
    case paste(bytes: [UInt8], tail: [UInt8])
  }

  private let pasteLimit: Int
  private var state = State.ground
  private var events: [InputEvent] = []
  private var lastInput: Duration = .zero
  private var lastEscape: Duration?
  private var pressed = PointerEvent.Button.left
  /// How often the terminal has said what it is.
  private(set) var attributeReports = 0

  /// Creates a decoder.
  ///
  /// - Parameter pasteLimit: The most bytes of one paste that are kept; the rest is dropped.
  init(pasteLimit: Int = 1 << 20) { self.pasteLimit = pasteLimit }

  /// When, by the caller's clock, `expire(at:)` has something to do; `nil` if nothing is pending.
  var deadline: Duration? {
    if case .ground = state { return nil }
    return lastInput + Self.patience
  }

  /// Takes the events decoded since the last time.
  mutating func takeEvents() -> [InputEvent] {
    defer { events = [] }
    return events
  }

  /// Takes one byte or key code.
  ///
  /// - Parameters:
  ///   - code: What `wgetch` returned.
  ///   - now: The time by any steady clock.
  mutating func feed(_ code: Int32, at now: Duration) {
    expire(at: now)
    lastInput = now
    if let byte = UInt8(exactly: code) { feed(byte: byte, at: now) } else { feed(key: code) }
  }

  /// Says that everything that has arrived was fed: an ESC with nothing behind it is the key.
  mutating func drained(at now: Duration) {
    guard case .escape = state else { return }
    state = .ground
    lastEscape = now
    events.append(.key(Key(.escape)))
  }

  /// Gives up on what should have been complete by now.
  mutating func expire(at now: Duration) {
    guard let deadline, now >= deadline else { return }
    defer { state = .ground }
    switch state {
    case .control(let bytes, let isLate) where bytes.isEmpty:
      events.append(.key(Key(.character("["), isLate ? [] : .alt)))
    case .singleShift: events.append(.key(Key(.character("O"), .alt)))
    case .escape: events.append(.key(Key(.escape)))
    case .character: report("\u{FFFD}")
    case .paste(let bytes, let tail): finishPaste(bytes + tail)
    default: break
    }
  }
}

// MARK: - Key codes

extension InputDecoder {
  private mutating func feed(key code: Int32) {
    if case .paste(let bytes, let tail) = state {
      // A pasted text may hold the sequence of a key: no part of the text, and no key press.
      if code == InputCode.pasteEnds {
        finishPaste(bytes + tail)
        state = .ground
      }
      return
    }
    var modifiers: Key.Modifiers = []
    if case .escape = state { modifiers = .alt }
    abandon()
    switch code {
    case InputCode.mouse: state = .control(bytes: [UInt8(ascii: "<")], isLate: false)
    case InputCode.oldMouse: state = .oldMouse(bytes: [])
    case InputCode.pasteBegins: state = .paste(bytes: [], tail: [])
    case InputCode.focusGained: events.append(.focus(true))
    case InputCode.focusLost: events.append(.focus(false))
    default:
      guard var key = InputCode.key(code) else { return }
      key.modifiers.formUnion(modifiers)
      events.append(.key(key))
    }
  }

  /// Drops a half-finished sequence; a half-finished character shows as U+FFFD.
  private mutating func abandon() {
    if case .character = state { report("\u{FFFD}") }
    state = .ground
  }
}

// MARK: - Bytes

extension InputDecoder {
  private mutating func feed(byte: UInt8, at now: Duration) {
    switch state {
    case .ground: feedGround(byte, at: now)
    case .escape: feedEscape(byte)
    case .singleShift:
      state = .ground
      if let key = KeySequence.key(singleShift: byte) { events.append(.key(key)) }
    case .control(let bytes, let isLate):
      // Out of the state first, so that the bytes are not copied.
      state = .ground
      feedControl(byte, after: bytes, isLate: isLate, at: now)
    case .oldMouse(let bytes): feedOldMouse(bytes + [byte])
    case .character(var assembler): feedCharacter(byte, &assembler, at: now)
    case .paste(var bytes, let tail):
      state = .ground
      feedPaste(byte, to: &bytes, tail: tail)
    }
  }

  private mutating func feedGround(_ byte: UInt8, at now: Duration) {
    defer { lastEscape = nil }
    switch byte {
    case 0x1B: state = .escape
    case UInt8(ascii: "[") where lastEscape.map { now - $0 <= Self.lateBracket } ?? false:
      state = .control(bytes: [], isLate: true)
    case 0x80...:
      var assembler = UTF8Assembler()
      feedCharacter(byte, &assembler, at: now)
    default: report(Self.key(byte))
    }
  }

  private mutating func feedEscape(_ byte: UInt8) {
    state = .ground
    switch byte {
    case 0x1B:
      events.append(.key(Key(.escape)))
      state = .escape
    case UInt8(ascii: "["): state = .control(bytes: [], isLate: false)
    case UInt8(ascii: "O"): state = .singleShift
    case 0x80...:
      // Alt with a character beyond ASCII: the character itself counts.
      var assembler = UTF8Assembler()
      feedCharacter(byte, &assembler, at: lastInput)
    default:
      var key = Self.key(byte)
      key.modifiers.insert(.alt)
      report(key)
    }
  }

  private mutating func feedControl(
    _ byte: UInt8, after bytes: [UInt8], isLate: Bool, at now: Duration
  ) {
    if isLate, bytes.isEmpty, !Self.followsLateBracket(byte) {
      report(.character("["))
      feedGround(byte, at: now)
      return
    }
    switch byte {
    case 0x20...0x3F:
      // Longer than any sequence with a meaning; the rest only decides where it ends.
      state = .control(bytes: bytes.count < 32 ? bytes + [byte] : bytes, isLate: isLate)
    case 0x40...0x7E: finishControl(bytes, final: byte)
    default: feedGround(byte, at: now)
    }
  }

  private mutating func finishControl(_ bytes: [UInt8], final: UInt8) {
    let isReport = final == UInt8(ascii: "M") || final == UInt8(ascii: "m")
    if isReport, bytes.first == UInt8(ascii: "<") {
      guard let numbers = KeySequence.numbers(bytes.dropFirst(), mayBeEmpty: false),
        numbers.count == 3
      else { return }
      let report = MouseReport(
        bits: numbers[0], column: numbers[1], row: numbers[2],
        isRelease: final == UInt8(ascii: "m"))
      if let event = report.event { events.append(.pointer(event)) }
      return
    }
    if final == UInt8(ascii: "c"), bytes.first == UInt8(ascii: "?") {
      attributeReports += 1
      return
    }
    switch (KeySequence.numbers(bytes), final) {
    case ([], UInt8(ascii: "M")): state = .oldMouse(bytes: [])
    case ([], UInt8(ascii: "I")): events.append(.focus(true))
    case ([], UInt8(ascii: "O")): events.append(.focus(false))
    case ([200], UInt8(ascii: "~")): state = .paste(bytes: [], tail: [])
    default:
      if let key = KeySequence.key(parameters: bytes, final: final) { events.append(.key(key)) }
    }
  }

  private mutating func feedOldMouse(_ bytes: [UInt8]) {
    guard bytes.count == 3 else {
      state = .oldMouse(bytes: bytes)
      return
    }
    state = .ground
    let numbers = bytes.map { Int($0) - 32 }
    var report = MouseReport(
      bits: numbers[0], column: numbers[1], row: numbers[2], isRelease: false)
    if numbers[0] & 0b1100_0011 == 3, numbers[0] & 32 == 0 {
      // The old form does not say which button went up.
      report.isRelease = true
      report.bits = numbers[0] & ~3 | (pressed == .left ? 0 : pressed == .middle ? 1 : 2)
    }
    guard let event = report.event else { return }
    if case .press(let button) = event.action { pressed = button }
    events.append(.pointer(event))
  }

  private mutating func feedCharacter(
    _ byte: UInt8, _ assembler: inout UTF8Assembler, at now: Duration
  ) {
    switch assembler.take(byte) {
    case .needsMore: state = .character(assembler)
    case .complete(let scalar):
      state = .ground
      if scalar.properties.generalCategory != .control { report(.character(Character(scalar))) }
    case .malformed(let isConsumed):
      state = .ground
      report("\u{FFFD}")
      if !isConsumed { feedGround(byte, at: now) }
    }
  }

  private static func followsLateBracket(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"), 0x30...0x39, UInt8(ascii: "A")...UInt8(ascii: "D"),
      UInt8(ascii: "F"), UInt8(ascii: "H"), UInt8(ascii: "I"), UInt8(ascii: "M"),
      UInt8(ascii: "O"), UInt8(ascii: "Z"):
      true
    default: false
    }
  }

  private mutating func report(_ key: Key) { events.append(.key(key)) }
  private mutating func report(_ character: Character) { report(.character(character)) }

  /// The key that sends an ASCII byte in raw mode.
  private static func key(_ byte: UInt8) -> Key {
    switch byte {
    case 0: .control(" ")
    case 8, 0x7F: Key(.backspace)
    case 9: Key(.tab)
    case 10, 13: Key(.enter)
    case 0x1B: Key(.escape)
    case 1..<0x1B: .control(Character(Unicode.Scalar(byte + 0x60)))
    case 0x1C..<0x20: .control(Character(Unicode.Scalar(byte + 0x40)))
    default: .character(Character(Unicode.Scalar(byte)))
    }
  }
}

// MARK: - Paste

extension InputDecoder {
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// Takes a byte of a paste; `tail` holds bytes that may turn out to be its end.
  private mutating func feedPaste(_ byte: UInt8, to bytes: inout [UInt8], tail: [UInt8]) {
    let candidate = tail + [byte]
    if candidate == Self.pasteEnd {
      finishPaste(bytes)
    } else if Self.pasteEnd.starts(with: candidate) {
      state = .paste(bytes: bytes, tail: candidate)
    } else {
      let startsAgain = byte == Self.pasteEnd[0]
      let text = startsAgain ? tail : candidate
      if bytes.count + text.count <= pasteLimit { bytes += text }
      state = .paste(bytes: bytes, tail: startsAgain ? [byte] : [])
    }
  }

  private mutating func finishPaste(_ bytes: [UInt8]) {
    // Terminals send the Return key for the ends of pasted lines.
    let text = String(decoding: bytes, as: UTF8.self).replacingLineEndings()
    if !text.isEmpty { events.append(.paste(text)) }
  }
}

extension String {
  /// The text with `\n` for `\r\n` and `\r`.
  fileprivate func replacingLineEndings() -> String {
    String(map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
  }
}
