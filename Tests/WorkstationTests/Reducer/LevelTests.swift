import Testing

@testable import Workstation

@Suite("One level back, cancelling, unknown keys")
struct LevelTests {
  @Test("Esc and q go back a level at a time, at the top they quit", arguments: ["Esc", "q"])
  func levels(key: String) throws {
    var bench = try Bench("100×80 | RBC 1,1 2×2\n100×80")
    try bench.run("/ \"boxes>0\" Enter Tab e ? \(key)")
    #expect(bench.state.overlay == nil && bench.state.draft != nil)
    try bench.run(key)
    #expect(bench.state.draft == nil && bench.state.canvas.selection == 0)
    try bench.run(key)
    #expect(bench.state.canvas.selection == nil && bench.state.queue.filterText == "boxes>0")
    try bench.run(key)
    #expect(bench.state.queue.filterText == "" && !bench.state.isFinished)
    try bench.run(key)
    #expect(bench.state.isFinished)
  }

  @Test("Ctrl+C cancels, twice quits")
  func cancel() throws {
    var bench = try Bench("100×80 | RBC 1,1 2×2")
    try bench.run("w l Ctrl+C")
    #expect(bench.state.draft == nil && !bench.state.isFinished)
    try bench.run("Ctrl+C")
    #expect(bench.state.isFinished)
  }

  @Test(
    "with anything between, the second Ctrl+C is a first",
    arguments: ["l", "F9", "<click 9,9>", ": Esc", "g Esc", "<paste x>", "' Esc"])
  func notTwice(between: String) throws {
    var bench = try Bench("100×80 | RBC 1,1 2×2")
    try bench.run("Ctrl+C \(between) Ctrl+C")
    #expect(!bench.state.isFinished)
    try bench.run("Ctrl+C")
    #expect(bench.state.isFinished)
  }

  @Test(
    "Ctrl+C leaves every overlay", arguments: ["?", "i", "t", "'", ":", "/", "c", "f", "g 1", "g"])
  func cancelsOverlay(key: String) throws {
    var bench = try Bench("100×80")
    try bench.run("\(key) Ctrl+C")
    #expect(bench.state.keyContext == .image && bench.state.pendingKeys.isEmpty)
    #expect(!bench.state.isFinished)
  }

  @Test("a key without a meaning is named; the start of a binding shows")
  func unknown() throws {
    var bench = try Bench("100×80")
    try bench.run("F9")
    #expect(bench.message == "F9 does nothing here; ? shows the keys")
    try bench.run("Alt+x")
    #expect(bench.message.hasPrefix("Alt+x does nothing"))
    try bench.run("g")
    #expect(bench.message == "g…")
    try bench.run("x")
    #expect(bench.take() == "")
    try bench.run("d")
    #expect(bench.message == "this is the last image")
  }

  @Test("help and info scroll; a key for something else leaves them", arguments: ["?", "i"])
  func reading(key: String) throws {
    var bench = try Bench("100×80 | flag: a")
    func scroll() -> Int? {
      switch bench.state.overlay {
      case .help(let scroll, _), .info(let scroll): scroll
      default: nil
      }
    }
    try bench.run(key)
    let last = max(0, bench.state.readingLines.count - 19)
    for keys in [
      "j", "J", "Space", "G", "k", "K", "g g", "d", "a", "<wheel-down 9,9>", "G <wheel-down 9,9>",
    ] {
      try bench.run(keys)
      let now = try #require(scroll(), "\(keys)")
      #expect((0...last).contains(now), "\(keys): \(now) of \(last)")
    }
    #expect(bench.take() == "")
    try bench.run("w")
    #expect(scroll() != nil && bench.message == "w does nothing here; ? shows the keys")
    try bench.run("Tab")
    #expect(scroll() == nil)
  }
}
