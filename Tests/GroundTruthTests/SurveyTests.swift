import Foundation
import GroundTruth
import TestSupport
import Testing

@Suite("Survey")
struct SurveyTests {
  @Test("counts what Foundation counts", arguments: Fixture.all)
  func counts(fixture: Fixture) throws {
    let survey = Survey(Dataset(source: fixture.lines))
    var boxes: [String: Int] = [:]
    var images: [String: Int] = [:]
    var empty = 0
    var labelled = 0
    for line in fixture.lines {
      let object = try Fixture.foundation(line)
      guard object["source-ref"] != nil else { continue }
      var onLine: Set<String> = []
      var hasEmpty = false
      for (name, value) in object {
        guard let metadata = object[name + "-metadata"] as? [String: Any],
          metadata["human-annotated"] as? String == "yes"
        else { continue }
        let map = metadata["class-map"] as? [String: String] ?? [:]
        switch metadata["type"] as? String {
        case "groundtruth/object-detection" where name == survey.truth:
          let found = (value as? [String: Any])?["annotations"] as? [[String: Any]] ?? []
          for box in found {
            let label = map["\(box["class_id"] ?? "")"] ?? ""
            boxes[label, default: 0] += 1
            onLine.insert(label)
          }
          hasEmpty = found.isEmpty
        case "groundtruth/image-classification":
          onLine.insert(metadata["class-name"] as? String ?? "")
        case "groundtruth/image-classification-multilabel": onLine.formUnion(map.values)
        default: break
        }
      }
      for label in onLine { images[label, default: 0] += 1 }
      if !onLine.isEmpty { labelled += 1 } else if hasEmpty { empty += 1 }
    }
    let used = survey.labels.filter { $0.imageCount > 0 }
    #expect(Dictionary(uniqueKeysWithValues: used.map { ($0.name, $0.imageCount) }) == images)
    #expect(used.filter { $0.boxCount > 0 }.map(\.name).sorted() == boxes.keys.sorted())
    #expect(used.allSatisfy { $0.boxCount == boxes[$0.name, default: 0] })
    #expect(survey.count(of: .labelled) == labelled)
    #expect(survey.count(of: .empty) == empty)
    #expect(survey.summaries.count == fixture.lines.count)
    #expect(survey.summaries.reduce(0) { $0 + $1.boxCount } == boxes.values.reduce(0, +))
    #expect(survey.stateCounts.values.reduce(0, +) == fixture.lines.count)
  }

