/// Which line first named an image, by a 64-bit hash of the name.
///
/// A table with open addressing, 12 bytes a place and at most half full; from `capacity` images on
/// no more are taken in, so that a file of any size is checked in bounded memory.
struct ReferenceIndex: Sendable {
  /// How many images are remembered at most: many times the service's limit.
  static let capacity = 2_000_000

  private var hashes: [UInt64] = []
  private var lines: [UInt32] = []
  private(set) var count = 0

  /// The line that first named an image; nil if none did.
  func line(of hash: UInt64) -> Int? {
    guard !hashes.isEmpty else { return nil }
    let place = place(of: hash)
    return hashes[place] == 0 ? nil : Int(lines[place])
  }

  /// Notes that a line names an image; tells which did so before, if one did.
  mutating func note(_ hash: UInt64, line: Int) -> Int? {
    if (count + 1) * 2 > hashes.count { grow() }
    let place = place(of: hash)
    if hashes[place] != 0 { return Int(lines[place]) }
    guard count < Self.capacity else { return nil }
    hashes[place] = hash
    lines[place] = UInt32(clamping: line)
    count += 1
    return nil
  }

  private func place(of hash: UInt64) -> Int {
    let mask = hashes.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while hashes[place] != 0, hashes[place] != hash { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    guard count < Self.capacity || hashes.isEmpty else { return }
    let old = hashes
    let oldLines = lines
    hashes = [UInt64](repeating: 0, count: max(1024, old.count * 2))
    lines = [UInt32](repeating: 0, count: hashes.count)
    for (index, hash) in old.enumerated() where hash != 0 {
      let place = place(of: hash)
      hashes[place] = hash
      lines[place] = oldLines[index]
    }
  }
}
