import Cells

/// The byte sequences that terminals send for keys that write no character.
///
/// The forms are xterm's: `CSI 1 ; m X`, `CSI n ; m ~` and `SS3 X`, where m is one more than the
/// modifiers' bits. Terminals whose own forms differ are known to curses from terminfo.
enum KeySequence {
  /// Sequences that every terminal is taken to send, with ESC in front, for curses to know.
  static let all: [String] = {
    var sequences: [String] = ["\u{1B}[Z"]
    for final in "ABCDHF" { sequences += ["\u{1B}[\(final)", "\u{1B}O\(final)"] }
    for final in "PQRS" { sequences.append("\u{1B}O\(final)") }
    for number in tildeKeys.keys.sorted() { sequences.append("\u{1B}[\(number)~") }
    for modifier in 2...8 {
      for final in "ABCDHFPQRS" { sequences.append("\u{1B}[1;\(modifier)\(final)") }
      for number in tildeKeys.keys.sorted() { sequences.append("\u{1B}[\(number);\(modifier)~") }
    }
    return sequences
  }()

  /// The key that a control sequence stands for, or `nil` for one that is no key.
  ///
  /// - Parameters:
  ///   - parameters: The bytes between `ESC [` and the last one.
  ///   - final: The last byte.
  /// - Returns: The key with its modifiers.
  static func key(parameters: [UInt8], final: UInt8) -> Key? {
    guard let numbers = numbers(parameters), numbers.count <= 2 else { return nil }
    let modifier = numbers.count == 2 ? numbers[1] : 1
    guard (1...8).contains(modifier) else { return nil }
    let modifiers = Key.Modifiers(rawValue: UInt8(modifier - 1))
    switch final {
    case UInt8(ascii: "~"):
      return numbers.first.flatMap { tildeKeys[$0] }.map { Key($0, modifiers) }
    case UInt8(ascii: "Z"): return numbers.isEmpty ? Key(.tab, .shift) : nil
    default: return letterKeys[final].map { Key($0, modifiers) }
    }
  }

  /// The key that `ESC O` and a byte stand for, or `nil`.
  static func key(singleShift final: UInt8) -> Key? {
    if let code = letterKeys[final] { return Key(code) }
    if final == UInt8(ascii: "M") { return Key(.enter) }
    // The numeric keypad in application mode: `j`…`y` are `*`…`9`, 64 further on.
    guard (0x6A...0x79).contains(final) else { return nil }
    return .character(Character(Unicode.Scalar(final - 0x40)))
  }

  /// The key of a sequence with ESC in front, or `nil`.
  static func key(_ sequence: some Sequence<UInt8>) -> Key? {
    let bytes = Array(sequence)
    guard bytes.count >= 3, bytes[0] == 0x1B else { return nil }
    if bytes[1] == UInt8(ascii: "O") { return key(singleShift: bytes[2]) }
    return key(parameters: Array(bytes[2..<bytes.count - 1]), final: bytes[bytes.count - 1])
  }

  private static let letterKeys: [UInt8: Key.Code] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
  ]

  private static let tildeKeys: [Int: Key.Code] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]

  /// Numbers between semicolons, each up to 99,999; an empty one is 1, as ECMA-48 says.
  ///
  /// - Parameters:
  ///   - parameters: The bytes between `ESC [` and the last one.
  ///   - mayBeEmpty: Whether a number may be left out.
  /// - Returns: The numbers, or `nil` if anything else stands there.
  static func numbers(_ parameters: some Collection<UInt8>, mayBeEmpty: Bool = true) -> [Int]? {
    if parameters.isEmpty { return [] }
    var numbers: [Int] = []
    for field in parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      guard field.count <= 5, mayBeEmpty || !field.isEmpty,
        field.allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      numbers.append(field.isEmpty ? 1 : field.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    return numbers
  }
}
