import GroundTruth
import TestSupport
import Testing

@Suite("Merging manifests")
struct ManifestMergeTests {
  private func merged(
    _ manifests: [[[UInt8]]], _ rule: MergeRule = .newest, overlap: Double = 0.5
  ) -> (lines: [[UInt8]], report: MergeReport) {
    let datasets = manifests.map { Dataset(source: $0) }
    let merge = ManifestMerge(
      datasets, options: MergeOptions(rule: rule, overlap: overlap, provenance: editor))
    var report = merge.emptyReport
    let lines = (0..<merge.count).map { index in
      let line = merge.line(at: index, report: &report)
      return line.bytes ?? datasets[line.manifest].line(at: line.line)
    }
    #expect(report == merge.report)
    return (lines, report)
  }

  private func boxes(_ line: [UInt8]) throws -> [String] {
    try (Entry(line: line).boxSet("bb")?.boxes ?? []).map {
      "\($0.label) \(Int($0.left)),\(Int($0.top)) \(Int($0.width))x\(Int($0.height))"
    }
  }

  @Test(
    "leaves a manifest merged with itself byte for byte",
    arguments: [MergeRule.newest, .first, .union, .quorum(2), .quorum(3)])
  func identity(_ rule: MergeRule) throws {
    var random = SeededGenerator(for: "merging with itself")
    for _ in 0..<5 {
      var lines = randomLines(20, labels: ["cat", "dog", "ox"], using: &random)
      // The same image twice, said differently.
      lines.append(boxLine("images/0.jpg", [Drawn(9, "hen", 1, 2, 3, 4)]))
      let (new, report) = merged([lines, lines, lines], rule)
      #expect(new.map(\.text) == lines.map(\.text))
      #expect(report.conflicts == 0 && report.changedLines == 0 && report.movedClasses.isEmpty)
    }
  }

  @Test("leaves real manifests merged with themselves as they are", arguments: Fixture.all)
  func fixtures(_ fixture: Fixture) {
    #expect(merged([fixture.lines, fixture.lines], .union).lines == fixture.lines)
  }

