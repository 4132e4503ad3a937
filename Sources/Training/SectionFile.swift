/// Named runs of bytes in one file, with a sum that tells whether all of it arrived.
///
/// Weights and checkpoints are kept so: eight bytes `RETICLE1`, the number of sections, each with
/// the lengths of its name and its content (all numbers 64 bits, little-endian), and at the end an
/// FNV-1a sum over all words before. Contents are padded to words.
public struct SectionFile: Hashable, Sendable {
  /// The contents by name.
  public var sections: [String: [UInt8]]

  private static let magic = Array("RETICLE1".utf8)
  private static let nameLimit = 64

  /// Creates a file of sections.
  public init(_ sections: [String: [UInt8]] = [:]) { self.sections = sections }

  /// Reads a file; nil if it is anything else, cut short or damaged.
  public init?(parsing bytes: [UInt8]) {
    var words = WordReader(bytes)
    guard bytes.starts(with: Self.magic), bytes.count.isMultiple(of: 8), bytes.count >= 24,
      Self.sum(bytes.dropLast(8)) == words.word(at: bytes.count - 8)
    else { return nil }
    words.offset = 8
    sections = [:]
    guard let count = words.length(limit: 64) else { return nil }
    for _ in 0..<count {
      guard let nameLength = words.length(limit: Self.nameLimit),
        let length = words.length(limit: bytes.count), let name = words.bytes(nameLength),
        let content = words.bytes(length)
      else { return nil }
      sections[String(decoding: name, as: UTF8.self)] = Array(content)
    }
  }

  /// The file's content.
  public var bytes: [UInt8] {
    var out = Self.magic + Self.word(sections.count)
    out.reserveCapacity(sections.values.reduce(1_024) { $0 + $1.count + 200 })
    for (name, content) in sections.sorted(by: { $0.key < $1.key }) {
      out += Self.word(name.utf8.count) + Self.word(content.count)
      for part in [Array(name.utf8), content] {
        out += part
        out += Array(repeating: 0, count: (8 - part.count % 8) % 8)
      }
    }
    let sum = Self.sum(out[...])
    return out + Self.word(Int(truncatingIfNeeded: sum))
  }

  /// The numbers of a section; nil without it, or if there are more or fewer than expected.
  public func floats(_ name: String, count: Int) -> [Float]? {
    guard let bytes = sections[name], bytes.count == 4 * count else { return nil }
    return [Float](unsafeUninitializedCapacity: count) { target, filled in
      bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(target).copyMemory(from: $0) }
      filled = count
    }
  }

  /// The numbers of a section, however many; nil without it.
  public func floats(_ name: String) -> [Float]? {
    sections[name].flatMap { floats(name, count: $0.count / 4) }
  }

  /// Takes numbers for a section.
  public mutating func set(_ name: String, _ values: [Float]) {
    sections[name] = values.withUnsafeBytes { Array($0) }
  }

  private static func word(_ value: Int) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func sum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { raw in
      var sum: UInt64 = 0xCBF2_9CE4_8422_2325
      for offset in stride(from: 0, to: raw.count, by: 8) {
        let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        sum = (sum ^ UInt64(littleEndian: word)) &* 0x100_0000_01B3
        sum ^= sum >> 29
      }
      return sum
    }
  }
}

/// Reads numbers and runs of bytes, never beyond the end.
private struct WordReader {
  private let all: [UInt8]
  var offset = 0

  init(_ bytes: [UInt8]) { all = bytes }

  func word(at offset: Int) -> UInt64? {
    guard offset >= 0, offset + 8 <= all.count else { return nil }
    return (0..<8).reduce(0) { $0 | UInt64(all[offset + $1]) << (8 * UInt64($1)) }
  }

  mutating func length(limit: Int) -> Int? {
    guard let value = word(at: offset), value <= UInt64(limit) else { return nil }
    offset += 8
    return Int(value)
  }

  mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
    let padded = (count + 7) / 8 * 8
    guard padded <= all.count - offset else { return nil }
    defer { offset += padded }
    return all[offset..<offset + count]
  }
}
