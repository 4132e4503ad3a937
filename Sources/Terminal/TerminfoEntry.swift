/// A terminal's description, as terminfo(5) has it, that can be compiled without `tic`.
///
/// Only the standard capabilities and two of ncurses' own flags; what a terminal adds under names
/// of its own (mostly keys with modifiers) is not kept.
struct TerminfoEntry: Equatable {
  /// The name to open it by, and a description after `|`.
  var names: String
  /// Values in the order of the system's list of flags.
  var flags: [Bool]
  /// Values in the order of the system's list of numbers; `nil` where absent.
  var numbers: [Int32?]
  /// Values in the order of the system's list of strings; `nil` where absent.
  var strings: [[UInt8]?]
  /// Flags that only ncurses knows, in alphabetical order.
  var extendedFlags: [String] = []

  /// The compiled form with 32-bit numbers, byte by byte as term(5) lays it out.
  var compiled: [UInt8] {
    var writer = LittleEndianWriter()
    let (offsets, table) = Self.table(of: strings)
    let nameBytes = Array(names.utf8) + [0]
    for value in [0x21E, nameBytes.count, flags.count, numbers.count, offsets.count, table.count] {
      writer.append16(value)
    }
    writer.bytes += nameBytes
    writer.bytes += flags.map { $0 ? 1 : 0 }
    writer.alignToTwo()
    for number in numbers { writer.append32(number ?? -1) }
    for offset in offsets { writer.append16(offset) }
    writer.bytes += table
    if !extendedFlags.isEmpty { appendExtendedFlags(to: &writer) }
    return writer.bytes
  }

  private func appendExtendedFlags(to writer: inout LittleEndianWriter) {
    let (offsets, table) = Self.table(of: extendedFlags.map { Array($0.utf8) })
    writer.alignToTwo()
    for value in [extendedFlags.count, 0, 0, extendedFlags.count, table.count] {
      writer.append16(value)
    }
    writer.bytes += extendedFlags.map { _ in 1 }
    writer.alignToTwo()
    for offset in offsets { writer.append16(offset) }
    writer.bytes += table
  }

  private static func table(of strings: [[UInt8]?]) -> (offsets: [Int], bytes: [UInt8]) {
    var offsets: [Int] = []
    var bytes: [UInt8] = []
    for string in strings {
      offsets.append(string == nil ? -1 : bytes.count)
      if let string { bytes += string + [0] }
    }
    return (offsets, bytes)
  }

  /// The value for `TERMINFO` that stands for the entry itself: no file, no `tic`.
  var inlineLocation: String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    let bytes = compiled
    var text = Array("b64:".utf8)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for digit in 0...3 {
        text.append(
          digit <= group.count ? alphabet[bits >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Bytes with the low one of a number first, as compiled terminfo has them on every machine.
private struct LittleEndianWriter {
  var bytes: [UInt8] = []

  mutating func append16(_ value: Int) {
    let bits = UInt16(truncatingIfNeeded: value)
    bytes += [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)]
  }

  mutating func append32(_ value: Int32) {
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value >> Int32(shift))) }
  }

  mutating func alignToTwo() {
    if !bytes.count.isMultiple(of: 2) { bytes.append(0) }
  }
}
