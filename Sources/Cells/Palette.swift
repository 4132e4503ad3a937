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
  /// - Complexity: O(entries of the depth).
  public static func nearest(
    _ red: UInt8, _ green: UInt8, _ blue: UInt8, in depth: ColorDepth
  )
    -> UInt8
  {
    guard let indices = depth.paletteIndices else { return 0 }
    var best = indices.lowerBound
    var bestDistance = Int.max
    for index in indices {
      let entry = xterm[Int(index)]
      let distance =
        square(Int(entry.red) - Int(red)) + square(Int(entry.green) - Int(green))
        + square(Int(entry.blue) - Int(blue))
      if distance < bestDistance {
        best = index
        bestDistance = distance
      }
    }
    return best
  }

  private static func square(_ value: Int) -> Int { value * value }
}