  @Test("adds the lines of new images as they are, and leaves blank and broken ones out")
  func newImages() {
    let first = [plainLine("a.jpg"), [], Array("{ mine".utf8)]
    let second = [
      plainLine("b.jpg", #", "x" : 1"#), [], Array("{ broken".utf8), plainLine("a.jpg"),
    ]
    let (lines, report) = merged([first, second])
    #expect(lines == first + [second[0]])
    #expect(report.addedLines == [3, 1])
    #expect(report.unreadableCount == 1)
    #expect(report.unreadable.map(\.line) == [2])
    #expect(report.commonLines == 1)
  }

  @Test("gathers different attributes on one line")
  func attributes() {
    let first = boxLine("a.jpg", [Drawn(0, "cat", 1, 2, 3, 4)])
    let second = plainLine("a.jpg", pair("image-label_day", "day") + #","note":[1, 2]"#)
    let (lines, report) = merged([[first], [second]])
    let expected =
      String(first.text.dropLast()) + pair("image-label_day", "day") + #","note":[1, 2]}"#
    #expect(lines.map(\.text) == [expected])
    #expect(report.addedAttributes == 1 && report.conflicts == 0 && report.changedLines == 1)
  }

  @Test("the newest, or the first, holds")
  func dates() throws {
    let old = boxLine("a.jpg", [Drawn(0, "cat", 1, 2, 3, 4)], date: "2026-01-01T00:00:00")
    let new = boxLine("a.jpg", [Drawn(0, "cat", 5, 6, 7, 8)], date: "2026-01-02T00:00:00")
    #expect(merged([[old], [new]], .newest).lines == [new])
    #expect(merged([[new], [old]], .newest).lines == [new])
    #expect(merged([[old], [new]], .first).lines == [old])
    #expect(merged([[old], [new]], .first).report.conflicts == 1)
  }

  @Test("keeps all boxes, those that overlap once")
  func union() throws {
    let first = boxLine(
      "a.jpg", [Drawn(0, "cat", 100, 100, 50, 50), Drawn(1, "dog", 300, 100, 50, 50)])
    let second = boxLine(
      "a.jpg",
      [
        Drawn(0, "cat", 105, 100, 50, 50), Drawn(0, "cat", 200, 200, 10, 10),
        Drawn(0, "cat", 300, 100, 50, 50),
      ])
    let (lines, report) = merged([[first], [second]], .union)
    #expect(
      try boxes(lines[0]) == [
        "cat 100,100 50x50", "dog 300,100 50x50", "cat 200,200 10x10", "cat 300,100 50x50",
      ])
    #expect(report.addedBoxes == 2)
    let strict = merged([[first], [second]], .union, overlap: 0.9).lines
    #expect(try boxes(strict[0]).count == 5)
  }

  @Test("keeps what a quorum agrees on, with the mean of the edges, rounded")
  func quorum() throws {
    func line(_ left: Int, _ extra: [Drawn] = []) -> [UInt8] {
      boxLine("a.jpg", [Drawn(0, "cat", left, 100, 50, 50)] + extra)
    }
    let (lines, report) = merged(
      [
        [line(100)], [line(103, [Drawn(0, "cat", 300, 300, 20, 20)])],
        [line(107, [Drawn(0, "cat", 301, 300, 20, 20), Drawn(1, "dog", 1, 1, 9, 9)])],
      ], .quorum(2))
    #expect(try boxes(lines[0]) == ["cat 103,100 50x50", "cat 301,300 20x20"])
    #expect(report.droppedBoxes == 1 && report.movedBoxes == 2)
    let entry = try Entry(line: lines[0])
    #expect(entry.boxSet("bb")?.creationDate == editor.creationDate)
  }

  @Test("an author's two boxes stay two, and the better one is matched")
  func oneToOne() throws {
    let first = boxLine("a.jpg", [Drawn(0, "cat", 100, 100, 40, 40)])
    let second = boxLine(
      "a.jpg", [Drawn(0, "cat", 104, 100, 40, 40), Drawn(0, "cat", 101, 100, 40, 40)])
    let (lines, _) = merged([[first], [second]], .union)
    #expect(try boxes(lines[0]) == ["cat 100,100 40x40", "cat 104,100 40x40"])
  }

  @Test("a quorum settles single labels and lists of labels")
  func imageLabels() throws {
    func line(_ label: String, _ number: String) -> [UInt8] {
      plainLine("a.jpg", pair("sport", label, number))
    }
    let three = [[line("golf", "0")], [line("polo", "1")], [line("polo", "1")]]
    #expect(merged(three, .quorum(2)).lines == [line("polo", "1")])
    let none = [[line("golf", "0")], [line("polo", "1")], [line("ski", "2")]]
    #expect(merged(none, .quorum(2)).lines == [plainLine("a.jpg")])
    func list(_ ids: String, _ map: String) -> [UInt8] {
      plainLine(
        "a.jpg",
        #","m":[\#(ids)],"m-metadata":{"class-map":{\#(map)},"#
          + #""type":"groundtruth/image-classification-multilabel","human-annotated":"yes"}"#)
    }
    let lists = [[list("0", #""0":"a""#)], [list("1,0", #""0":"a","1":"b""#)]]
    let union = try Entry(line: merged(lists, .union).lines[0]).multiLabels[0]
    #expect(union.members.map(\.label) == ["a", "b"])
    let agreed = try Entry(line: merged(lists, .quorum(2)).lines[0]).multiLabels[0]
    #expect(agreed.members.map(\.label) == ["a"])
  }

  @Test("what fewer have than the quorum stays, and is counted")
  func belowQuorum() {
    let lines = [
      [boxLine("a.jpg", [Drawn(0, "cat", 1, 2, 3, 4)])],
      [boxLine("a.jpg", [Drawn(0, "cat", 50, 60, 7, 8)])], [plainLine("a.jpg")],
    ]
    let (new, report) = merged(lines, .quorum(3))
    #expect(new == lines[0])
    #expect(report.belowQuorum == 1)
  }

  @Test("boxes of differently sized pictures are not matched")
  func sizes() {
    let first = boxLine("a.jpg", [Drawn(0, "cat", 1, 2, 3, 4)])
    let second = boxLine("a.jpg", [Drawn(0, "cat", 50, 60, 7, 8)])
    let other = Array(second.text.replacing(#""width":640"#, with: #""width":320"#).utf8)
    let (lines, report) = merged([[first], [other]], .union)
    #expect(lines == [first] && report.unsettled == 1)
  }

  @Test("labels are the same by name: ids don't move, and clashes get a free one")
  func classIDs() throws {
    let first = [boxLine("a.jpg", [Drawn(0, "cat", 1, 2, 3, 4), Drawn(1, "dog", 1, 2, 3, 4)])]
    let second = [
      boxLine("b.jpg", [Drawn(0, "dog", 1, 2, 3, 4), Drawn(1, "ox", 1, 2, 3, 4)]),
      boxLine("c.jpg", [Drawn(5, "hen", 1, 2, 3, 4)]),
    ]
    let (lines, report) = merged([first, second])
    #expect(
      lines.map(\.text) == [
        first[0].text,
        boxLine("b.jpg", [Drawn(1, "dog", 1, 2, 3, 4), Drawn(2, "ox", 1, 2, 3, 4)]).text,
        second[1].text,
      ])
    #expect(
      report.movedClasses.map { "\($0.label) \($0.oldID) \($0.newID)" } == ["dog 0 1", "ox 1 2"])
  }

  @Test("what one leaves out all leave out; it is put off only if all put it off")
  func marks() throws {
    func line(_ mark: String) -> [UInt8] { plainLine("a.jpg", #","reticle":{\#(mark)}"#) }
    let (lines, _) = merged([
      [line(#""skipped":true,"later":1"#)], [line(#""excluded":true,"flag":"see""#)],
    ])
    let mark = try Entry(line: lines[0]).mark
    #expect(mark.isExcluded && !mark.isSkipped && mark.flag == "see")
    #expect(lines[0].text.contains(#""later":1"#))
  }

  @Test("any manifests merge into lines that can be read, each image once more often than before")
  func anything() throws {
    var random = SeededGenerator(for: "merging anything")
    for _ in 0..<10 {
      let manifests = (0..<3).map { _ in
        randomLines(15, labels: ["cat", "dog", "ox"].shuffled(using: &random), using: &random)
      }
      for rule in [MergeRule.newest, .first, .union, .quorum(2)] {
        let (lines, _) = merged(manifests, rule)
        let names = manifests.joined().compactMap { try? Entry(line: $0).sourceRef }
        let entries = lines.compactMap { try? Entry(line: $0) }
        #expect(Set(entries.map(\.sourceRef)) == Set(names))
        #expect(entries.count == Set(names).count)
        for entry in entries {
          #expect(entry.problems.isEmpty)
          // Every id that is used is named, and one label has one id on all lines.
          for set in entry.boxSets {
            #expect(set.boxes.allSatisfy { set.classMap.values.contains($0.label) })
          }
        }
      }
    }
  }
}
