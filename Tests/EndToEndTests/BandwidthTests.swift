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

  @Test("over a slow line the next image can be told in 0.4 s, keys are answered, all gets sharp")
  func coarseFirst() async throws {
    let folder = try folder()
    let sitting = try await atRest(in: folder)
    let terminal = sitting.terminal
    let before = terminal.byteCount
    terminal.letThrough(0)
    sitting.type("d")
    // A third of the frame is through when more is typed.
    terminal.letThrough(10_000)
    try await carried(10_000, since: before, by: terminal)
    #expect(quality(terminal.screen.cells, 1) < 20)
    sitting.type(":zz")
    // The answer comes right behind the frame: the rest of the picture waits for a line at rest.
    terminal.letThrough(Self.frameBytes - 10_000)
    try await terminal.waitUntil("the answer", timeout: Self.patience) { $0.contains(":zz") }
    #expect(terminal.byteCount - before <= Self.frameBytes)
    terminal.letThrough(Self.lineBytes - (terminal.byteCount - before))
    try await carried(Self.lineBytes, since: before, by: terminal)
    #expect(quality(terminal.screen.cells, 1) >= 20)
    terminal.letThrough(nil)
    try await terminal.waitUntil("a sharp picture", timeout: Self.patience) {
      quality($0.cells, 1) > 26
    }
    sitting.press(Key(.escape))
    try await sitting.seeNo(":zz")
    try await sitting.quit()
  }

  @Test("keys typed while the line is full skip what they make needless")
  func fullLine() async throws {
    let folder = try folder()
    let sitting = try await atRest(in: folder)
    let terminal = sitting.terminal
    let before = terminal.byteCount
    terminal.letThrough(0)
    // More frames than the line's buffer holds: the program has to wait for the line.
    for (count, key) in zip(1..., ["d", "a", "d"]) {
      sitting.type(key)
      terminal.letThrough(1_000)
      try await carried(1_000 * count, since: before, by: terminal)
    }
    // Of each key at most the coarse frame was sent, and the last one is shown.
    terminal.letThrough(3 * Self.frameBytes - 3_000)
    try await terminal.waitUntil("the second image", timeout: Self.patience) {
      $0.contains("2/3") && quality($0.cells, 1) >= 20
    }
    terminal.letThrough(nil)
    try await terminal.waitUntil("a sharp picture", timeout: Self.patience) {
      quality($0.cells, 1) > 26
    }
    try await sitting.quit()
  }

  /// What a coarse frame takes at most: the picture, and what stands around it.
  private static let frameBytes = 34_000
  /// Fitting a picture to a budget takes long without optimisation.
  private static let patience = Duration.seconds(60)

  /// At the first image when it is as sharp as any and the second is there: what follows is that
  /// alone.
  private func atRest(in folder: Folder) async throws -> Sitting {
    let free = try start("off", in: folder)
    let sharp = try await free.terminal.waitUntil("a picture", timeout: Self.patience) {
      $0.contains("744×496") && quality($0.cells, 0) > 26
    }
    try await free.quit()
    let sitting = try start("31", in: folder)
    try await sitting.terminal.waitUntil("a picture", timeout: Self.patience) {
      quality($0.cells, 0) >= 20
    }
    sitting.type("d")
    try await sitting.terminal.waitUntil("the second image", timeout: Self.patience) {
      quality($0.cells, 1) >= 20
    }
    sitting.type("a")
    try await sitting.terminal.waitUntil("a sharp picture", timeout: Self.patience) {
      pane(of: $0.cells) == pane(of: sharp.cells)
    }
    return sitting
  }

  private func start(_ bandwidth: String, in folder: Folder) throws -> Sitting {
    try Sitting(
      folder, "label", "photos", "--labels", "cat", "--bandwidth", bandwidth, size: Self.screen)
  }

  private func pane(of screen: CellGrid) -> [Cell] {
    (0..<Self.pane.rows).flatMap { row in
      (0..<Self.pane.columns).map { screen[Self.pane.left + $0, Self.pane.top + row] }
    }
  }

  private func carried(
    _ count: Int, since before: Int, by terminal: PseudoTerminal
  ) async throws {
    // Within a frame, which no screen is waited for in.
    let end = ContinuousClock.now + Self.patience
    while terminal.byteCount < before + count {
      try #require(ContinuousClock.now < end, "\(terminal.byteCount - before) of \(count) bytes")
      try await Task.sleep(for: .milliseconds(1))
    }
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
    func bytes(_ options: String...) async throws -> Int {
      let run = try await Run(
        folder, ["show", "--color", "truecolor", "--size", "60x20"] + options + ["photos/0.png"])
      #expect(run.code == 0)
      return run.output.count
    }
    #expect(try await bytes() > 25_000)
    #expect(try await bytes("--bandwidth", "off") > 25_000)
    #expect(try await bytes("--bandwidth", "12") <= 12_000)
    #expect(try await bytes("--bandwidth", "5", "--color", "256") <= 5_000)
    let wrong = try await Run(folder, ["show", "--bandwidth", "lots", "photos/0.png"])
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
