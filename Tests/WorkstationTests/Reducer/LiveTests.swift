import GroundTruth
import Testing

@testable import Workstation

@Suite("A model that looks at images beside the work")
struct LiveTests {
  private static let album =
    "100×80 | RBC 10,20 30×40\n"
    + Array(repeating: "100×80", count: 7)
    .joined(separator: "\n")

  /// A model that found boxes of a label, each as sure as said.
  private func sighting(_ confidences: Double..., label: String = "WBC") -> Sighting {
    Sighting(
      model: "cells v1",
      boxes: confidences.enumerated().map { place, confidence in
        Box(
          left: Double(10 + 30 * place), top: 10, width: 20, height: 20, label: label,
          confidence: confidence)
      })
  }

  private func bench(_ keys: String = "") throws -> Bench {
    var bench = try Bench(Self.album)
    try bench.run(keys)
    return bench
  }

  @Test("is asked for the image shown and the next ones, and for more as the person goes on")
  func asking() throws {
    var bench = try bench("r")
    #expect(bench.take() == "look 1 2 3 4 5")
    #expect(bench.message == "the model looks…")
    bench.reduce(.looked(.found(line: 0, sighting(0.9))))
    #expect(bench.take() == "look 2 3 4 5")
    try bench.run("d")
    #expect(bench.take() == "look 2 3 4 5 6")
    bench.reduce(.looked(.found(line: 1, sighting(0.9))))
    bench.reduce(.looked(.found(line: 3, sighting(0.9))))
    #expect(bench.take() == "look 3 4 5 6, look 3 5 6")
    try bench.run("r")
    #expect(bench.take() == "look 2 3 5 6", "the one shown, again")
  }

  @Test("shows what it finds beside the truth, and the queue stays as it is")
  func finding() throws {
    var bench = try bench("d r")
    let queue = bench.state.queue
    #expect(queue.lines == Array(0..<8))
    #expect(queue.position == 1)
    bench.reduce(.looked(.found(line: 1, sighting(0.9, 0.2))))
    #expect(bench.message == "cells v1 finds 1: Space accepts, x rejects")
    #expect(bench.state.review?.shown?.boxes.map(\.label) == ["WBC", "WBC"])
    #expect(bench.state.queue == queue)
    bench.reduce(.looked(.found(line: 2, sighting(0.4))))
    try bench.run("d")
    #expect(bench.state.review?.shown?.boxes.map(\.confidence) == [0.4])
    try bench.run("a")
    #expect(bench.state.review?.shown?.boxes.map(\.confidence) == [0.9, 0.2])
  }

  @Test("is accepted by Space, and the manifest says nothing of it before that")
  func accepting() throws {
    var bench = try bench("d r")
    bench.reduce(.looked(.found(line: 1, sighting(0.9, 0.2))))
    #expect(bench.records.isEmpty)
    try bench.run("Space")
    let entry = try Entry(line: bench.state.dataset.line(at: 1))
    let boxes = try #require(entry.boxSet(Bench.attribute)).boxes
    #expect(boxes.map(\.label) == ["WBC"])
    #expect(boxes.map(\.left) == [10])
    #expect(bench.state.queue.position == 2, "and the next image is shown")
  }

  @Test("may give a label that nobody had, and labels for the whole image")
  func newLabels() throws {
    var bench = try bench("r")
    bench.reduce(.looked(.found(line: 0, sighting(0.9, label: "Parasite"))))
    #expect(bench.state.labels == ["RBC", "WBC", "Platelets", "Parasite"])
    #expect(bench.state.review?.shown?.boxes.map(\.label) == ["Parasite"])
    // The truth's own box is still one of RBC, and missed.
    #expect(bench.state.review?.shown?.missed == [0])
    bench.reduce(
      .looked(
        .found(
          line: 0,
          Sighting(model: "m", boxes: [], imageLabels: [("blurred", 0.8), ("sharp", 0.1)]))))
    #expect(bench.state.review?.shown?.boxes.isEmpty == true)
    #expect(bench.state.review?.shown?.labels.map(\.label) == ["blurred", "sharp"])
    #expect(bench.message == "m finds 1: Space accepts, x rejects")
  }

  @Test("says when it finds nothing, or nothing sure")
  func nothing() throws {
    var bench = try bench("r")
    bench.reduce(.looked(.found(line: 0, sighting())))
    #expect(bench.message == "cells v1 finds nothing here")
    bench.reduce(.looked(.found(line: 0, sighting(0.3, 0.2))))
    #expect(
      bench.message == "cells v1 finds 2, none surer than 0.50: [ lowers the threshold")
  }

  @Test("is told to stop by Esc and Ctrl+C, and goes on by r", arguments: ["Esc", "Ctrl+C"])
  func stopping(key: String) throws {
    var bench = try bench("r")
    _ = bench.take()
    try bench.run(key)
    #expect(bench.take() == "look")
    #expect(bench.message == "the model looks no further; r goes on")
    #expect(!bench.state.isFinished)
    bench.reduce(.looked(.found(line: 0, sighting(0.9))))
    #expect(bench.state.review?.shown?.boxes.isEmpty == true, "what comes late is let go")
    try bench.run("r")
    #expect(bench.take() == "look 1 2 3 4 5")
  }

  @Test("names what is wrong with an image, and goes on")
  func failing() throws {
    var bench = try bench("r")
    _ = bench.take()
    bench.reduce(.looked(.failed(line: 2, "img3.jpg: the model says “no”")))
    #expect(bench.message == "the model looks…", "it is not the one shown")
    bench.reduce(.looked(.failed(line: 0, "img1.jpg: the model says “no”")))
    #expect(bench.message == "img1.jpg: the model says “no”")
    #expect(bench.take() == "look 1 2 4 5, look 2 4 5")
  }

  @Test("says why there is none, and leaves everything as it was")
  func unavailable() throws {
    var bench = try bench("r")
    bench.reduce(.looked(.unavailable("no model here yet")))
    #expect(bench.message == "no model here yet")
    #expect(bench.state.review == nil)
    _ = bench.take()
    try bench.run("d")
    #expect(bench.take() == "", "and nothing is asked for by itself")
  }

  @Test("does not write over the predictions of a version that became ready meanwhile")
  func training() throws {
    var bench = try bench("r")
    bench.reduce(.looked(.found(line: 0, sighting(0.9))))
    var predictions = Predictions(name: "v1")
    for _ in 0..<8 {
      predictions.appendLine(
        boxes: [Box(left: 5, top: 5, width: 9, height: 9, label: "RBC", confidence: 0.7)])
    }
    try bench.state.startReview(ReviewOptions(predictions: predictions))
    bench.reduce(.looked(.found(line: 1, sighting(0.9))))
    #expect(bench.state.review?.predictions.boxes(at: 1).map(\.left) == [5])
  }
}
