import GroundTruth
import TestSupport
import Testing

@Suite("Edits as values")
struct EditingTests {
  @Test(
    "a splice is the smallest change, and cuts no character",
    arguments: [
      ("abc", "abc", 3, "", ""), ("abc", "axc", 1, "b", "x"), ("", "abc", 0, "", "abc"),
      ("aaa", "aa", 2, "a", ""), ("xéy", "xèy", 1, "é", "è"), ("é", "é", 2, "", ""),
      ("日", "旦", 0, "日", "旦"), ("aé", "a©", 1, "é", "©"),
    ])
  func smallest(old: String, new: String, offset: Int, removed: String, inserted: String) throws {
    let splice = Splice(line: 4, from: Array(old.utf8), to: Array(new.utf8))
    #expect(splice.offset == offset)
    #expect(splice.removed.text == removed)
    #expect(splice.inserted.text == inserted)
    #expect(try splice.applied(to: Array(old.utf8)).text == new)
    #expect(try splice.inverse.applied(to: Array(new.utf8)).text == old)
  }

  @Test("a splice refuses a line that isn't the one it was made on")
  func refusal() {
    let bytes = Array("abc".utf8)
    for splice in [
      Splice(line: 2, offset: 1, removed: [0x78], inserted: []),
      Splice(line: 2, offset: 3, removed: [0x63], inserted: []),
      Splice(line: 2, offset: -1, removed: [], inserted: []),
      Splice(line: 2, offset: 4, removed: [], inserted: []),
      Splice(line: 2, offset: .max, removed: [0x61], inserted: []),
    ] {
      #expect(throws: EditError.doesNotFit(line: 2)) { try splice.applied(to: bytes) }
    }
  }

  @Test("random splices go and come back")
  func randomSplices() throws {
    var random = SeededGenerator(seed: 7)
    let letters = ["a", "b", "é", "日", "😀"]
    for _ in 0..<2_000 {
      let texts = (0..<2).map { _ in
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
          letters.randomElement(using: &random) ?? ""
        }.joined()
      }
      let (old, new) = (Array(texts[0].utf8), Array(texts[1].utf8))
      let splice = Splice(line: 0, from: old, to: new)
      #expect(try splice.applied(to: old) == new)
      #expect(try splice.inverse.applied(to: new) == old)
      #expect(String(validating: splice.removed, as: UTF8.self) != nil)
      #expect(String(validating: splice.inserted, as: UTF8.self) != nil)
    }
  }

  @Test("an edit over several lines is taken back in the opposite order")
  func inverse() throws {
    let first = Splice(line: 0, offset: 0, removed: [1], inserted: [2])
    let second = Splice(line: 1, offset: 0, removed: [3], inserted: [4])
    let edit = Edit(summary: "both", splices: [first, second])
    #expect(edit.inverse.splices == [second.inverse, first.inverse])
    #expect(edit.inverse.inverse == edit)
    #expect(edit.lines == [0, 1])
  }

  @Test("history forgets what was taken back when something new is done")
  func history() {
    let edits = (0..<3).map { Edit(summary: "\($0)", splices: []) }
    var history = History()
    #expect(history.undoable == nil && history.redoable == nil)
    history.record(edits[0])
    history.record(edits[1])
    history.stepBack()
    #expect(history.undoable == edits[0])
    #expect(history.redoable == edits[1])
    history.record(edits[2])
    #expect(history.edits == [edits[0], edits[2]])
    #expect(history.redoable == nil)
    history.stepForward()
    #expect(history.position == 2)
    #expect(History(edits: edits, position: 9).position == 3)
    #expect(History(edits: edits, position: -1).position == 0)
  }

  @Test("a dataset lays edits and added lines over what was found")
  func dataset() throws {
    var dataset = Dataset(source: ["ab", "cd"].map { Array($0.utf8) })
    #expect(try dataset.perform(.append([Array("ef".utf8)])) == [2])
    #expect(dataset.count == 3)
    let edit = Edit(
      summary: "edit",
      splices: [
        Splice(line: 0, offset: 1, removed: [0x62], inserted: [0x78]),
        Splice(line: 0, offset: 2, removed: [], inserted: [0x79]),
        Splice(line: 2, offset: 0, removed: [0x65], inserted: []),
      ])
    #expect(try dataset.perform(.edit(edit)) == [0, 2])
    #expect((0..<3).map { dataset.line(at: $0).text } == ["axy", "cd", "f"])
    #expect(try dataset.perform(.undo) == [0, 2])
    #expect((0..<3).map { dataset.line(at: $0).text } == ["ab", "cd", "ef"])
    try dataset.perform(.redo)
    #expect(dataset.line(at: 0).text == "axy")
    #expect(throws: EditError.nothingToRedo) { try dataset.perform(.redo) }
  }

  @Test("an edit that doesn't fit changes nothing")
  func refusedEdit() throws {
    var dataset = Dataset(source: [Array("ab".utf8)])
    let good = Splice(line: 0, offset: 0, removed: [0x61], inserted: [0x62])
    let far = Splice(line: 1, offset: 0, removed: [], inserted: [])
    #expect(throws: EditError.noSuchLine(1)) {
      try dataset.perform(.edit(Edit(summary: "", splices: [good, far])))
    }
    #expect(throws: EditError.doesNotFit(line: 0)) {
      try dataset.perform(.edit(Edit(summary: "", splices: [good, good])))
    }
    #expect(dataset.line(at: 0).text == "ab")
    #expect(dataset.history == History())
    #expect(throws: EditError.nothingToUndo) { try dataset.perform(.undo) }
  }
}
