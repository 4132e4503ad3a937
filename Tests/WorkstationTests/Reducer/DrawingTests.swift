import GroundTruth
import Testing

@testable import Workstation

@Suite("Drawing and editing boxes")
struct DrawingTests {
  @Test("a box is set by Enter, or by the key that began it", arguments: ["w", "n", "v"])
  func draw(key: String) throws {
    try expect(
      "100×80", "\(key) L J Enter", "100×80 | RBC 50,40 20×40*", effects: "draw RBC")
    try expect(
      "100×80", "\(key) L J \(key)", "100×80 | RBC 50,40 20×40*", effects: "draw RBC")
  }

  @Test("a digit sets class and box at once, and the next box's class")
  func digit() throws {
    try expect(
      "100×80", "w L J 2", "100×80 | WBC 50,40 20×40*", effects: "draw WBC")
    try expect(
      "100×80", "w L J 3 Esc w H K w",
      "100×80 | Platelets 50,40 20×40 | Platelets 50,40 20×40*",
      effects: "draw Platelets, draw Platelets")
    try expect(
      "100×80", "w L J 9", "100×80 | draft 50,40 20×40")
  }

  @Test("the class chosen before counts")
  func nextLabel() throws {
    try expect("100×80", "2 w l j w", "100×80 | WBC 50,40 2×4*", effects: "draw WBC")
  }

  @Test("nothing is set without extent", arguments: ["w Enter", "w l Enter", "w j w", "w L 1"])
  func noExtent(keys: String) throws {
    var bench = try Bench("100×80")
    try bench.run(keys)
    #expect(bench.state.draft != nil)
    #expect(bench.message.contains("no extent"))
    #expect(bench.take() == "")
  }

  @Test(
    "Esc, q, undo and Ctrl+C drop what is being drawn",
    arguments: ["Esc", "q", "u", "Ctrl+Z", "Ctrl+C"])
  func drop(key: String) throws {
    // The crosshair has not moved: the corner has.
    try expect("100×80 | WBC 1,2 3×4", "w l j \(key)", "100×80 | WBC 1,2 3×4")
  }

  @Test("o goes to the opposite corner, O to the other one of the side")
  func corners() throws {
    try expect("100×80", "w L J o h k", "100×80 | draft 48,36 22×44")
    try expect("100×80", "w L K O l", "100×80 | draft 52,0 18×40")
    try expect("100×80", "w L J o o l", "100×80 | draft 50,40 22×40")
  }

  @Test("e takes the bottom-right corner, o the top-left one, O the other of the side")
  func edit() throws {
    let album = "100×80 | RBC 10,20 30×40* | WBC 1,1 2×2"
    try expect(
      album, "e l j Enter", "100×80 | RBC 10,20 32×44* | WBC 1,1 2×2", effects: "change RBC")
    try expect(
      album, "e o h k Enter", "100×80 | RBC 8,16 32×44* | WBC 1,1 2×2", effects: "change RBC")
    try expect(
      album, "e O h Enter", "100×80 | RBC 8,20 32×40* | WBC 1,1 2×2", effects: "change RBC")
    try expect(
      album, "e l 2", "100×80 | WBC 10,20 32×40* | WBC 1,1 2×2", effects: "change WBC")
    try expect(album, "e l j Esc", album)
    try expect(album, "e Enter", album)
    try expect("100×80 | RBC 10,20 30×40", "e", "100×80 | RBC 10,20 30×40")
  }

  @Test("editing a box of fractions without moving it keeps its bytes")
  func fractions() throws {
    try expect("100×80 | RBC 10.25,20.5 30×40*", "e l h Esc", "100×80 | RBC 10.25,20.5 30×40*")
  }

  @Test("the corner can be pulled past the other one")
  func crossing() throws {
    try expect(
      "100×80 | RBC 50,40 10×8*", "e L×0 H H K K Enter", "100×80 | RBC 20,0 30×40*",
      effects: "change RBC")
  }

  @Test("without any label the box waits until one is named")
  func noLabels() throws {
    var bench = try Bench("100×80", labels: [])
    try bench.run("w L J Enter")
    #expect(bench.state.draft != nil)
    try bench.run("\"cell\" Enter")
    #expect(bench.album.description == "> 100×80 | cell 50,40 20×40*")
    #expect(bench.take() == "keep cell, draw cell")
  }

  @Test("what is written bears the clock's time and the job's name")
  func provenance() throws {
    var bench = try Bench("100×80") { $0.jobName = "blood" }
    try bench.run("w L J Enter")
    let line = String(decoding: bench.lines[0], as: UTF8.self)
    #expect(line.contains(#""creation-date":"2026-09-21T14:13:20.000000""#))
    #expect(line.contains(#""job-name":"labeling-job/blood""#))
    #expect(line.contains(#""image_size":[{"width":100,"height":80,"depth":3}]"#))
    #expect(line.contains(#""class-map":{"0":"RBC"}"#))
  }

  @Test(
    "dates",
    arguments: [
      (0.0, "1970-01-01T00:00:00.000000"), (951_782_400.5, "2000-02-29T00:00:00.500000"),
      (-1.0, "1969-12-31T23:59:59.000000"), (4_107_542_399.999_999, "2100-02-28T23:59:59.999999"),
      (1_709_251_199.999_999_9, "2024-03-01T00:00:00.000000"),
    ])
  func dates(seconds: Double, text: String) {
    #expect(CreationDate.text(secondsSince1970: seconds) == text)
  }
}
