import Testing

@testable import Workstation

@Suite("Only reading")
struct ReadOnlyTests {
  private let album = "100×80 | RBC 10,20 30×40*\n100×80"

  private func bench() throws -> Bench {
    try Bench(album) { $0.readOnlyReason = "kim has this manifest open" }
  }

  @Test(
    "every edit is refused with the reason",
    arguments: [
      "w", "n", "v", "e", "x", "Del", "X", "y p", "P", ".", ">", "<", "Space", "s", "f", "D", "u",
      "Ctrl+R", "2", "l", "J", "t Enter", "t Space", "t 1", "c \"wb\" Enter", "<drag 10,10 20,15>",
      "<drag 20,10 30,15>", "Esc <drag 40,3 50,9>", ": \"delete-box\" Enter", ": \"verify\" Enter",
      ": \"draw-box\" Enter", ": \"undo\" Enter", "<press 40,3> <move 50,9> Enter",
      "<press 40,3> <move 50,9> 1",
    ])
  func refused(keys: String) throws {
    var bench = try bench()
    try bench.run(keys + " <pause>")
    #expect(bench.take() == "")
    #expect(bench.lines == bench.originals)
    #expect(bench.message == "kim has this manifest open", "\(keys)")
    #expect(bench.state.message?.kind == .problem)
  }

  @Test(
    "looking is not",
    arguments: [
      "d", "Tab", "Esc l", "+", "b", "E", "/ \"boxes>0\" Enter", "i", "? Space", "y", "S",
    ])
  func allowed(keys: String) throws {
    var bench = try bench()
    try bench.run(keys)
    #expect(bench.message != "kim has this manifest open")
    #expect(bench.take() == "")
  }

  @Test("in a classification task digits are refused too")
  func classification() throws {
    var bench = try Bench("100×80") {
      $0.readOnlyReason = "no"
      $0.task = .classification
    }
    try bench.run("1")
    #expect(bench.take() == "" && bench.message == "no")
  }

  @Test("a click selects, and begins no box")
  func click() throws {
    var bench = try bench()
    try bench.run("Esc <click 15,10>")
    #expect(bench.state.canvas.selection == 0 && bench.state.draft == nil)
    try bench.run("<click 50,3>")
    #expect(bench.state.canvas.selection == nil && bench.state.draft == nil)
  }

  @Test("the header says so")
  func header() throws {
    #expect(try bench().screenText.contains("read-only"))
  }
}
