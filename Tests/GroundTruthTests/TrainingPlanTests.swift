import GroundTruth
import Testing

@Suite("What a model learns from a manifest")
struct TrainingPlanTests {
  private func boxes(_ name: String, _ labels: [String], by who: String = "yes") -> String {
    let annotations = labels.indices.map {
      #"{"class_id":\#($0),"left":1.5,"top":2,"width":3,"height":4}"#
    }
    let classes = labels.enumerated().map { #""\#($0)":"\#($1)""# }
    return #"{"source-ref":"\#(name)","bounding-box":{"image_size":[{"width":9,"height":9,"#
      + #""depth":3}],"annotations":[\#(annotations.joined(separator: ","))]},"#
      + #""bounding-box-metadata":{"class-map":{\#(classes.joined(separator: ","))},"#
      + #""type":"groundtruth/object-detection","human-annotated":"\#(who)"}}"#
  }

  private func whole(_ name: String, _ labels: [String], by who: String = "yes") -> String {
    let pairs = labels.enumerated().map { index, label in
      #""l\#(index)":\#(index),"l\#(index)-metadata":{"class-name":"\#(label)","confidence":1,"#
        + #""type":"groundtruth/image-classification","human-annotated":"\#(who)"}"#
    }
    return "{" + ([#""source-ref":"\#(name)""#] + pairs).joined(separator: ",") + "}"
  }

  private func plan(
    _ lines: [String], task: TrainingTask? = nil, known: [String] = []
  ) -> TrainingPlan {
    let dataset = Dataset(source: lines.map { Array($0.utf8) })
    return TrainingPlan(dataset, survey: Survey(dataset), task: task, knownLabels: known)
  }

  @Test("is boxes where there are any, with the images that show nothing")
  func detection() {
    let found = plan([
      boxes("a.jpg", ["RBC", "WBC"]), whole("b.jpg", ["sharp"]), boxes("c.jpg", []),
      boxes("d.jpg", [], by: "no"),
    ])
    #expect(found.task == .detection)
    #expect(found.items.map(\.sourceRef) == ["a.jpg", "c.jpg"])
    #expect(found.items[0].boxes.map(\.label) == ["RBC", "WBC"])
    #expect(found.items[0].boxes[0].left == 1.5)
    #expect(found.emptyCount == 1)
    #expect(found.labels == ["RBC", "WBC"])
    #expect(found.omissions == [.unlabelled: [1, 3]])
  }

  @Test("is one label an image, or several where one image has several")
  func wholeImages() {
    let single = plan([whole("a.jpg", ["cat"]), whole("b.jpg", ["dog"]), whole("c.jpg", [])])
    #expect(single.task == .classification)
    #expect(single.items.map(\.labels) == [["cat"], ["dog"]])
    #expect(single.omissions == [.unlabelled: [2]])
    let several = plan([whole("a.jpg", ["cat"]), whole("b.jpg", ["dog", "cat"])])
    #expect(several.task == .multiLabel)
    #expect(several.items[1].labels == ["dog", "cat"])
  }

  @Test("is nothing that a model said")
  func predictions() {
    #expect(plan([whole("a.jpg", ["cat"], by: "no")]).items.isEmpty)
  }

  @Test("leaves out what was put off, stays out, stands there twice or can't be read")
  func omissions() {
    func marked(_ mark: String) -> String {
      boxes("\(mark).jpg", ["a"]).dropLast() + #","reticle":{"\#(mark)":true}}"#
    }
    let found = plan([
      boxes("a.jpg", ["a"]), marked("skipped"), marked("excluded"), boxes("a.jpg", ["b"]),
      "no JSON", "", #"{"source-ref":"e.jpg"}"#, marked("verified"),
    ])
    #expect(found.items.map(\.line) == [0, 7])
    #expect(
      found.omissions == [
        .skipped: [1], .excluded: [2], .repeated: [3], .broken: [4, 5], .unlabelled: [6],
      ])
  }

  @Test("has the labels of the model that it goes on from first, even those not used")
  func knownLabels() {
    let found = plan([boxes("a.jpg", ["new", "WBC"])], known: ["RBC", "WBC"])
    #expect(found.labels == ["RBC", "WBC", "new"])
  }

  @Test("takes a task that is settled")
  func settledTask() {
    let both = boxes("a.jpg", ["x"]).dropLast() + "," + whole("a.jpg", ["cat"]).dropFirst(22)
    #expect(plan([String(both)]).task == .detection)
    let found = plan([whole("a.jpg", ["cat"]), whole("b.jpg", ["a", "b"])], task: .classification)
    #expect(found.items.map(\.sourceRef) == ["a.jpg"])
  }
}
