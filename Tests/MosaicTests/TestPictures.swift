import Cells
import Mosaic
import Raster
import TestSupport

extension Picture {
  /// A picture of a whole image, from a function of the pixel.
  init(
    width: Int, height: Int, hasAlpha: Bool = false,
    _ pixel: (_ x: Int, _ y: Int) -> SIMD4<UInt8>
  ) {
    let size = PixelSize(width: width, height: height)
    var channels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let color = pixel(x, y)
        channels += [color.x, color.y, color.z, color.w]
      }
    }
    self.init(
      bitmap: Bitmap(size: size, channels: channels, hasAlpha: hasAlpha), region: Region(size),
      imageSize: size)
  }

  /// The whole image as cells.
  func cells(columns: Int, rows: Int, with options: MosaicOptions = MosaicOptions()) -> CellGrid {
    let viewport = Viewport(fitting: imageSize, in: CellSize(columns: columns, rows: rows))
    return cells(in: viewport, with: options)
  }

  /// A picture of noise.
  static func noise(width: Int, height: Int, seed: UInt64) -> Picture {
    var random = SeededGenerator(seed: seed)
    return Picture(width: width, height: height) { _, _ in
      SIMD4(
        .random(in: 0...255, using: &random), .random(in: 0...255, using: &random),
        .random(in: 0...255, using: &random), 255)
    }
  }
}

extension MosaicOptions {
  init(_ depth: ColorDepth, _ glyphs: GlyphChoice = .auto, isUnicode: Bool = true) {
    self.init(
      screen: ScreenCapabilities(depth: depth, isUnicode: isUnicode), glyphs: glyphs,
      ground: .solid(0, 0, 0))
  }
}

extension Color {
  /// The sRGB channels; `nil` for the terminal's own.
  var channels: SIMD4<UInt8>? {
    switch self {
    case .standard: return nil
    case .indexed(let index):
      let entry = Palette.xterm[Int(index)]
      return SIMD4(entry.red, entry.green, entry.blue, 255)
    case .rgb(let red, let green, let blue): return SIMD4(red, green, blue, 255)
    }
  }
}

extension GlyphSet {
  /// The glyph of a character: tests take characters as arguments, which are shorter to print.
  func glyph(_ scalar: Unicode.Scalar) -> Glyph? { glyphs.first { $0.scalar == scalar } }
}
