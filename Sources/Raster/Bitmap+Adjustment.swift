extension Bitmap {
  /// The bitmap as an adjustment shows it; opacity stays.
  ///
  /// - Parameters:
  ///   - adjustment: What to change.
  ///   - whole: The image of which this is a part: equalising spreads the brightnesses that occur
  ///     in it, so that each part of an image looks as it does in the whole; nil for this bitmap.
  /// - Returns: The bitmap, changed.
  /// - Complexity: O(pixels).
  public func adjusted(by adjustment: Adjustment, asPartOf whole: Bitmap? = nil) -> Bitmap {
    guard !adjustment.isIdentity else { return self }
    var result = self
    if adjustment.equalize { result.equalize(to: (whole ?? self).equalizedLevels()) }
    let levels = adjustment.levels
    result.channels.withUnsafeMutableBufferPointer { bytes in
      for index in stride(from: 0, to: bytes.count, by: 4) {
        bytes[index] = levels[Int(bytes[index])]
        bytes[index + 1] = levels[Int(bytes[index + 1])]
        bytes[index + 2] = levels[Int(bytes[index + 2])]
      }
    }
    return result
  }

  /// Spreads the brightnesses of the visible pixels evenly over the whole range.
  ///
  /// A pixel's three channels move together, so its hue stays; where that would leave the range,
  /// the pixel becomes greyer rather than another colour.
  private mutating func equalize(to levels: [Int]) {
    channels.withUnsafeMutableBufferPointer { bytes in
      for index in stride(from: 0, to: bytes.count, by: 4) {
        let red = Int(bytes[index])
        let green = Int(bytes[index + 1])
        let blue = Int(bytes[index + 2])
        let luma = Self.luma(bytes[index], bytes[index + 1], bytes[index + 2])
        let target = levels[luma]
        let highest = max(red, green, blue) - luma
        let lowest = luma - min(red, green, blue)
        var share = 1.0
        if target + highest > 255 { share = Double(255 - target) / Double(highest) }
        if target - lowest < 0 { share = min(share, Double(target) / Double(lowest)) }
        bytes[index] = Self.channel(target, share, red - luma)
        bytes[index + 1] = Self.channel(target, share, green - luma)
        bytes[index + 2] = Self.channel(target, share, blue - luma)
      }
    }
  }

  private static func channel(_ luma: Int, _ share: Double, _ difference: Int) -> UInt8 {
    UInt8(max(0, min(255, (Double(luma) + share * Double(difference)).rounded())))
  }

  /// What becomes of each luma: its share of the visible pixels at most as bright.
  private func equalizedLevels() -> [Int] {
    var histogram = [Int](repeating: 0, count: 256)
    channels.withUnsafeBufferPointer { bytes in
      for index in stride(from: 0, to: bytes.count, by: 4) where bytes[index + 3] > 0 {
        histogram[Self.luma(bytes[index], bytes[index + 1], bytes[index + 2])] += 1
      }
    }
    let total = histogram.reduce(0, +)
    // The darkest level that occurs becomes black; an image of one level stays as it is.
    let darkest = histogram.first { $0 > 0 } ?? 0
    let others = total - darkest
    guard others > 0 else { return Array(0...255) }
    var sum = 0
    return histogram.map { count in
      sum += count
      return max(0, (255 * (sum - darkest) + others / 2) / others)
    }
  }

  /// Brightness by the weights of ITU-R BT.601, 0 … 255.
  private static func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
    (19_595 * Int(red) + 38_470 * Int(green) + 7471 * Int(blue) + 32_768) >> 16
  }
}
