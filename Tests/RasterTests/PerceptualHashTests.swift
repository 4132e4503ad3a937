import Raster
import TestSupport
import Testing

@Suite("Perceptual hashes")
struct PerceptualHashTests {
  /// A picture of smooth hills, different for each seed.
  private func picture(_ seed: UInt64, size: PixelSize, brightness: Int = 0) -> Bitmap {
    var random = SeededGenerator(seed: seed)
    let heights = (0..<36).map { _ in Double(Int.random(in: 20...200, using: &random)) }
    var channels: [UInt8] = []
    for y in 0..<size.height {
      for x in 0..<size.width {
        let (u, v) = (
          Double(x) / Double(size.width) * 5, Double(y) / Double(size.height) * 5
        )
        let (column, row) = (min(4, Int(u)), min(4, Int(v)))
        let (s, t) = (u - Double(column), v - Double(row))
        let top = heights[row * 6 + column] * (1 - s) + heights[row * 6 + column + 1] * s
        let bottom = heights[row * 6 + 6 + column] * (1 - s) + heights[row * 6 + 7 + column] * s
        let level = UInt8(clamping: Int(top * (1 - t) + bottom * t) + brightness)
        channels += [level, level, level, 255]
      }
    }
    return Bitmap(size: size, channels: channels)
  }

  @Test("is nearly the same at another size and brightness, and far for another picture")
  func likeness() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let large = try #require(
        PerceptualHash(picture(seed, size: PixelSize(width: 160, height: 120))))
      let small = try #require(
        PerceptualHash(picture(seed, size: PixelSize(width: 90, height: 72), brightness: 12)))
      let other = try #require(
        PerceptualHash(picture(seed + 100, size: PixelSize(width: 160, height: 120))))
      #expect(large.distance(to: small) <= 12)
      #expect(large.distance(to: other) > 24)
    }
  }

  @Test("has known bits for a slope, and none for a flat or a tiny picture")
  func bits() {
    var slope: [UInt8] = []
    for _ in 0..<16 { for x in 0..<18 { slope += [UInt8(x * 10), UInt8(x * 10), 0, 255] } }
    let hash = PerceptualHash(Bitmap(size: PixelSize(width: 18, height: 16), channels: slope))
    #expect(hash == PerceptualHash(rows: .max, columns: 0))
    let dot = Bitmap(size: PixelSize(width: 1, height: 1), channels: [9, 9, 9, 255])
    #expect(PerceptualHash(dot) == PerceptualHash(rows: 0, columns: 0))
    #expect(PerceptualHash(Bitmap(size: PixelSize(width: 0, height: 0), channels: [])) == nil)
  }

  @Test("finds every pair that is near, and no other", arguments: [0, 1, 5, 8, 15])
  func neighbours(_ distance: Int) {
    var random = SeededGenerator(for: "near hashes")
    var hashes: [PerceptualHash?] = [nil]
    for _ in 0..<60 {
      let base = PerceptualHash(rows: random.next(), columns: random.next())
      hashes.append(base)
      for _ in 0..<3 {
        var (rows, columns) = (base.rows, base.columns)
        for _ in 0..<Int.random(in: 0...18, using: &random) {
          let bit = UInt64.random(in: 0..<64, using: &random)
          if Bool.random(using: &random) { rows ^= 1 << bit } else { columns ^= 1 << bit }
        }
        hashes.append(PerceptualHash(rows: rows, columns: columns))
      }
    }
    // Whatever joins them, what is near must end in one group.
    var groups = Array(hashes.indices)
    PerceptualHash.forEachPair(of: hashes, within: distance) { first, second in
      #expect(
        hashes[first].flatMap { a in hashes[second].map { a.distance(to: $0) } } ?? 99 <= distance)
      let (old, new) = (groups[second], groups[first])
      for place in groups.indices where groups[place] == old { groups[place] = new }
    }
    for (place, first) in hashes.enumerated() {
      for (other, second) in hashes.enumerated() where other > place {
        guard let first, let second, first.distance(to: second) <= distance else { continue }
        #expect(groups[place] == groups[other])
      }
    }
  }
}
