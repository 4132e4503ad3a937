/// What shows through where an image is not opaque.
public enum Backdrop: Hashable, Sendable {
  /// One colour.
  case color(PixelColor)
  /// Squares of two colours, the first in the top-left corner, with sides of so many pixels.
  case checker(PixelColor, PixelColor, side: Int)

  /// The colour behind a pixel.
  public func color(column: Int, row: Int) -> PixelColor {
    switch self {
    case .color(let color):
      return color
    case .checker(let even, let odd, let side):
      let side = max(1, side)
      return (column / side + row / side).isMultiple(of: 2) ? even : odd
    }
  }
}

/// An opaque sRGB colour, 8 bits a channel.
public struct PixelColor: Hashable, Sendable {
  /// Red.
  public var red: UInt8
  /// Green.
  public var green: UInt8
  /// Blue.
  public var blue: UInt8

  /// Creates a colour.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

extension Bitmap {
  /// The bitmap laid over a backdrop: every pixel opaque.
  ///
  /// - Complexity: O(pixels); O(1) for a bitmap without transparency.
  public func composited(over backdrop: Backdrop) -> Bitmap {
    guard hasAlpha else { return self }
    var result = self
    result.hasAlpha = false
    result.channels.withUnsafeMutableBufferPointer { bytes in
      var index = 0
      for row in 0..<size.height {
        for column in 0..<size.width {
          let alpha = Int(bytes[index + 3])
          if alpha < 255 {
            let behind = backdrop.color(column: column, row: row)
            bytes[index] = Self.blend(bytes[index], alpha, behind.red)
            bytes[index + 1] = Self.blend(bytes[index + 1], alpha, behind.green)
            bytes[index + 2] = Self.blend(bytes[index + 2], alpha, behind.blue)
            bytes[index + 3] = 255
          }
          index += 4
        }
      }
    }
    return result
  }

  private static func blend(_ front: UInt8, _ alpha: Int, _ behind: UInt8) -> UInt8 {
    UInt8((Int(front) * alpha + Int(behind) * (255 - alpha) + 127) / 255)
  }
}
