extension PerceptualHash {
  /// The largest distance that neighbours can be looked for.
  public static let distanceLimit = 15

  /// Finds pictures that look nearly the same.
  ///
  /// Of hashes that differ in `distance` bits, cut into `distance + 1` pieces, one piece is the
  /// same; so only hashes with a piece in common are compared.
  ///
  /// - Parameters:
  ///   - hashes: The hashes; `nil` where there is none.
  ///   - distance: In how many bits two may differ, up to `distanceLimit`.
  ///   - join: Called with the places of two that are near. Of many that are the same, each is
  ///     given with the first; a pair may be given more than once.
  /// - Complexity: O(*n* log *n*) for each piece, as long as hashes are spread evenly.
  public static func forEachPair(
    of hashes: [PerceptualHash?], within distance: Int, _ join: (Int, Int) -> Void
  ) {
    let distance = max(0, min(distance, distanceLimit))
    var firsts: [PerceptualHash: Int] = [:]
    var different: [(hash: PerceptualHash, place: Int)] = []
    for (place, hash) in hashes.enumerated() {
      guard let hash else { continue }
      if let first = firsts[hash] {
        join(first, place)
      } else {
        firsts[hash] = place
        different.append((hash, place))
      }
    }
    guard distance > 0 else { return }
    for piece in 0...distance {
      let start = piece * bitCount / (distance + 1)
      let end = (piece + 1) * bitCount / (distance + 1)
      let keys = different.map { $0.hash.bits(start..<end) }
      let order = different.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
      for (rank, index) in order.enumerated() {
        for other in order[(rank + 1)...] {
          guard keys[other] == keys[index] else { break }
          if different[index].hash.distance(to: different[other].hash) <= distance {
            join(different[index].place, different[other].place)
          }
        }
      }
    }
  }

  /// Some of the bits, at most 64 of them.
  private func bits(_ range: Range<Int>) -> UInt64 {
    var bits: UInt64 = 0
    for index in range {
      let word = index < 64 ? rows : columns
      bits = bits << 1 | (word >> UInt64(63 - index % 64)) & 1
    }
    return bits
  }
}
