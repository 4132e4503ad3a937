import GroundTruth
import TestSupport
import Testing

@Suite("Renaming labels")
struct LabelRenamingTests {
  /// The lines after a renaming, all together and one by one.
  private func renamed(
    _ lines: [[UInt8]], _ names: [(old: String, new: String)], canMerge: Bool = false
  ) throws -> [String] {
    var dataset = Dataset(source: lines)
    let renaming = try LabelRenaming(names, in: dataset, canMerge: canMerge)
    try dataset.perform(.edit(renaming.edit(of: dataset).edit))
    for (index, line) in lines.enumerated() {
      var counts: [String: LabelRenaming.Count] = [:]
      let one = renaming.renamed(line, counting: &counts) ?? line
      #expect(one == dataset.line(at: index))
    }
    return (0..<dataset.count).map { dataset.line(at: $0).text }
  }

  @Test("changes a class map's name and nothing else")
  func boxes() throws {
    let line = boxLine("a.jpg", [Drawn(3, "cat", 1, 2, 3, 4), Drawn(5, "dog", 1, 2, 3, 4)])
    let new = try renamed([line], [("cat", "big \"cat\"")])
    #expect(new == [line.text.replacing(#""3":"cat""#, with: #""3":"big \"cat\"""#)])
  }

  @Test("gives boxes of a merged label the id of the one that had the name")
  func merging() throws {
    let both = boxLine("a.jpg", [Drawn(0, "cat", 1, 2, 3, 4), Drawn(2, "dog", 5, 6, 7, 8)])
    let old = boxLine("b.jpg", [Drawn(0, "cat", 1, 2, 3, 4), Drawn(1, "ox", 1, 1, 1, 1)])
    let new = try renamed([both, old], [("cat", "dog")], canMerge: true)
    #expect(
      new == [
        boxLine("a.jpg", [Drawn(2, "dog", 1, 2, 3, 4), Drawn(2, "dog", 5, 6, 7, 8)]).text,
        boxLine("b.jpg", [Drawn(2, "dog", 1, 2, 3, 4), Drawn(1, "ox", 1, 1, 1, 1)]).text,
      ])
  }

  @Test("keeps a line's own id where the dataset's stands for another label there")
  func inconsistentIDs() throws {
    let first = boxLine("a.jpg", [Drawn(1, "dog", 1, 2, 3, 4)])
    let odd = boxLine("b.jpg", [Drawn(0, "cat", 1, 2, 3, 4), Drawn(1, "ox", 5, 6, 7, 8)])
    let new = try renamed([first, odd], [("cat", "dog")], canMerge: true)
    #expect(
      new[1] == boxLine("b.jpg", [Drawn(0, "dog", 1, 2, 3, 4), Drawn(1, "ox", 5, 6, 7, 8)]).text)
  }

  @Test("names an id that no class map names")
  func unnamedID() throws {
    let line = Array(
      boxLine("a.jpg", [Drawn(7, "cat", 1, 2, 3, 4)]).text.replacing(#""7":"cat""#, with: "").utf8)
    #expect(
      try renamed([line], [("7", "dog")]) == [boxLine("a.jpg", [Drawn(7, "dog", 1, 2, 3, 4)]).text])
  }

  @Test("renames image-level labels, and the attribute where it was named after the label")
  func pairs() throws {
    let line = plainLine("a.jpg", pair("image-label_cat", "cat") + pair("sport", "cat", #""1""#))
    let new = try renamed([line], [("cat", "ox")])
    #expect(
      new == [plainLine("a.jpg", pair("image-label_ox", "ox") + pair("sport", "ox", #""1""#)).text])
  }

  @Test("numbers the attribute where the label can't be in its name, or the name is taken")
  func attributeNames() throws {
    let illegal = try renamed(
      [plainLine("a.jpg", pair("image-label_cat", "cat"))], [("cat", "a cat")])
    #expect(illegal == [plainLine("a.jpg", pair("image-label_0", "a cat")).text])
    let taken = plainLine(
      "a.jpg",
      pair("image-label_cat", "cat") + pair("image-label_ox", "hen")
        + pair("image-label_0", "hen"))
    let new = try renamed([taken], [("cat", "ox")])
    #expect(
      new == [
        plainLine(
          "a.jpg",
          pair("image-label_1", "ox") + pair("image-label_ox", "hen")
            + pair("image-label_0", "hen")
        ).text
      ])
  }

  @Test("says a merged label once of an image, and keeps what a model said")
  func mergedPairs() throws {
    let line = plainLine(
      "a.jpg", pair("image-label_cat", "cat", "0") + pair("image-label_dog", "dog", "4"))
    let model = plainLine(
      "b.jpg",
      pair("image-label_cat", "cat", "0", human: false)
        + pair("image-label_dog", "dog", "4"))
    let alone = plainLine("c.jpg", pair("image-label_cat", "cat", "0"))
    let new = try renamed([line, model, alone], [("cat", "dog")], canMerge: true)
    #expect(
      new == [
        plainLine("a.jpg", pair("image-label_dog", "dog", "4")).text,
        plainLine(
          "b.jpg",
          pair("image-label_0", "dog", "4", human: false)
            + pair("image-label_dog", "dog", "4")
        ).text,
        plainLine("c.jpg", pair("image-label_dog", "dog", "4")).text,
      ])
  }

  @Test("renames and merges in Ground Truth's array of labels")
  func multiLabel() throws {
    func line(_ ids: String, _ map: String, _ confidences: String) -> [UInt8] {
      plainLine(
        "a.jpg",
        #","m":[\#(ids)],"m-metadata":{"class-map":{\#(map)},"confidence-map":{\#(confidences)},"#
          + #""type":"groundtruth/image-classification-multilabel","human-annotated":"yes"}"#)
    }
    let found = line("0,8,1", #""0":"cat","8":"dog","1":"ox""#, #""0":0.5,"8":0.9,"1":0.1"#)
    #expect(
      try renamed([found], [("cat", "hen")])
        == [line("0,8,1", #""0":"hen","8":"dog","1":"ox""#, #""0":0.5,"8":0.9,"1":0.1"#).text])
    #expect(
      try renamed([found], [("cat", "dog")], canMerge: true)
        == [line("8,1", #""8":"dog","1":"ox""#, #""8":0.9,"1":0.1"#).text])
  }

  @Test("lets labels swap names, in boxes and attribute names")
  func swap() throws {
    let line = boxLine(
      "a.jpg", [Drawn(0, "cat", 1, 2, 3, 4), Drawn(1, "dog", 1, 2, 3, 4)],
      rest: pair("image-label_cat", "cat") + pair("image-label_dog", "dog"))
    let new = try renamed([line], [("cat", "dog"), ("dog", "cat")])
    #expect(
      new == [
        boxLine(
          "a.jpg", [Drawn(0, "dog", 1, 2, 3, 4), Drawn(1, "cat", 1, 2, 3, 4)],
          rest: pair("image-label_dog", "dog") + pair("image-label_cat", "cat")
        ).text
      ])
  }

  @Test("says why it can't")
  func errors() throws {
    let dataset = Dataset(
      source: [boxLine("a.jpg", [Drawn(0, "cat", 1, 2, 3, 4), Drawn(1, "dog", 1, 2, 3, 4)])])
    func error(_ names: [(old: String, new: String)]) -> LabelRenamingError? {
      do throws(LabelRenamingError) {
        _ = try LabelRenaming(names, in: dataset)
        return nil
      } catch {
        return error
      }
    }
    #expect(error([("hen", "ox")]) == .noSuchLabel("hen"))
    #expect(error([("ca", "ox")]) == .noSuchLabel("ca"))
    #expect(error([("cat", "dog")]) == .labelExists("dog"))
    #expect(error([("cat", "ox"), ("dog", "ox")]) == .labelExists("ox"))
    #expect(error([("cat", "")]) == .unusableName(""))
    #expect(error([("cat", "a\nb")]) == .unusableName("a\nb"))
    #expect(error([("cat", "cat")]) == .renamedTwice("cat"))
    #expect(error([("cat", "a"), ("cat", "b")]) == .renamedTwice("cat"))
  }

  @Test("counts lines, boxes and image-level labels by old name")
  func counts() throws {
    let dataset = Dataset(source: [
      boxLine("a.jpg", [Drawn(0, "cat", 1, 2, 3, 4), Drawn(0, "cat", 9, 9, 9, 9)]),
      plainLine("b.jpg", pair("x", "cat")), plainLine("c.jpg", pair("x", "dog")),
    ])
    let counts = try LabelRenaming([("cat", "ox")], in: dataset).edit(of: dataset).counts
    #expect(counts.keys.sorted() == ["cat"])
    #expect(counts["cat"]?.lineCount == 2)
    #expect(counts["cat"]?.boxCount == 2)
    #expect(counts["cat"]?.imageLevelCount == 1)
  }

  @Test("there and back restores every byte; undo does too")
  func thereAndBack() throws {
    var random = SeededGenerator(for: "renaming there and back")
    for _ in 0..<15 {
      let lines = randomLines(30, labels: ["cat", "dog", "ox-1", "0"], using: &random)
      var dataset = Dataset(source: lines)
      guard let there = try? LabelRenaming([("cat", "a_b"), ("ox-1", "dog2")], in: dataset) else {
        continue
      }
      try dataset.perform(.edit(there.edit(of: dataset).edit))
      let survey = Survey(dataset)
      #expect(survey.index(of: "cat") == nil)
      var undone = dataset
      try undone.perform(.undo)
      let back = try LabelRenaming([("a_b", "cat"), ("dog2", "ox-1")], in: dataset)
      try dataset.perform(.edit(back.edit(of: dataset).edit))
      for index in lines.indices {
        #expect(dataset.line(at: index).text == lines[index].text)
        #expect(undone.line(at: index) == lines[index])
      }
    }
  }

  @Test("keeps the boxes and their order when labels are merged")
  func mergingKeepsBoxes() throws {
    var random = SeededGenerator(for: "merging labels")
    for _ in 0..<15 {
      let lines = randomLines(30, labels: ["cat", "dog", "ox"], using: &random)
      let before = Dataset(source: lines)
      guard
        let renaming = try? LabelRenaming([("cat", "ox")], in: before, canMerge: true)
      else { continue }
      for line in lines {
        var counts: [String: LabelRenaming.Count] = [:]
        guard let new = renaming.renamed(line, counting: &counts) else { continue }
        let (old, now) = (try Entry(line: line), try Entry(line: new))
        for (first, second) in zip(old.boxSets, now.boxSets) {
          #expect(
            first.boxes.map { $0.label == "cat" ? "ox" : $0.label } == second.boxes.map(\.label))
          #expect(first.boxes.map(\.left) == second.boxes.map(\.left))
        }
        #expect(
          Set(old.truthImageLabels.map { $0 == "cat" ? "ox" : $0 }) == Set(now.truthImageLabels))
        #expect(Set(now.truthImageLabels).count == now.truthImageLabels.count)
        #expect(now.problems.isEmpty)
      }
    }
  }

  @Test("leaves real manifests as they are but for the label", arguments: Fixture.all)
  func fixtures(_ fixture: Fixture) throws {
    let dataset = Dataset(source: fixture.lines)
    guard let label = Survey(dataset).labels.first(where: { $0.imageCount > 0 })?.name else {
      return
    }
    var changed = dataset
    let renaming = try LabelRenaming([(label, "renamed")], in: dataset)
    try changed.perform(.edit(renaming.edit(of: dataset).edit))
    #expect(Survey(changed).index(of: label) == nil)
    let (old, new) = (Survey(dataset), Survey(changed))
    #expect(
      old.labels.map { $0.name == label ? "renamed" : $0.name }.sorted()
        == new.labels.map(\.name).sorted())
    #expect(old.labels.map(\.boxCount).sorted() == new.labels.map(\.boxCount).sorted())
  }
}
