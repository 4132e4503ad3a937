import Glibc

/// A change to how an image looks on the screen, for eyes only: no file and no box knows of it.
public struct Adjustment: Hashable, Sendable {
  /// Levels added to each channel, as a percentage of the full range: -100 … 100.
  public var brightness: Int
  /// How much further from, or nearer to, middle grey each channel goes: -100 (flat) … 100.
  public var contrast: Int
  /// Whether the brightnesses that occur are spread evenly over the range, before all else.
  public var equalize: Bool
  /// The exponent's inverse: above 1 lifts the shadows, below 1 deepens them; from 0.1 to 10.
  public var gamma: Double

  /// Creates an adjustment; without arguments, the one that changes nothing.
  public init(
    brightness: Int = 0, contrast: Int = 0, equalize: Bool = false, gamma: Double = 1
  ) {
    self.brightness = brightness
    self.contrast = contrast
    self.equalize = equalize
    self.gamma = gamma
  }

  /// Whether the adjustment changes nothing.
  public var isIdentity: Bool { self == Adjustment() }

  /// What becomes of each level of a channel, `equalize` aside: gamma, then contrast, then
  /// brightness.
  var levels: [UInt8] {
    let gamma = gamma.isFinite ? max(0.1, min(10, gamma)) : 1
    let contrast = Double(max(-100, min(100, contrast))) / 100
    // The slope about middle grey: 0 at -100, 1 at 0, 2 at 50, a threshold at 100.
    let slope = contrast < 0 ? 1 + contrast : 1 / max(0.01, 1 - contrast)
    let offset = Double(max(-100, min(100, brightness))) * 2.55
    return (0...255).map { level in
      let lifted = gamma == 1 ? Double(level) : 255 * pow(Double(level) / 255, 1 / gamma)
      let value = (lifted - 127.5) * slope + 127.5 + offset
      return UInt8(max(0, min(255, value.rounded())))
    }
  }
}
