import Cells
import Glibc
import Mosaic
import TestSupport
import Testing

/// A slow line, by the bytes that it would carry: what 1 Mbit/s brings in 0.4 s is 50,000 bytes.
@Suite("Bandwidth", .onTerminal) struct BandwidthTests {
  private static let screen = CellSize(columns: 120, rows: 36)
  private static let lineBytes = 50_000
  // 93×31 cells beside the panels and below the header, 8×16 pixels each.
  private static let pane = CellRect(left: 1, top: 2, columns: 93, rows: 31)
  private static let width = 744
  private static let height = 496

  /// Waves, edges and grain: no two cells alike.
  private static func pixel(_ image: Int, _ x: Int, _ y: Int) -> PNG.Pixel {
    let (u, v) = (Double(x) / 31, Double(y) / 23)
    let wave = sin(u + Double(image) * 2) * cos(v - u / 3)
    let edge = (x / 61 + y / 47 + image) % 3 == 0 ? 40.0 : 0
    let grain = Double((x &* 7_919 &+ y &* 104_729 &+ image) % 17) - 8
    func channel(_ base: Double, _ share: Double) -> UInt8 {
      UInt8(max(0, min(255, base + share * wave + edge + grain)))
    }
    return (channel(110, 80), channel(100, -60), channel(120, 50))
  }

  private func folder() throws -> Folder {
    let folder = try Folder()
    for image in 0..<3 {
      try folder.write(
        PNG.encode(width: Self.width, height: Self.height) { Self.pixel(image, $0, $1) },
        to: "photos/\(image).png")
    }
    return folder
  }

  /// What the screen shows once so many bytes have come.
  private func screen(after bytes: [UInt8], in folder: Folder) async throws -> CellGrid {
    try folder.write(bytes, to: "bytes")
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", "stty raw && cat bytes"], folder: folder.path, size: Self.screen)
    _ = try await terminal.waitForExit()
    return terminal.screen.cells
  }

  /// The noise in decibels against an image, of the whole pane.
  private func quality(_ screen: CellGrid, _ image: Int) -> Double {
    let shares = Dictionary(
      GlyphSet.quad.glyphs.map { ($0.scalar, $0.coverage.subcells) },
      uniquingKeysWith: { first, _ in first })
    var sum = 0.0
    for row in 0..<Self.pane.rows {
      for column in 0..<Self.pane.columns {
        let cell = screen[Self.pane.left + column, Self.pane.top + row]
        let (inner, outer) = (cell.style.foreground.channels, cell.style.background.channels)
        let coverage = shares[cell.glyph]
        for place in 0..<128 {
          let wanted = Self.pixel(image, column * 8 + place % 8, row * 16 + place / 8)
          let share = Double(coverage?[place] ?? 0)
          for (one, other, channel) in [
            (inner.0, outer.0, wanted.red), (inner.1, outer.1, wanted.green),
            (inner.2, outer.2, wanted.blue),
          ] {
            let off = other + (one - other) * share - Double(channel)
            sum += off * off
          }
        }
      }
    }
    let count = Double(Self.pane.rows * Self.pane.columns * 128 * 3)
    return 10 * log10(255 * 255 * count / max(1, sum))
  }

  @Test("the next image can be told within what a slow line carries in 0.4 s, and becomes sharp")
  func coarseFirst() async throws {
    let folder = try folder()
    let sitting = try Sitting(
      folder, "label", "photos", "--labels", "cat", "--bandwidth", "31", size: Self.screen)
    try await sitting.see("1/3", "744×496")
    // At rest, so that what follows is the next image alone.
    try await sitting.terminal.waitUntil("a sharp picture") { quality($0.cells, 0) > 26 }
    let before = sitting.terminal.byteCount
    sitting.type("d:zz")
    try await sitting.see("2/3", ":zz")
    // The rest comes when nothing else is to be done: in all more than the line carries at once.
    try await sitting.terminal.waitUntil("a sharp picture") {
      sitting.terminal.byteCount > before + Self.lineBytes && quality($0.cells, 1) > 26
    }
    let output = sitting.terminal.output
    let early = Array(output.prefix(before + Self.lineBytes))
    let coarse = try await screen(after: early, in: folder)
    #expect(quality(coarse, 1) >= 20)
    // Keys typed after it were acted on meanwhile.
    #expect(coarse.description.contains(":zz"))
    sitting.press(Key(.escape))
    try await sitting.seeNo(":zz")
    try await sitting.quit()
  }

  @Test("without a limit the best picture comes at once")
  func unlimited() async throws {
    let folder = try folder()
    let sitting = try Sitting(
      folder, "label", "photos", "--labels", "cat", "--bandwidth", "off", size: Self.screen)
    try await sitting.see("1/3", "744×496")
    #expect(quality(sitting.terminal.screen.cells, 0) > 26)
    try await sitting.quit()
  }

  @Test("show keeps to what it is given")
  func show() async throws {
    let folder = try folder()
    func bytes(_ options: String...) throws -> Int {
      let run = try Run(
        folder, ["show", "--color", "truecolor", "--size", "60x20"] + options + ["photos/0.png"])
      #expect(run.code == 0)
      return run.output.count
    }
    #expect(try bytes() > 25_000)
    #expect(try bytes("--bandwidth", "off") > 25_000)
    #expect(try bytes("--bandwidth", "12") <= 12_000)
    #expect(try bytes("--bandwidth", "5", "--color", "256") <= 5_000)
    let wrong = try Run(folder, ["show", "--bandwidth", "lots", "photos/0.png"])
    #expect(wrong.code == 64)
  }
}

extension Color {
  /// The channels, 0…255; black for the terminal's own.
  fileprivate var channels: (Double, Double, Double) {
    guard case .rgb(let red, let green, let blue) = self else { return (0, 0, 0) }
    return (Double(red), Double(green), Double(blue))
  }
}
