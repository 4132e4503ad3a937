/// Numbers for byte strings: what was met once is found again without making a `String` of it.
struct ByteTable {
  private struct Slot {
    var start: Int
    var count: Int32
    var value: Int32
  }

  private static let free = Slot(start: 0, count: -1, value: 0)

  private var slots = [Slot](repeating: Self.free, count: 64)
  private var texts: [UInt8] = []
  private var count = 0

  /// How many bytes the strings have together.
  var byteCount: Int { texts.count }

  /// The number of the bytes at a range.
  func value(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var place = Self.hash(bytes, range) & (slots.count - 1)
    while slots[place].count >= 0 {
      if isSame(slots[place], bytes, range) { return Int(slots[place].value) }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Gives the bytes at a range, which have none yet, a number.
  mutating func insert(_ value: Int, for bytes: Span<UInt8>, _ range: Range<Int>) {
    if count * 2 >= slots.count { grow() }
    let slot = Slot(
      start: texts.count, count: Int32(clamping: range.count), value: Int32(clamping: value))
    for index in range { texts.append(bytes[index]) }
    put(slot, hash: Self.hash(bytes, range))
    count += 1
  }

  private mutating func put(_ slot: Slot, hash: Int) {
    var place = hash & (slots.count - 1)
    while slots[place].count >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Self.free, count: old.count * 2)
    let texts = texts
    for slot in old where slot.count >= 0 {
      put(slot, hash: Self.hash(texts.span, slot.start..<slot.start + Int(slot.count)))
    }
  }

  private func isSame(_ slot: Slot, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard Int(slot.count) == range.count else { return false }
    let texts = texts.span.bytes
    let raw = bytes.bytes
    var offset = 0
    while offset + 8 <= range.count {
      let one = texts.unsafeLoadUnaligned(fromByteOffset: slot.start + offset, as: UInt64.self)
      let other = raw.unsafeLoadUnaligned(
        fromByteOffset: range.lowerBound + offset, as: UInt64.self)
      if one != other { return false }
      offset += 8
    }
    while offset < range.count {
      if self.texts[slot.start + offset] != bytes[range.lowerBound + offset] { return false }
      offset += 1
    }
    return true
  }

  private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    let raw = bytes.bytes
    var hash = UInt64(range.count) &* 0x9E37_79B9_7F4A_7C15
    var at = range.lowerBound
    while at + 8 <= range.upperBound {
      hash = mix(hash ^ raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    var tail: UInt64 = 0
    while at < range.upperBound {
      tail = tail << 8 | UInt64(bytes[at])
      at += 1
    }
    return Int(truncatingIfNeeded: mix(hash ^ tail) >> 1)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
