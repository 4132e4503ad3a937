import Raster
import TestSupport
import Testing

@Suite("Looking at a bitmap differently")
struct AdjustmentTests {
  private func row(_ pixels: [[UInt8]], hasAlpha: Bool = false) -> Bitmap {
    Bitmap(
      size: PixelSize(width: pixels.count, height: 1), channels: pixels.flatMap { $0 },
      hasAlpha: hasAlpha)
  }

  private var ramp: Bitmap { row((0...255).map { [$0, $0, $0, 255] }) }

  @Test("nothing asked, nothing changed")
  func identity() {
    #expect(ramp.adjusted(by: Adjustment()) == ramp)
    // The table itself is the identity too, not only the shortcut around it.
    let nearly = Adjustment(gamma: 1.000_000_1)
    #expect(ramp.adjusted(by: nearly) == ramp)
  }

  @Test(
    "levels rise, fall and spread",
    arguments: [
      (Adjustment(brightness: 20), [51, 179, 255]), (Adjustment(brightness: -20), [0, 77, 204]),
      (Adjustment(contrast: 50), [0, 129, 255]), (Adjustment(contrast: -50), [64, 128, 191]),
      (Adjustment(contrast: -100), [128, 128, 128]), (Adjustment(gamma: 2), [0, 181, 255]),
      (Adjustment(brightness: 1000, gamma: .nan), [255, 255, 255]),
    ])
  func levels(adjustment: Adjustment, expected: [UInt8]) {
    let result = row([0, 128, 255].map { [$0, $0, $0, 7] }, hasAlpha: true)
      .adjusted(by: adjustment)
    #expect([0, 4, 8].map { result.channels[$0] } == expected)
    #expect(result.channels[3] == 7)
  }

  @Test("equalising spreads a narrow range over the whole one")
  func equalize() {
    let narrow = row((100..<116).map { [$0, $0, $0, 255] })
    let result = narrow.adjusted(by: Adjustment(equalize: true))
    let levels = stride(from: 0, to: 64, by: 4).map { Int(result.channels[$0]) }
    #expect(levels == (0..<16).map { $0 * 17 })
  }

  @Test("a part is equalised as the whole that it is of")
  func equalizePart() {
    let whole = row((100..<116).map { [$0, $0, $0, 255] })
    let part = row((104..<108).map { [$0, $0, $0, 255] })
    let result = part.adjusted(by: Adjustment(equalize: true), asPartOf: whole)
    #expect([0, 4, 8, 12].map { result.channels[$0] } == [68, 85, 102, 119])
  }

  @Test("equalising keeps the order of the channels and leaves a flat image alone")
  func hue() {
    let flat = row([[90, 20, 200, 255], [90, 20, 200, 255]])
    #expect(flat.adjusted(by: Adjustment(equalize: true)) == flat)
    var generator = SeededGenerator(seed: 5)
    let pixels = (0..<500).map { _ -> [UInt8] in
      (0..<3).map { _ in UInt8.random(in: 0...255, using: &generator) } + [255]
    }
    let result = row(pixels).adjusted(by: Adjustment(equalize: true))
    for (index, pixel) in pixels.enumerated() {
      let after = Array(result.channels[4 * index..<4 * index + 3])
      for (low, high) in [(0, 1), (1, 2), (0, 2)] where pixel[low] < pixel[high] {
        #expect(after[low] <= after[high])
      }
    }
  }

  @Test("a backdrop shows through")
  func composited() {
    let white = PixelColor(red: 255, green: 255, blue: 255)
    let black = PixelColor(red: 0, green: 0, blue: 0)
    let glass = row([[200, 0, 0, 0], [200, 0, 0, 128], [200, 0, 0, 255]], hasAlpha: true)
    let onWhite = glass.composited(over: .color(white))
    #expect(onWhite.channels == [255, 255, 255, 255, 227, 127, 127, 255, 200, 0, 0, 255])
    #expect(!onWhite.hasAlpha)
    let clear = row(Array(repeating: [0, 0, 0, 0], count: 4), hasAlpha: true)
    let checked = clear.composited(over: .checker(white, black, side: 2))
    #expect([0, 4, 8, 12].map { checked.channels[$0] } == [255, 255, 0, 0])
  }
}
