import Cells
import Dispatch
import Glibc
import ImageCoding
import Mosaic
import Raster
import TestSupport

/// One way to draw pictures, with the figures it should reach at 120×36.
struct PictureMode {
  var name: String
  var depth: ColorDepth
  var glyphs: GlyphChoice
  var budget = ByteBudget.unlimited

  static let all = [
    PictureMode(name: "truecolor, sextants and wedges", depth: .truecolor, glyphs: .sextant),
    PictureMode(name: "truecolor, quarters and eighths", depth: .truecolor, glyphs: .quad),
    PictureMode(name: "truecolor, halves", depth: .truecolor, glyphs: .half),
    PictureMode(
      name: "truecolor, 75 kB", depth: .truecolor, glyphs: .sextant, budget: .bytes(75_000)),
    PictureMode(
      name: "truecolor, 51 kB", depth: .truecolor, glyphs: .sextant, budget: .bytes(51_000)),
    PictureMode(name: "256 colours with shades", depth: .palette256, glyphs: .all),
    PictureMode(
      name: "256 colours, 46 kB", depth: .palette256, glyphs: .sextant, budget: .bytes(46_000)),
    PictureMode(name: "16 colours", depth: .palette16, glyphs: .all),
    PictureMode(name: "no colours", depth: .mono, glyphs: .all),
  ]
}

/// A row of the table: means over the photos.
struct PictureFigures {
  var name: String
  var size: CellSize
  var noise: [Double] = []
  var similarity: [Double] = []
  var difference: [Double] = []
  var kilobytes: [Double] = []
  var decode: [Double] = []
  var fit: [Double] = []
  var encode: [Double] = []

  mutating func add(_ quality: Quality, bytes: Int) {
    noise.append(quality.noise)
    similarity.append(quality.similarity)
    difference.append(quality.difference)
    kilobytes.append(Double(bytes) / 1_000)
  }

  var cells: [String] {
    func mean(_ values: [Double], _ digits: Int) -> String {
      guard !values.isEmpty else { return "" }
      return Self.text(values.reduce(0, +) / Double(values.count), digits)
    }
    return [
      name, "\(size.columns)×\(size.rows)", mean(noise, 2), mean(similarity, 4),
      mean(difference, 2), mean(kilobytes, 1), mean(decode, 1), mean(fit, 1), mean(encode, 1),
    ]
  }

  static let titles = [
    "", "cells", "PSNR dB", "SSIM", "ΔE2000", "kB", "decode ms", "fit ms", "encode ms",
  ]

  static func text(_ value: Double, _ digits: Int) -> String {
    let scale = pow(10, Double(digits))
    let whole = Int((value * scale).rounded())
    var text = String(whole)
    guard digits > 0 else { return text }
    while text.count <= digits { text = "0" + text }
    return text.dropLast(digits) + "." + text.suffix(digits)
  }
}

/// Quality, bytes and time of pictures in every mode, and of other programs' pictures.
struct PictureBench {
  let photos: [String]
  let sizes: [CellSize]

  /// The figures of all modes and sizes.
  ///
  /// - Throws: An error if a photo can't be read.
  func measure() throws -> [PictureFigures] {
    var rows: [PictureFigures] = []
    for size in sizes {
      var figures = PictureMode.all.map { PictureFigures(name: $0.name, size: size) }
      for path in photos {
        let file = try ImageFile.open(path: path)
        let wanted = try reference(of: file, size)
        for (index, mode) in PictureMode.all.enumerated() {
          try measure(mode, file, size, wanted, into: &figures[index])
        }
      }
      rows += figures
    }
    return rows
  }

  /// The image as the whole screen shows it at best.
  func reference(of file: ImageFile, _ size: CellSize) throws -> Canvas {
    let full = try file.decode(DecodeRequest(allowsLargeMemory: true))
    return Canvas(full.picture.bitmap, width: size.columns * 8, height: size.rows * 16)
  }

  private func measure(
    _ mode: PictureMode, _ file: ImageFile, _ size: CellSize, _ wanted: Canvas,
    into figures: inout PictureFigures
  ) throws {
    let screen = ScreenCapabilities(depth: mode.depth, isUnicode: true)
    let options = MosaicOptions(screen: screen, glyphs: mode.glyphs, budget: mode.budget)
    let imageSize = file.header.uprightSize
    let viewport = Viewport(fitting: imageSize, in: size)
    let request = DecodeRequest(
      targetSize: viewport.usefulPixels,
      allowsLargeMemory: true)
    let (decoded, decode) = try Self.time { try file.decode(request) }
    // The tables that the first picture makes aren't part of the second.
    _ = decoded.picture.cells(in: viewport, with: options)
    let (grid, fit) = Self.time { decoded.picture.cells(in: viewport, with: options) }
    let (bytes, encode) = Self.time { EscapeStream(for: screen).encode(grid) }
    figures.add(Quality(of: Canvas(grid), for: wanted), bytes: bytes.count)
    figures.decode.append(decode)
    figures.fit.append(fit)
    figures.encode.append(encode)
  }

  /// Another program's pictures, as libvterm understands what it writes.
  ///
  /// - Throws: An error if a photo can't be read or the program fails.
  func measure(
    peer name: String, _ program: String, _ arguments: (CellSize) -> [String], _ size: CellSize
  ) async throws -> PictureFigures {
    var figures = PictureFigures(name: name, size: size)
    for path in photos {
      // A row more, or the last line feed would scroll.
      let terminal = try PseudoTerminal(
        program, arguments(size) + [path], environment: ["COLORTERM": "truecolor"],
        size: CellSize(columns: size.columns, rows: size.rows + 1))
      _ = try await terminal.waitForExit()
      var grid = CellGrid(size: size)
      let screen = terminal.screen.cells
      for row in 0..<size.rows {
        for column in 0..<size.columns { grid[column, row] = screen[column, row] }
      }
      let file = try ImageFile.open(path: path)
      // The terminal line adds a carriage return to each line feed.
      figures.add(
        Quality(of: Canvas(grid), for: try reference(of: file, size)),
        bytes: terminal.byteCount - size.rows)
    }
    return figures
  }

  /// What some work gives, and its processor time in milliseconds.
  static func time<Result>(_ work: () throws -> Result) rethrows -> (Result, Double) {
    let start = processorTime
    let result = try work()
    return (result, processorTime - start)
  }

  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1e6
  }
}
