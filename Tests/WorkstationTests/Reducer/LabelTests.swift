import Cells
import GroundTruth
import Testing

@testable import Workstation

@Suite("Labels")
struct LabelTests {
  @Test("a digit relabels the selected box, else chooses the next box's label")
  func digits() throws {
    try expect(
      "100×80 | RBC 10,20 30×40*", "3", "100×80 | Platelets 10,20 30×40*",
      effects: "relabel RBC as Platelets")
    try expect("100×80 | RBC 10,20 30×40*", "1", "100×80 | RBC 10,20 30×40*")
    var bench = try Bench("100×80 | RBC 10,20 30×40")
    try bench.run("2")
    #expect(bench.state.nextLabel == 1)
    #expect(bench.message == "next box: WBC")
    try bench.run("0")
    #expect(bench.message.contains("no label 10"))
    #expect(bench.state.nextLabel == 1)
  }

  @Test("relabelling keeps a box's numbers, fractions included")
  func keepsNumbers() throws {
    try expect(
      "100×80 | RBC 10.25,20.5 30.125×40*", "2", "100×80 | WBC 10.25,20.5 30.125×40*",
      effects: "relabel RBC as WBC")
  }

  @Test("ten labels, the tenth on 0")
  func ten() throws {
    let labels = (1...12).map { "label \($0)" }
    for slot in 0..<10 {
      var bench = try Bench("100×80 | label 12 1,1 2×2*", labels: labels)
      try bench.run("\((slot + 1) % 10)")
      #expect(bench.album.images[0].boxes[0].label == labels[slot])
    }
  }

  @Test("in a classification task digits toggle image-level labels")
  func classification() throws {
    try expect("100×80", "2", "100×80 | [WBC]", effects: "set WBC") { $0.task = .classification }
    try expect(
      "100×80 | [WBC]", "2 1", "100×80 | [RBC]", effects: "unset WBC, set RBC"
    ) { $0.task = .classification }
    // A selected box comes first.
    try expect(
      "100×80 | RBC 1,1 2×2*", "2", "100×80 | WBC 1,1 2×2*", effects: "relabel RBC as WBC"
    ) { $0.task = .classification }
  }

  @Test("the image-level labels' panel")
  func panel() throws {
    try expect("100×80", "t Enter", "100×80 | [RBC]", effects: "set RBC")
    try expect("100×80", "t j Space", "100×80 | [WBC]", effects: "set WBC")
    try expect("100×80", "t j j j j k Enter", "100×80 | [WBC]", effects: "set WBC")
    try expect("100×80", "t G Enter", "100×80 | [Platelets]", effects: "set Platelets")
    try expect("100×80", "t G g g Enter", "100×80 | [RBC]", effects: "set RBC")
    try expect("100×80", "t J K Enter Enter", "100×80", effects: "set RBC, unset RBC")
    try expect(
      "100×80", "t 3 2", "100×80 | [Platelets] | [WBC]", effects: "set Platelets, set WBC")
    try expect("100×80", "t 2 u", "100×80", effects: "set WBC, undo")
    for key in ["Esc", "q", "t", "Tab"] {
      var bench = try Bench("100×80")
      try bench.run("t \(key)")
      #expect(bench.state.overlay == nil && !bench.state.isFinished, "\(key)")
    }
  }

  // MARK: The picker

  @Test(
    "finds by letters in order, best first",
    arguments: [
      ("", ["cat", "catamaran", "car park", "parking", "Dog"]),
      ("cat", ["cat", "catamaran"]), ("CAT", ["cat", "catamaran"]),
      ("cp", ["car park"]), ("park", ["parking", "car park"]),
      ("dg", ["Dog"]), ("g", ["Dog", "parking"]), ("gd", []), ("tac", []),
    ])
  func ranking(query: String, found: [String]) throws {
    let bench = try Bench("100×80", labels: ["cat", "catamaran", "car park", "parking", "Dog"])
    var picker = Picker()
    picker.line.insert(query)
    #expect(bench.state.found(by: picker) == found)
  }

  @Test("c changes the selected box's label, arrows choose among what is found")
  func pick() throws {
    let album = "100×80 | RBC 10,20 30×40*"
    try expect(
      album, "c \"wb\" Enter", "100×80 | WBC 10,20 30×40*", effects: "relabel RBC as WBC")
    try expect(
      album, "c Down Enter", "100×80 | WBC 10,20 30×40*", effects: "relabel RBC as WBC")
    try expect(
      album, "c Tab Ctrl+N Up Enter", "100×80 | WBC 10,20 30×40*", effects: "relabel RBC as WBC")
    try expect(album, "c \"wb\" Esc", album)
    try expect(album, "c \"wb\" Ctrl+C", album)
    try expect(
      album, "c \"wbx\" Backspace Enter", "100×80 | WBC 10,20 30×40*",
      effects: "relabel RBC as WBC")
    try expect(
      album, "c <paste WBC> Enter", "100×80 | WBC 10,20 30×40*", effects: "relabel RBC as WBC")
    try expect(
      "100×80", "w L J c \"wb\" Enter", "100×80 | WBC 50,40 20×40*", effects: "draw WBC")
  }

  @Test("a new name is added, kept and given")
  func newLabel() throws {
    var bench = try Bench("100×80 | RBC 10,20 30×40*")
    try bench.run("c \"Basophil\" Enter")
    #expect(bench.album.description == "> 100×80 | Basophil 10,20 30×40*")
    #expect(bench.take() == "keep Basophil, relabel RBC as Basophil")
    #expect(bench.state.labels == ["RBC", "WBC", "Platelets", "Basophil"])
    try bench.run("c \"Basophil\" Enter")
    #expect(bench.take() == "")
    // What matches an old name offers the new one last.
    try bench.run("c \"WB\" Down Enter")
    #expect(bench.take() == "keep WB, relabel Basophil as WB")
    let line = String(decoding: bench.lines[0], as: UTF8.self)
    #expect(line.contains(#""class-map":{"0":"RBC","3":"Basophil","4":"WB"}"#))
  }

  @Test("no label without a name, none of more than 256 characters")
  func limits() throws {
    var bench = try Bench("100×80 | RBC 10,20 30×40*", labels: ["RBC"])
    try bench.run("c <paste \(String(repeating: "é", count: 257))> Enter")
    #expect(bench.take() == "")
    #expect(bench.message.contains("256 characters"))
    try bench.run("c <paste \(String(repeating: "é", count: 256))> Enter")
    #expect(bench.state.labels.count == 2)
    var empty = try Bench("100×80", labels: [])
    try empty.run("c Space Space Enter")
    #expect(empty.take() == "")
  }

  @Test(":label chooses a label or adds one")
  func command() throws {
    var bench = try Bench("100×80")
    try bench.run(": \"label WBC\" Enter")
    #expect(bench.state.nextLabel == 1)
    try bench.run(": \"label red cell\" Enter")
    #expect(bench.take() == "keep red cell")
    #expect(bench.state.labels[bench.state.nextLabel] == "red cell")
    try bench.run(": \"label\" Enter")
    #expect(bench.message == "write :label NAME")
  }
}
