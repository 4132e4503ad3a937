import GroundTruth
import Testing

@Suite("Predictions beside a dataset")
struct PredictionsTests {
  private func boxes(_ name: String, _ left: [Int], human: String = "no") -> String {
    let annotations = left.map {
      #"{"class_id":3,"left":\#($0).5,"top":2,"width":10,"height":20}"#
    }
    let objects = left.map { #"{"confidence":0.\#($0)}"# }
    return #""\#(name)":{"image_size":[{"width":100,"height":80,"depth":3}],"annotations":["#
      + annotations.joined(separator: ",") + #"]},"\#(name)-metadata":{"objects":["#
      + objects.joined(separator: ",") + #"],"class-map":{"3":"RBC"},"#
      + #""type":"groundtruth/object-detection","human-annotated":"\#(human)"}"#
  }

  private func dataset(_ lines: String...) -> Dataset {
    Dataset(source: lines.map { Array($0.utf8) })
  }

  @Test func `an attribute's boxes are read line by line, whatever else is there`() {
    let dataset = dataset(
      #"{"source-ref":"a.jpg",\#(boxes("model", [1, 2])),\#(boxes("truth", [5], human: "yes"))}"#,
      "", #"{"source-ref":"b.jpg"}"#, #"{"source-ref":"c.jpg",\#(boxes("model", [7]))}"#)
    let found = Predictions(attribute: "model", of: dataset)
    #expect(found.lineCount == 4)
    #expect(found.labels == ["RBC"])
    #expect((0..<4).map { found.boxes(at: $0).map(\.left) } == [[1.5, 2.5], [], [], [7.5]])
    #expect(found.boxes(at: 3).first?.confidence == 0.7)
    #expect(found.boxRange(at: 3) == 2..<3)
    #expect(found.boxes(at: 9).isEmpty)
    let survey = Survey(dataset)
    #expect(survey.truth == "truth")
    #expect(Predictions.attribute(in: survey, truth: survey.truth) == "model")
  }

  @Test func `labels for whole images are those of models, one attribute each`() {
    func pair(_ name: String, _ label: String, _ human: String) -> String {
      #""\#(name)":1,"\#(name)-metadata":{"class-name":"\#(label)","confidence":0.4,"#
        + #""type":"groundtruth/image-classification","human-annotated":"\#(human)"}"#
    }
    let dataset = dataset(
      #"{"source-ref":"a.jpg",\#(pair("eval-0", "cat", "no")),\#(pair("eval-1", "dog", "yes")),"#
        + #"\#(pair("evaluation", "hen", "no"))}"#)
    #expect(Predictions(attribute: "eval", of: dataset).labels == ["cat"])
    #expect(Predictions(attribute: nil, of: dataset).labels == ["cat", "hen"])
    #expect(Predictions(attribute: nil, of: dataset).imageLabels.map(\.confidence) == [0.4, 0.4])
  }

  @Test func `a file's images are found by reference, path or name`() {
    let dataset = dataset(
      #"{"source-ref":"s3://b/x/a.jpg"}"#, #"{"source-ref":"s3://b/y/a.jpg"}"#,
      #"{"source-ref":"s3://b/y/c.jpg"}"#)
    func image(_ name: String, _ label: String) -> LabeledImage {
      LabeledImage(
        name: name,
        boxes: [
          LabeledBox(
            left: 1, top: 2, width: 3, height: 4, label: label, confidence: 0.25,
            isPrediction: true),
          LabeledBox(left: 1, top: 2, width: 3, height: 4, label: "truth"),
        ])
    }
    let file = LabeledDataset(images: [
      image("y/a.jpg", "one"), image("c", "two"), image("a.jpg", "unclear"),
      image("s3://b/x/a.jpg", "three"), image("none.jpg", "four"),
    ])
    let (found, coverage) = Predictions.reading("file.json", file, beside: dataset)
    #expect(
      (0..<3).map { found.boxes(at: $0).map { found.labels[$0.label] } } == [
        ["three"], ["one"], ["two"],
      ])
    #expect(coverage.found == 3)
    #expect(coverage.missing == ["a.jpg", "none.jpg"])
    #expect(found.boxes(at: 0).first?.confidence == 0.25)
  }
}
