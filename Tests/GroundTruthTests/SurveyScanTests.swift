import GroundTruth
import TestSupport
import Testing

/// The survey looks at bytes; these hold it against one that looks at entries.
@Suite("Survey scan")
struct SurveyScanTests {
  private static let truths = ["bounding-box", "category", "bax-bees", "a"]

  @Test("finds in every manifest what its entries say", arguments: Fixture.all)
  func fixtures(fixture: Fixture) {
    for truth in Self.truths + [Survey(Dataset(source: fixture.lines)).truth] {
      let survey = Survey(Dataset(source: fixture.lines), truth: truth)
      let isSame = ReferenceSurvey(survey) == ReferenceSurvey(fixture.lines, truth: truth)
      #expect(isSame, "truth \(truth)")
    }
  }

  @Test("finds in 40,000 mutated lines what their entries say")
  func mutations() throws {
    let seed = SeededGenerator.seed(20_260_301)
    var random = SeededGenerator(seed: seed)
    let pool = Fixture.all.flatMap { $0.lines.prefix(12) }.filter { $0.count < 2_000 } + Self.odd
    try #require(pool.count > 50)
    var valid = 0
    for round in 0..<2_000 {
      let truth = Self.truths.randomElement(using: &random) ?? ""
      let lines = (0..<20).map { _ in
        LineMutation.mutated(pool[Int.random(in: 0..<pool.count, using: &random)], &random)
      }
      let survey = Survey(Dataset(source: lines), truth: truth)
      valid += survey.summaries.count { !$0.state.contains(.broken) }
      let expected = ReferenceSurvey(lines, truth: truth)
      if ReferenceSurvey(survey) != expected {
        let line = lines.first {
          ReferenceSurvey(Survey(Dataset(source: [$0]), truth: truth))
            != ReferenceSurvey([$0], truth: truth)
        }
        Issue.record(
          "seed \(seed), round \(round), truth \(truth): \(line?.text ?? "only together")")
        return
      }
    }
    // Both outcomes must be well represented, or the loop says nothing.
    #expect((10_000..<38_000).contains(valid), "seed \(seed): \(valid) valid")
  }