  @Test("knows real manifests by their numbers")
  func realNumbers() throws {
    let bees = Survey(Dataset(source: try Fixture(named: "gt_bbox_bees_with_empty.manifest").lines))
    #expect(bees.truth == "bax-bees")
    #expect(bees.count(of: .empty) == 34)
    #expect(bees.count(of: .labelled) == 365)
    let animals = Survey(
      Dataset(source: try Fixture(named: "cl_console_bbox_animals.manifest").lines))
    #expect(animals.labels.first?.classID == 0)
    #expect(
      animals.labels.map { $0.classID ?? .max }
        == animals.labels.map { $0.classID ?? .max }.sorted())
    #expect(animals.classIDs.id(for: "cat") == 5)
    let chain = Survey(
      Dataset(source: try Fixture(named: "gt_bbox_adjustment_chain_korean.manifest").lines))
    // Both attributes are a human's on every line; the adjustment is newer.
    #expect(chain.truth == "suneung-korean-layout-detection-v2-chain")
    #expect(chain.boxAttributes.map(\.humanCount) == [40, 40])
    let broken = Survey(
      Dataset(source: try Fixture(named: "broken_attribute_metadata_pair.manifest").lines))
    #expect(broken.problemLines == Array(0..<40))
    #expect(broken.count(of: [.unlabelled, .hasProblems]) == 40)
    #expect(broken.truth == "bounding-box")
  }

  private static func box(
    _ attribute: String, _ label: String?, _ human: String, date: String = ""
  )
    -> String
  {
    let box = #"{"class_id":3,"left":0,"top":0,"width":9,"height":9}"#
    return
      #","\#(attribute)":{"annotations":[\#(label == nil ? "" : box)]},"\#(attribute)-metadata":"#
      + #"{"class-map":{\#(label.map { "\"3\":\"\($0)\"" } ?? "")},"#
      + #""type":"groundtruth/object-detection","human-annotated":"\#(human)","creation-date":"\#(date)"}"#
  }

  private func survey(_ lines: [String], truth: String? = nil, names: [String] = []) -> Survey {
    Survey(Dataset(source: lines.map { Array($0.utf8) }), truth: truth, names: names)
  }

  private func line(_ rest: String) -> String { #"{"source-ref":"x"\#(rest)}"# }

  @Test("chooses the truth: named, else most vouched for, else newest, else bounding-box")
  func truth() {
    let many = [
      line(Self.box("a", "cat", "yes", date: "2020")), line(Self.box("p", "cat", "no")),
      line(Self.box("p", "cat", "no")),
      line(Self.box("b", "cat", "yes", date: "2021") + Self.box("p", "cat", "no")),
    ]
    #expect(survey(many).truth == "b")
    #expect(survey(many, truth: "p").truth == "p")
    #expect(survey(many + [line(Self.box("a", nil, "yes"))]).truth == "a")
    #expect(survey([line(Self.box("p", "cat", "no"))]).truth == "bounding-box")
    #expect(survey([]).truth == "bounding-box")
    // The first lines may mislead.
    let late =
      Array(repeating: line(Self.box("a", "cat", "yes")), count: 70)
      + Array(repeating: line(Self.box("b", "dog", "yes")), count: 71)
    #expect(survey(late).truth == "b")
    #expect(survey(late).labels.filter { $0.boxCount > 0 }.map(\.name) == ["dog"])
  }

  @Test("tells the states of entries apart")
  func states() {
    let found = survey(
      [
        line(Self.box("a", "cat", "yes")), line(Self.box("a", nil, "yes")),
        line(Self.box("a", nil, "no")), line(""), "", "{", "[]",
        line(#","reticle":{"verified":true,"skipped":true,"excluded":true,"flag":""}"#),
        line(
          #","l":1,"l-metadata":{"class-name":"cat","type":"groundtruth/image-classification","#
            + #""human-annotated":"yes"}"#),
        line(
          #","l":1,"l-metadata":{"class-name":"cat","type":"groundtruth/image-classification","#
            + #""human-annotated":"no"}"#),
      ], truth: "a")
    #expect(
      found.summaries.map(\.state) == [
        .labelled, .empty, [.unlabelled, .predicted], .unlabelled, .blank, .broken, .broken,
        [.unlabelled, .verified, .skipped, .excluded, .flagged], .labelled,
        [.unlabelled, .predicted],
      ])
    #expect(found.problemLines == [4, 5, 6])
    #expect(found.labels.map(\.imageCount) == [2])
    #expect(found.labels.map(\.imageLevelCount) == [1])
    #expect(found.summaries[0].labels.indexes == [0])
    #expect(found.label(0).name == "cat")
  }

  @Test("ids that lines give stand before names given by hand, and never move")
  func classIDs() {
    var found = survey([line(Self.box("a", "cat", "yes"))], names: ["dog", "cat", "bird"])
    #expect(found.labels.map(\.name) == ["cat", "dog", "bird"])
    #expect(found.labels.map(\.classID) == [3, 4, 5])
    let added = [found.add("cat"), found.add("ox")]
    #expect(added == [3, 6])
    found.append(Array(line(Self.box("a", "other", "yes")).utf8))
    // The line calls 3 what is cat elsewhere: the label has no id of its own.
    #expect(found.classIDs.name(for: 3) == "cat")
    #expect(found.labels.last?.name == "other")
    #expect(found.labels.last?.classID == nil)

    var ids = ClassIDs(names: ["a", "b", "a"])
    #expect(ids.names == ["a", "b"])
    let taken = [ids.note("c", id: 1), ids.note("a", id: 7), ids.note("b", id: 1)]
    #expect(taken == [false, false, true])
    ids.note("z", id: .max)
    ids.add("c")
    ids.add("d")
    #expect(ids.names == ["a", "b", "c", "d", "z"])
  }

  @Test("keeps up with edits line by line")
  func incremental() throws {
    var random = SeededGenerator(seed: 99)
    let pool = Fixture.all.flatMap { $0.lines.prefix(8) } + [[], Array("{".utf8)]
    var lines = (0..<40).compactMap { _ in pool.randomElement(using: &random) }
    var survey = Survey(Dataset(source: lines), truth: "category")
    for _ in 0..<200 {
      let index = Int.random(in: 0..<lines.count, using: &random)
      let new = pool.randomElement(using: &random) ?? []
      survey.replace(line: index, from: lines[index], with: new)
      lines[index] = new
    }
    survey.append(pool[0])
    lines.append(pool[0])
    survey.replace(line: 999, from: [], with: [])
    let fresh = Survey(Dataset(source: lines), truth: "category")
    func counts(_ survey: Survey) -> Set<[String]> {
      Set(
        survey.labels.filter { $0.imageCount > 0 }.map {
          [$0.name, "\($0.boxCount)", "\($0.imageCount)", "\($0.imageLevelCount)"]
        })
    }
    func names(_ survey: Survey) -> [Set<String>] {
      survey.summaries.map { Set($0.labels.indexes.map { survey.label($0).name }) }
    }
    #expect(counts(survey) == counts(fresh))
    #expect(names(survey) == names(fresh))
    #expect(survey.summaries.map(\.state) == fresh.summaries.map(\.state))
    #expect(survey.stateCounts == fresh.stateCounts)
    #expect(survey.problems == fresh.problems)
    #expect(
      survey.boxAttributes.map { "\($0.name) \($0.lineCount)" }.sorted()
        == fresh.boxAttributes.map { "\($0.name) \($0.lineCount)" }.sorted())
  }

  @Test("a summary is small, and holds any number of labels")
  func small() {
    #expect(MemoryLayout<EntrySummary>.stride <= 32)
    let labels = (0..<130).map { "l\($0)" }
    let pairs = labels.map {
      #","\#($0)":1,"\#($0)-metadata":{"class-name":"\#($0)","human-annotated":"yes","#
        + #""type":"groundtruth/image-classification"}"#
    }
    let found = survey([line(pairs.joined())])
    #expect(found.summaries[0].labels.indexes == Array(0..<130))
    #expect(found.summaries[0].labels.contains(129))
    #expect(!found.summaries[0].labels.contains(130))
    #expect(!found.summaries[0].labels.contains(-1))
  }
}
