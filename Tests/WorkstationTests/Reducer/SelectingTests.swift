import Testing

@testable import Workstation

@Suite("Selecting and deleting")
struct SelectingTests {
  private func album(_ selected: Int?) -> String {
    let boxes = ["RBC 10,20 30×40", "WBC 50,8 8×8", "RBC 70,70 9×9"]
    return "100×80 | "
      + boxes.enumerated().map { $1 + ($0 == selected ? "*" : "") }.joined(separator: " | ")
  }

  @Test(
    "Tab goes round",
    arguments: [
      (nil, "Tab", 0), (0, "Tab", 1), (2, "Tab", 0), (nil, "Shift+Tab", 2), (0, "Shift+Tab", 2),
      (1, "Tab Tab Shift+Tab", 2), (1, "Esc", nil),
    ] as [(Int?, String, Int?)])
  func tab(before: Int?, keys: String, after: Int?) throws {
    try expect(album(before), keys, album(after))
  }

  @Test("without boxes Tab says what to do")
  func none() throws {
    var bench = try Bench("100×80")
    try bench.run("Tab")
    #expect(bench.message.hasPrefix("no boxes here"))
  }

  @Test("selecting shows the boxes and the box")
  func shows() throws {
    var bench = try Bench(album(nil))
    try bench.run("b")
    #expect(!bench.state.canvas.showsBoxes)
    try bench.run("Tab")
    #expect(bench.state.canvas.showsBoxes)
  }

  @Test(
    "x and Del delete the selected box and select the one after it", arguments: ["x", "Del"])
  func delete(key: String) throws {
    try expect(
      album(0), key, "100×80 | WBC 50,8 8×8* | RBC 70,70 9×9", effects: "delete RBC")
    try expect(
      album(2), key, "100×80 | RBC 10,20 30×40 | WBC 50,8 8×8*", effects: "delete RBC")
    try expect(album(nil), key, album(nil))
    try expect("100×80 | RBC 1,1 2×2*", key, "100×80", effects: "delete RBC")
  }

  @Test("X deletes all boxes, u brings them back")
  func deleteAll() throws {
    try expect(album(1), "X", "100×80", effects: "delete 3 boxes")
    try expect(album(1), "X u", album(nil), effects: "delete 3 boxes, undo")
    try expect("100×80", "X", "100×80")
  }

  @Test(
    "where the image isn't loaded nothing is deleted, and that is said", arguments: ["X", "Tab x"])
  func notLoaded(keys: String) throws {
    var bench = try Bench("100×80? | RBC 1,1 2×2")
    try bench.run(keys)
    #expect(bench.take() == "")
    #expect(bench.message.contains("not loaded"))
    #expect(bench.state.message?.kind == .problem)
  }
}
