import Cells
import GroundTruth
import Mosaic
import Raster
import Testing

@testable import Workstation

@Suite("Bandwidth") struct BandwidthTests {
  /// A state with a picture in which no two cells are alike.
  private func bench(_ bandwidth: Bandwidth, isRemote: Bool = false) throws -> Bench {
    var bench = try Bench("100×80? | RBC 10,20 30×40") {
      $0.glyphs = .quad
      $0.bandwidth = bandwidth
      $0.isRemote = isRemote
    }
    show(on: &bench)
    return bench
  }

  private func show(on bench: inout Bench) {
    let size = PixelSize(width: 100, height: 80)
    let channels = (0..<size.area).flatMap { index -> [UInt8] in
      let (x, y) = (index % 100, index / 100)
      return [UInt8(x * 37 % 200 + 20), UInt8(y * 53 % 200 + 20), UInt8((x + y) % 256), 255]
    }
    let picture = Picture(
      bitmap: Bitmap(size: size, channels: channels), region: Region(size), imageSize: size)
    let facts = ImageFacts(storedSize: size, orientation: .upright)
    for request in bench.wants.last ?? [] {
      bench.reduce(.picture(request, .loaded(picture, facts)))
    }
  }

  private func bytes(_ bench: Bench, over shown: CellGrid? = nil) throws -> Double {
    let options = MosaicOptions(
      screen: bench.state.settings.capabilities, glyphs: .quad, stream: .curses)
    return FrameBytes(of: options, over: shown)(try #require(bench.state.canvas.backdrop))
  }

  @Test("a small budget gives a coarse picture, pauses make it as sharp as any, a budget at a time")
  func sharpening() throws {
    let best = try #require(try bench(.off).state.canvas.backdrop)
    var bench = try bench(.kilobytes(8))
    #expect(try bytes(bench) <= 8_000)
    #expect(bench.state.canvas.backdrop != best)
    #expect(bench.state.patience == .milliseconds(250))
    var pauses = 0
    while bench.state.canvas.sharpening != nil, pauses < 99 {
      let before = bench.state.canvas.backdrop
      bench.reduce(.pause)
      pauses += 1
      #expect(try bytes(bench, over: before) <= 8_000)
    }
    #expect(pauses > 1)
    #expect(bench.state.canvas.backdrop == best)
    #expect(bench.state.patience == nil)
  }

  @Test("moving on makes the next picture coarse again, and no pause is lost for it")
  func moving() throws {
    var bench = try bench(.kilobytes(8))
    bench.reduce(.pause)
    bench.reduce(.input(.key(.character("+"))))
    #expect(bench.state.canvas.sharpening?.goal == nil)
    #expect(bench.state.canvas.sharpening != nil)
    // What was nudged settles all the same, after the picture.
    try bench.run("Tab l")
    for _ in 0..<99 where bench.state.canvas.sharpening != nil { bench.reduce(.pause) }
    #expect(bench.state.nudge != nil)
    bench.reduce(.pause)
    #expect(bench.state.nudge == nil)
  }

  @Test("no rows are added to what is still on its way, and what waits for a pause is done")
  func behind() throws {
    var bench = try bench(.kilobytes(8))
    bench.reduce(.link(isBehind: true))
    let coarse = bench.state.canvas.backdrop
    #expect(bench.state.patience == .seconds(5))
    try bench.run("Tab l")
    #expect(bench.state.patience == .milliseconds(400))
    bench.reduce(.pause)
    #expect(bench.state.nudge == nil)
    #expect(bench.state.canvas.backdrop == coarse)
    bench.reduce(.link(isBehind: false))
    #expect(bench.state.patience == .milliseconds(250))
    bench.reduce(.pause)
    #expect(bench.state.canvas.backdrop != coarse)
  }

  @Test("auto goes by what the link carried, and by where the terminal is until then")
  func auto() throws {
    var bench = try bench(.auto)
    #expect(bench.state.frameBudget == nil)
    bench.reduce(.drained(bytesPerSecond: 125_000))
    #expect(bench.state.frameBudget == 31_250)
    bench.reduce(.drained(bytesPerSecond: 10))
    #expect(bench.state.frameBudget == 4_000)
    bench.reduce(.drained(bytesPerSecond: 5e6))
    #expect(bench.state.frameBudget == nil)
    #expect(try self.bench(.auto, isRemote: true).state.frameBudget == 30_000)
    bench.reduce(.drained(bytesPerSecond: 125_000))
    try bench.run(": \"bandwidth off\" Enter")
    #expect(bench.state.frameBudget == nil)
    try bench.run(": \"bandwidth 12\" Enter")
    #expect(bench.state.frameBudget == 12_000)
    try bench.run(": \"bandwidth much\" Enter")
    #expect(bench.state.settings.bandwidth == .kilobytes(12))
    #expect(bench.state.message?.text.contains("write :bandwidth KB|auto|off") == true)
  }

  @Test("words that mean a bandwidth, and words that don't")
  func words() {
    for text in ["auto", "off", "1", "100000"] { #expect(Bandwidth(text)?.description == text) }
    for text in ["", "0", "-5", "100001", "fast", "1.5"] { #expect(Bandwidth(text) == nil) }
  }
}
