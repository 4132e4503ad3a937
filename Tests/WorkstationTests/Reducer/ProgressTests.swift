import GroundTruth
import Testing

@testable import Workstation

@Suite("Saving")
struct ProgressTests {
  private func header(_ keys: String) throws -> String {
    var bench = try Bench("100×80 | RBC 10,20 30×40*")
    try bench.run(keys)
    let row = bench.screenText.split(separator: "\n").first ?? ""
    return row.split(separator: "%").last.map { String($0.drop { $0 == " " }) } ?? ""
  }

  @Test(
    "the header says how far it got",
    arguments: [
      ("", "saved"), ("l", "saving"), ("x", "saving"), ("x <recorded 1>", "saved"),
      ("x u <recorded 1>", "saving"), ("x u <recorded 2>", "saved"),
      ("x <recorded 1> <pause> <saved 1>", "saved"), ("x <disk no room>", "NOT SAVED"),
      ("x <disk no room> Tab", "NOT SAVED"), ("x <disk no room> <recorded 1>", "saved"),
      ("x <disk no room> <saved 1>", "saved"), ("x u <recorded 2> <recorded 1>", "saved"),
    ])
  func headers(keys: String, expected: String) throws {
    #expect(try header(keys) == expected)
  }

  @Test("the manifest is written when idle, once, and with what is in it by then")
  func saves() throws {
    var bench = try Bench("100×80 | RBC 10,20 30×40*")
    try bench.run("<pause>")
    #expect(bench.take() == "")
    try bench.run("2 <pause> <pause>")
    #expect(bench.take() == "relabel RBC as WBC, save 1")
    try bench.run("3 <pause> <saved 1> <pause>")
    #expect(bench.take() == "relabel WBC as Platelets, save 2")
    try bench.run("<saved 2> <pause>")
    #expect(bench.take() == "")
  }

  @Test("what is saved is the dataset of that moment")
  func savedLines() throws {
    var bench = try Bench("100×80 | RBC 10,20 30×40*")
    try bench.run("2")
    guard case .save(let dataset, let through)? = bench.state.reduce(.pause, at: 0).first else {
      Issue.record("no save")
      return
    }
    #expect(through == 1)
    #expect(dataset.line(at: 0) == bench.lines[0])
  }

  @Test("Ctrl+S and :w write now; while writing they say so")
  func now() throws {
    var bench = try Bench("100×80 | RBC 10,20 30×40*")
    try bench.run("Ctrl+S")
    #expect(bench.message == "the manifest is up to date")
    try bench.run("x Ctrl+S")
    #expect(bench.take() == "delete RBC, save 1")
    try bench.run("Ctrl+S")
    #expect(bench.message == "writing the manifest")
    try bench.run("<saved 1> u : \"w\" Enter")
    #expect(bench.take() == "undo, save 2")
  }

  @Test("trouble stays on the screen, is tried again, and goes when it is over")
  func trouble() throws {
    var bench = try Bench("100×80 | RBC 10,20 30×40*")
    try bench.run("x <pause> <disk no room left on the disk>")
    #expect(bench.state.patience == .seconds(5))
    try bench.run("Tab l")
    #expect(bench.message == "no room left on the disk")
    #expect(bench.state.message?.kind == .problem)
    try bench.run("<pause>")
    #expect(bench.take() == "delete RBC, save 1, save 1")
    try bench.run("<saved 1> l")
    #expect(bench.message == "")
    #expect(bench.state.patience == nil)
  }

  @Test("leaving settles what waits and asks for a last save")
  func leaving() throws {
    var bench = try Bench("100×80 | RBC 10,20 30×40*")
    try bench.run("l q q <pause>")
    #expect(bench.take() == "move RBC, save 1")
    #expect(bench.state.isFinished && bench.state.hasEdits && bench.state.stepsTaken == 1)
  }
}
