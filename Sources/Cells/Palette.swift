/// The xterm palette of 256 colours.
///
/// Entries 0…15 are xterm's defaults (users redefine them), 16…231 a 6×6×6 cube with the levels
/// 0, 95, 135, 175, 215, 255, and 232…255 a grey ramp 8, 18 … 238.
public enum Palette {
  /// A palette entry's sRGB channels, each 0…255.
  public struct Entry: Hashable, Sendable {
    /// Red, 0…255.
    public let red: UInt8
    /// Green, 0…255.
    public let green: UInt8
    /// Blue, 0…255.
    public let blue: UInt8

    /// Creates an entry from its channels.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }
  }

  /// All 256 entries in order.
  public static let xterm: [Entry] = {
    let base: [(UInt8, UInt8, UInt8)] = [
      (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
      (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
      (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
      (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ]
    let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    var entries = base.map { Entry(red: $0.0, green: $0.1, blue: $0.2) }
    for red in levels {
      for green in levels {
        for blue in levels { entries.append(Entry(red: red, green: green, blue: blue)) }
      }
    }
    for step in 0..<24 {
      let grey = UInt8(8 + 10 * step)
      entries.append(Entry(red: grey, green: grey, blue: grey))
    }
    return entries
  }()

  /// The palette entry of a depth that is nearest to an sRGB colour, by squared distance.
  ///
  /// Of entries equally near it is the first.
  ///
  /// - Complexity: O(1) with 256 colours, else O(entries of the depth).
  public static func nearest(
    _ red: UInt8, _ green: UInt8, _ blue: UInt8, in depth: ColorDepth
  )
    -> UInt8
  {
    guard let indices = depth.paletteIndices else { return 0 }
    if depth == .palette256 { return nearestInCubeOrRamp(red, green, blue) }
    var best = indices.lowerBound
    var bestDistance = Int.max
    for index in indices {
      let distance = distance(index, red, green, blue)
      if distance < bestDistance {
        best = index
        bestDistance = distance
      }
    }
    return best
  }

  /// The nearest of entries 16…255: either the cube's, channel by channel, or the ramp's.
  private static func nearestInCubeOrRamp(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let cube = 16 + 36 * nearestLevel(red) + 6 * nearestLevel(green) + nearestLevel(blue)
    let sum = Int(red) + Int(green) + Int(blue)
    // The grey nearest in squared distance is the one nearest to the channels' mean, sum / 3;
    // halves go down, to the first of two equally near.
    let step = max(0, min(23, (sum - 24 + 14) / 30))
    let grey = UInt8(232 + step)
    return distance(cube, red, green, blue) <= distance(grey, red, green, blue) ? cube : grey
  }

  /// The nearest of the cube's levels 0, 95, 135, 175, 215, 255.
  private static func nearestLevel(_ channel: UInt8) -> UInt8 {
    channel <= 47 ? 0 : (channel <= 115 ? 1 : UInt8((Int(channel) - 36) / 40))
  }

  private static func distance(
    _ index: UInt8, _ red: UInt8, _ green: UInt8, _ blue: UInt8
  ) -> Int {
    let entry = xterm[Int(index)]
    return square(Int(entry.red) - Int(red)) + square(Int(entry.green) - Int(green))
      + square(Int(entry.blue) - Int(blue))
  }

  private static func square(_ value: Int) -> Int { value * value }
}
