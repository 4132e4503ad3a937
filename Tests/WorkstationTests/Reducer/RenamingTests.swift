import GroundTruth
import Testing

@testable import Workstation

@Suite("Renaming labels at work")
struct RenamingTests {
  private static let album = """
    > 100×80 | RBC 10,20 30×40 | WBC 50,8 8×8
      100×80 | RBC 1,2 3×4
      100×80 | [RBC]
    """

  @Test("a label is renamed everywhere, as one step, and u takes it back")
  func renames() throws {
    var bench = try Bench(Self.album)
    try bench.run(#": <paste rename RBC "red cell"> Enter"#)
    #expect(bench.state.labels == ["red cell", "WBC", "Platelets"])
    #expect(bench.album.images.flatMap(\.boxes).map(\.label) == ["red cell", "WBC", "red cell"])
    #expect(bench.album.images[2].labels == ["red cell"])
    #expect(
      bench.state.message?.text
        == "RBC is now red cell: 2 boxes, 1 image-level label on 3 images; u takes it back")
    #expect(bench.records.count == 1)
    #expect(bench.state.survey.index(of: "red cell") != nil)
    try bench.run("u")
    #expect(bench.lines == bench.originals)
    #expect(bench.state.labels == ["RBC", "WBC", "Platelets"])
    try bench.run("Ctrl+R")
    #expect(bench.state.labels == ["red cell", "WBC", "Platelets"])
    #expect(bench.album.images[1].boxes.map(\.label) == ["red cell"])
  }

  @Test("the name of another label is refused, and with ! makes the two one")
  func merges() throws {
    var bench = try Bench(Self.album)
    try bench.run(#": "rename RBC WBC" Enter"#)
    #expect(bench.state.message?.kind == .problem)
    #expect(bench.state.message?.text.contains(":rename!") == true)
    #expect(bench.lines == bench.originals)
    try bench.run(#": "rename! RBC WBC" Enter"#)
    #expect(bench.state.labels == ["WBC", "Platelets"])
    #expect(bench.album.images.flatMap(\.boxes).map(\.label) == ["WBC", "WBC", "WBC"])
    // Ids don't move: the boxes have that of the label that stays.
    #expect(bench.state.survey.classIDs.id(for: "WBC") == 1)
    try bench.run("u")
    #expect(bench.lines == bench.originals)
    #expect(bench.state.labels == ["RBC", "WBC", "Platelets"])
  }

  @Test("labels added since stay when a renaming is taken back")
  func laterLabels() throws {
    var bench = try Bench(Self.album)
    try bench.run(#": "rename RBC red" Enter : "label new" Enter u"#)
    #expect(bench.state.labels == ["RBC", "WBC", "Platelets", "new"])
  }

  @Test("a renaming that undo took back is forgotten by the next edit")
  func forgotten() throws {
    var bench = try Bench(Self.album)
    try bench.run(#": "rename RBC red" Enter u x u"#)
    try bench.run("Tab x u")
    #expect(bench.state.labels == ["RBC", "WBC", "Platelets"])
    #expect(bench.lines == bench.originals)
  }

  @Test("what nothing has yet is renamed in the list alone")
  func unused() throws {
    var bench = try Bench(Self.album)
    try bench.run(#": "rename Platelets plates" Enter"#)
    #expect(bench.state.labels == ["RBC", "WBC", "plates"])
    #expect(bench.records.isEmpty)
    try bench.run(#": "rename plates RBC" Enter"#)
    #expect(bench.state.message?.kind == .problem)
    #expect(bench.state.labels == ["RBC", "WBC", "plates"])
  }

  @Test(
    "what can't be done is said, and changes nothing",
    arguments: [
      "rename", "rename RBC", "rename RBC a b", "rename nothing x", #"rename "RBC x"#,
      "rename RBC RBC",
    ])
  func refused(_ line: String) throws {
    var bench = try Bench(Self.album)
    try bench.run(#": <paste \#(line)> Enter"#)
    #expect(bench.state.message?.kind == .problem)
    #expect(bench.lines == bench.originals)
    #expect(bench.state.labels == ["RBC", "WBC", "Platelets"])
  }

  @Test("a manifest opened for looking stays as it is")
  func readOnly() throws {
    var bench = try Bench(Self.album) { $0.readOnlyReason = "only looking" }
    try bench.run(#": "rename RBC red" Enter"#)
    #expect(bench.state.message?.text == "only looking")
    #expect(bench.state.labels == ["RBC", "WBC", "Platelets"])
  }

  @Test("names are words, or stand in quotes")
  func words() {
    #expect(LabelWords.words(of: #"a "b c" d"#) == ["a", "b c", "d"])
    #expect(LabelWords.words(of: #""a \"b\" \\" """#) == [#"a "b" \"#, ""])
    #expect(LabelWords.words(of: #"a\b"#) == [#"a\b"#])
    #expect(LabelWords.words(of: #""a"#) == nil)
    for name in ["a", "a b", #"a "b"#, "", #"a\b c"#] {
      #expect(LabelWords.words(of: LabelWords.quoted(name)) == [name])
    }
  }
}