  @Test("parts merged in any order are the survey of the whole")
  func parts() {
    let seed = SeededGenerator.seed(20_260_302)
    var random = SeededGenerator(seed: seed)
    let pool = Fixture.all.flatMap { $0.lines.prefix(10) } + Self.odd
    for round in 0..<60 {
      let lines = (0..<80).compactMap { _ in pool.randomElement(using: &random) }
      let dataset = Dataset(source: lines)
      let truth = Self.truths.randomElement(using: &random) ?? ""
      var cuts = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        Int.random(in: 0...80, using: &random)
      }
      cuts = [0] + cuts.sorted() + [80]
      var parts = zip(cuts, cuts.dropFirst()).map {
        Survey.part($0..<$1, of: dataset, truth: truth)
      }
      parts.shuffle(using: &random)
      var survey = Survey(lineCount: 80, truth: truth)
      for part in parts {
        #expect(!survey.isComplete || part.lines.isEmpty)
        survey.merge(part)
      }
      #expect(survey.isComplete)
      let whole = ReferenceSurvey(Survey(dataset, truth: truth))
      let isSame = ReferenceSurvey(survey) == whole
      #expect(isSame, "seed \(seed), round \(round)")
      // What is counted isn't counted again.
      for part in parts { survey.merge(part) }
      survey.merge(Survey.part(0..<80, of: dataset, truth: "other"))
      let isStillSame = ReferenceSurvey(survey) == whole
      #expect(isStillSame, "seed \(seed), round \(round)")
    }
  }

  @Test("lines of a dataset are lent as they are now")
  func changedLines() throws {
    let lines = ["a", "b", "c"].map { Array($0.utf8) }
    var dataset = Dataset(source: lines)
    try dataset.perform(.append([Array("d".utf8)]))
    let splice = Splice(line: 1, from: lines[1], to: Array("bee".utf8))
    try dataset.perform(.edit(Edit(summary: "", splices: [splice])))
    var found: [String] = []
    dataset.forEachLine(in: 1..<9) { index, bytes in
      found.append("\(index)" + bytes.indices.map { bytes[$0] }.text)
    }
    #expect(found == ["1bee", "2c", "3d"])
  }

  @Test("keeps the problems of so many lines, and counts all")
  func manyProblems() {
    let lines = Array(repeating: Array("{".utf8), count: Survey.problemLimit + 5)
    let survey = Survey(Dataset(source: lines))
    #expect(survey.problemLines == Array(0..<Survey.problemLimit))
    #expect(survey.count(of: .broken) == lines.count)
  }

  @Test("a sample knows truth and labels of lines far apart")
  func sample() {
    let first = #"{"source-ref":"x"}"#
    let last =
      #"{"source-ref":"x","t":{"annotations":[{"class_id":2,"left":1,"top":1,"width":1,"height":1}]},"#
      + #""t-metadata":{"type":"groundtruth/object-detection","class-map":{"2":"cat"},"#
      + #""human-annotated":"yes"}}"#
    let lines = Array(repeating: first, count: 900) + Array(repeating: last, count: 100)
    let sample = Survey.sample(
      of: Dataset(source: lines.map { Array($0.utf8) }), lineCount: 100)
    #expect(sample.truth == "t")
    #expect(sample.labels.map(\.name) == ["cat"])
    #expect(sample.summaries.count == 100)
    #expect(Survey.sample(of: Dataset(source: [[UInt8]]()), lineCount: 9).summaries.isEmpty)
  }

  /// Lines for what the manifests beside the tests don't show.
  static let odd: [[UInt8]] = {
    func boxes(_ annotations: String, _ metadata: String) -> String {
      #"{"source-ref":"x","a":{"annotations":\#(annotations)},"a-metadata":{"#
        + #""type":"groundtruth/object-detection",\#(metadata)}}"#
    }
    let box = #"{"class_id":1,"left":0,"top":0,"width":9,"height":9}"#
    let label = #""type":"groundtruth/image-classification","human-annotated":"yes""#
    let model = #""type":"groundtruth/image-classification","human-annotated":"no""#
    let many = (0..<70).map { #""\#($0)":"l\#($0)""# }.joined(separator: ",")
    let all = (0..<70).map { #"{"class_id":\#($0),"left":0,"top":0,"width":9,"height":9}"# }
    return [
      boxes("[\(box),\(box)]", #""class-map":{"1":"caf\u00e9","01":"x","1":"ox"}"#),
      boxes("[\(box)]", #""class-map":{"1":"é"},"human-annotated":"y\u0065s""#),
      boxes("[\(box)]", #""class-map":{"1":"e\#u{301}"},"human-annotated":"yes""#),
      boxes("[\(box)]", #""class-map":{"1":7},"human-annotated":"yes""#),
      // Of members of one name the last counts, here too.
      boxes("[3],\"annotations\":[\(box)]", #""human-annotated":"yes""#),
      boxes("[\(box)],\"annotations\":[\(box),\(box)]", #""human-annotated":"yes""#),
      boxes("[\(box)],\"annotations\":3", #""objects":3,"objects":[],"human-annotated":"yes""#),
      boxes("[\(box)]", #""class-map":[],"objects":[],"human-annotated":"yes""#),
      boxes("[\(box)]", #""objects":{},"human-annotated":"yes""#),
      boxes("[\(box),3]", #""human-annotated":"yes","creation-date":"2024-01-01""#),
      boxes("[ \(box) , \(box) ]", #""human-annotated":"yes","creation-date":"2025\/1""#),
      boxes("[]", #""human-annotated":"yes","creation-date":"2024-01-01""#),
      boxes("[\(all.joined(separator: ","))]", #""class-map":{\#(many)},"human-annotated":"yes""#),
      boxes(#"[{"class_id":1.0,"left":-1,"top":1e2,"width":1e999,"height":2}]"#, #""x":1"#),
      boxes(
        #"[{"class_id":1.0,"left":-1,"top":1e2,"width":0.5,"height":2,"left":"3"}]"#, #""x":1"#),
      boxes(#"[{"class_id":1e0,"left":-1,"top":1e2,"width":0.5,"height":2}]"#, #""x":[]"#),
      boxes(
        #"[{"class_id":99999999999999999999,"left":1,"top":1,"width":1,"height":2}]"#, #""x":1"#),
      #"{"source-ref":"x","a":1,"a-metadata":{\#(label),"class-name":"caf\u00e9"}}"#,
      #"{"source-ref":"x","a":"1","a-metadata":{\#(label),"class-name":"cat"},"a":0}"#,
      #"{"source-ref":"x","a":1.5,"a-metadata":{\#(label),"class-name":"cat"}}"#,
      #"{"source-ref":"x","a":true,"a-metadata":{\#(label),"class-name":"cat"}}"#,
      #"{"source-ref":"x","a-metadata":{\#(label),"class-name":"cat","class-map":3},"a":0}"#,
      #"{"source-ref":"x","a-metadata":{\#(label),"class-name":"cat"}}"#,
      // What a model labelled alone, and names that look like it.
      #"{"source-ref":"x","image-label_a":1,"image-label_a-metadata":{\#(model),"class-name":"a"}}"#,
      #"{"source-ref":"x","image-label_":1,"image-label_-metadata":{\#(model),"class-name":"a"},"#
        + #""b":1,"b-metadata":{\#(label),"class-name":"b"}}"#,
      #"{"source-ref":"x","\u0069mage-label_a":1,"image-label_a-metadata":{\#(model),"#
        + #""class-name":"a"}}"#,
      #"{"source-ref":"x","image-label":1,"image-label-metadata":{\#(model),"class-name":"a"}}"#,
      #"{"source-ref":"x","a-metadata":{"type":"other"},"cl-metadata":{"is_labeled":true}}"#,
      #"{"source-ref":"x","a":[0,"1"],"a-metadata":{"class-map":{"0":"cat","1":"dog"},"#
        + #""type":"groundtruth/image-classification-multilabel","human-annotated":"yes"}}"#,
      #"{"source-ref":"x","a":["01"],"a-metadata":{"#
        + #""type":"groundtruth/image-classification-multilabel","human-annotated":"yes"}}"#,
      #"{"source-ref":"x","a":["\u0031",5],"a-metadata":{"class-map":{"1":"dog"},"#
        + #""type":"groundtruth\/image-classification-multilabel","human-annotated":"yes"}}"#,
      #"{"source-ref":"x","a":1,"a-metadata":{"type":"groundtruth/semantic-segmentation"}}"#,
      #"{"source-ref":"x","é":{"annotations":[\#(box)]},"é-metadata":{"#
        + #""type":"groundtruth/object-detection"}}"#,
      #"{"source-ref":"x","reticle":{"verified":true,"verified":false,"flag":7,"flag":""}}"#,
      #"{"source-ref":"x","reticle":{"skipped":"true","excluded":true,"v\u0065rified":true}}"#,
      #"{"source-ref":"x","reticle":[]}"#, #"{"source-ref":"x","reticle":{}} "#,
      #"{"source-ref":"x","reticle":{"flag":"a"},"reticle":{"verified":true}}"#,
      "\u{FEFF}{\"source-ref\":\"x\"}", " \u{FEFF}{\"source-ref\":\"x\"}",
      #"{"source":"text"}"#, #"{"source-ref":3}"#, #"{"source-ref":"x","source":"y"}"#,
      #"{"source-ref":"x","source-ref":4}"#, #"{"source-ref":"x","source-ref-metadata":{}}"#,
      #"{"source-ref":"x"} {}"#, #"{"source-ref":"x",}"#, "[]", "3", "", " \t", "{}",
      #"{"source-ref":"x","a":\#(String(repeating: "[", count: 63))\#(String(repeating: "]", count: 63))}"#,
      #"{"source-ref":"x","a":\#(String(repeating: "[", count: 64))\#(String(repeating: "]", count: 64))}"#,
    ].map { Array($0.utf8) }
  }()
}
