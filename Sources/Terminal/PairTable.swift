/// Numbers ("pairs", as curses calls them) for the combinations of colours on the screen.
///
/// A number is given to another combination only when it stands neither on the frame shown nor on
/// the one being composed, because curses draws cells by number. The table holds more than two
/// frames' worth, so one is always free.
struct PairTable {
  /// A combination to be made known to curses before its number is used.
  struct Definition: Equatable {
    /// The number.
    var pair: Int32
    /// The foreground, -1 for the terminal's own.
    var foreground: Int32
    /// The background, -1 for the terminal's own.
    var background: Int32
  }

  /// The most numbers in use, with number 0.
  let capacity: Int
  private var generation: UInt32 = 2
  private var keys: [UInt64]
  private var stamps: [UInt32]
  // Numbers with the same hash are chained: `heads[hash]`, then `followers[number]`; 0 ends.
  private var heads: [Int32]
  private var followers: [Int32]
  private var hand = 0

  /// Creates a table for frames of a size, in cells.
  ///
  /// - Parameters:
  ///   - cells: The cells of a frame.
  ///   - limit: The most numbers curses has, with number 0.
  init(cells: Int, limit: Int) {
    capacity = max(1, min(2 * cells + 512, limit))
    keys = Array(repeating: 0, count: capacity)
    stamps = Array(repeating: 0, count: capacity)
    followers = Array(repeating: 0, count: capacity)
    var buckets = 1024
    while buckets < capacity { buckets *= 2 }
    heads = Array(repeating: 0, count: buckets)
  }

  /// Starts the next frame; the one before is what the terminal shows.
  mutating func beginFrame() { generation &+= 1 }

  /// Says that numbers of the frame shown stay on the frame being composed.
  ///
  /// - Complexity: O(length).
  mutating func keep(_ pairs: some Sequence<Int32>) {
    for pair in pairs { stamps[Int(pair)] = generation }
  }

  /// The number of a combination, on the frame being composed.
  ///
  /// - Parameters:
  ///   - foreground: The foreground, -1 for the terminal's own.
  ///   - background: The background, -1 for the terminal's own.
  ///   - define: Called if curses does not know the combination by this number yet.
  /// - Returns: The number; 0, the terminal's own colours, also when no number is free.
  mutating func pair(
    _ foreground: Int32, _ background: Int32, define: (Definition) -> Void
  ) -> Int32 {
    if foreground == -1, background == -1 { return 0 }
    let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
    let bucket = bucket(of: key)
    var candidate = heads[bucket]
    while candidate != 0 {
      if keys[Int(candidate)] == key {
        stamps[Int(candidate)] = generation
        return candidate
      }
      candidate = followers[Int(candidate)]
    }
    guard let free = takeFreeNumber() else { return 0 }
    keys[free] = key
    stamps[free] = generation
    followers[free] = heads[bucket]
    heads[bucket] = Int32(free)
    define(Definition(pair: Int32(free), foreground: foreground, background: background))
    return Int32(free)
  }

  private mutating func takeFreeNumber() -> Int? {
    for _ in 0..<capacity {
      hand = hand + 1 < capacity ? hand + 1 : 1
      // Curses cuts a number to 16 bits in one place, where it must not look like 0.
      guard hand < capacity, !hand.isMultiple(of: 65_536) else { continue }
      guard stamps[hand] &+ 1 < generation else { continue }
      if stamps[hand] != 0 { unlink(hand) }
      return hand
    }
    return nil
  }

  private mutating func unlink(_ number: Int) {
    let bucket = bucket(of: keys[number])
    if heads[bucket] == Int32(number) {
      heads[bucket] = followers[number]
      return
    }
    var previous = Int(heads[bucket])
    while previous != 0, followers[previous] != Int32(number) {
      previous = Int(followers[previous])
    }
    if previous != 0 { followers[previous] = followers[number] }
  }

  private func bucket(of key: UInt64) -> Int {
    Int((key &* 0x9E37_79B9_7F4A_7C15) >> 40) & (heads.count - 1)
  }
}
