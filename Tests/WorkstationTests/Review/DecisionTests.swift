import GroundTruth
import Testing

@testable import Workstation

@Suite("Decisions on predictions")
struct DecisionTests {
  private let two = [["RBC .9 10,20 30×40", "WBC .6 50,8 8×8"]]

  private func expect(
    _ bench: Bench, _ album: String, effects: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var bench = bench
    #expect(
      bench.album.description == (try Album(album).description), sourceLocation: sourceLocation)
    #expect(bench.take() == effects, sourceLocation: sourceLocation)
  }

  @Test func `Space accepts, keeps the model's numbers and steps on`() throws {
    var bench = try Bench.review(
      "100×80\n100×80", [["RBC .9 10.25,20 30.5×40", "WBC .6 50,8 8×8"], []])
    let model = try Entry(line: bench.originals[0]).line
    try bench.run("Space")
    #expect(bench.state.queue.position == 1)
    #expect(bench.message == "1 accepted; 1 left")
    #expect(
      String(decoding: bench.lines[0], as: UTF8.self)
        == String(decoding: model.dropLast(), as: UTF8.self)
        + #","bounding-box":{"image_size":[{"width":100,"height":80,"depth":3}],"annotations":["#
        + #"{"class_id":0,"top":20,"left":10.25,"height":40,"width":30.5}]},"#
        + #""bounding-box-metadata":{"objects":[{"confidence":1}],"class-map":{"0":"RBC"},"#
        + #""type":"groundtruth/object-detection","human-annotated":"yes","#
        + #""creation-date":"2026-09-21T14:13:20.000000","job-name":"labeling-job/reticle","#
        + #""adjustment-status":"unadjusted"}}"#)
    #expect(bench.lines[1] == bench.originals[1])
    #expect(bench.take() == "accept RBC")
  }

  @Test func `x rejects: no trace in the truth, and it doesn't come back`() throws {
    var bench = try Bench.review("100×80", two)
    try bench.run("x")
    try expect(bench, "100×80", effects: "reject RBC")
    #expect(try bench.settled(0).rejected == ["RBC"])
    let again = try Bench.review(bench.lines, try Album("100×80").images)
    #expect(again.queueText == ["1 WBC .60"])
  }

  @Test func `what was rejected stays so if a new model moves it a little, and only once`() throws {
    var bench = try Bench.review("100×80", [["RBC .9 10,20 30×40"]])
    try bench.run("x")
    let mark = try Entry(line: bench.lines[0]).mark
    let other = try Bench.review(
      "100×80", [["RBC .8 11,20 30×40", "RBC .7 12,21 30×40", "WBC .8 10,20 30×40"]])
    let line = try Entry(line: other.lines[0]).settingMark(mark)
    let again = try Bench.review([line], try Album("100×80").images)
    #expect(again.queueText == ["1 RBC .70", "1 WBC .80"])
  }

  @Test func `a digit gives another label and accepts, with one key`() throws {
    var bench = try Bench.review("100×80", two)
    try bench.run("3")
    try expect(bench, "100×80 | Platelets 10,20 30×40", effects: "relabel RBC as Platelets")
    #expect(try bench.settled(0).corrected == ["RBC"])
    #expect(try bench.adjustment(0) == .adjusted)
    #expect(bench.state.queue.position == 1)
    var same = try Bench.review("100×80", two)
    try same.run("1")
    #expect(try same.settled(0).corrected.isEmpty)
    #expect(try same.adjustment(0) == .unadjusted)
  }

  @Test func `c gives a label by typing`() throws {
    var bench = try Bench.review("100×80", two)
    try bench.run("c \"plat\" Enter")
    try expect(bench, "100×80 | Platelets 10,20 30×40", effects: "relabel RBC as Platelets")
  }

  @Test func `nudges are one decision, in whole pixels`() throws {
    var bench = try Bench.review("100×80", two)
    try bench.run("Right Right Down")
    #expect(bench.take() == "")
    try bench.run("<pause>")
    try expect(bench, "100×80 | RBC 14,24 30×40", effects: "adjust RBC, save 1")
    #expect(try bench.adjustment(0) == .adjusted)
  }

  @Test func `editing a corner accepts`() throws {
    var bench = try Bench.review("100×80", two)
    try bench.run("e Right Down Enter")
    try expect(bench, "100×80 | RBC 10,20 32×44", effects: "adjust RBC")
    // What was moved far doesn't come back as another box.
    var far = try Bench.review("100×80", two)
    try far.run("L L <pause>")
    #expect(try far.settled(0).corrected == ["RBC"])
    #expect(try Bench.review(far.lines, try Album("100×80").images).queueText == ["1 WBC .60"])
  }

  @Test func `A accepts the rest above the threshold in one step`() throws {
    var bench = try Bench.review(
      "100×80", [["RBC .9 10,20 30×40", "WBC .6 50,8 8×8", "RBC .4 70,50 9×9"]])
    let before = bench.lines
    try bench.run("A")
    try expect(
      bench, "100×80 | RBC 10,20 30×40 | WBC 50,8 8×8", effects: "accept all: 2 predictions")
    #expect(bench.state.review?.left == 0)
    try bench.run("u")
    #expect(bench.lines == before)
    #expect(bench.state.review?.left == 2)
  }

  @Test func `Backspace takes the last decision back and goes there`() throws {
    var bench = try Bench.review("100×80\n100×80", two + [["RBC .8 1,1 5×5"]])
    let before = bench.lines
    try bench.run("Space x Space")
    #expect(bench.state.queue.position == 2)
    try bench.run("Backspace")
    #expect(bench.state.queue.position == 2)
    try bench.run("Backspace")
    #expect(bench.state.queue.position == 1)
    #expect(bench.state.review?.selection == .box(1))
    try bench.run("Backspace Backspace")
    #expect(bench.state.queue.position == 0)
    #expect(bench.lines == before)
    #expect(bench.state.review?.left == 3)
    #expect(bench.message == "no decision to take back")
  }

  @Test func `Backspace takes back no more than a decision`() throws {
    var bench = try Bench.review("100×80", two)
    try bench.run("Space f \"x\" Enter Backspace")
    #expect(bench.message.contains("u takes that back first"))
    try bench.run("u Backspace")
    #expect(bench.lines == bench.originals)
  }

  // MARK: Where people drew already

  @Test func `a box that people drew where the prediction lies stands`() throws {
    var bench = try Bench.review(
      "100×80 | RBC 10,20 31×40", [["RBC .9 10,20 30×40"]], filter: "is:tp")
    try bench.run("Space")
    try expect(bench, "100×80 | RBC 10,20 31×40", effects: "")
    #expect(bench.message == "1 accepted; 0 left")
  }

  @Test func `a box that lies loosely takes the accepted prediction's place`() throws {
    var bench = try Bench.review("100×80 | RBC 10,20 50×40", [["RBC .9 10,20 30×40"]])
    #expect(bench.queueText == ["1 RBC .90"])
    try bench.run("Space")
    try expect(bench, "100×80 | RBC 10,20 30×40", effects: "accept RBC")
    #expect(try bench.adjustment(0) == .unadjusted)
  }

  @Test func `a box with another label takes the accepted prediction's`() throws {
    var bench = try Bench.review("100×80 | WBC 10,20 31×40", [["RBC .9 10,20 30×40"]])
    try bench.run("Space")
    try expect(bench, "100×80 | RBC 10,20 31×40", effects: "accept RBC")
    var right = try Bench.review("100×80 | WBC 10,20 31×40", [["RBC .9 10,20 30×40"]])
    try right.run("2")
    try expect(right, "100×80 | WBC 10,20 31×40", effects: "relabel RBC as WBC")
  }

  @Test func `accepting all leaves what contradicts people's boxes`() throws {
    let predictions = [
      [
        "RBC .9 10,20 30×40", "RBC .8 12,22 30×40", "WBC .7 10,20 30×40", "WBC .6 60,5 9×9",
      ]
    ]
    var bench = try Bench.review("100×80 | RBC 10,20 30×40", predictions)
    try bench.run("A")
    try expect(
      bench, "100×80 | RBC 10,20 30×40 | WBC 60,5 9×9", effects: "accept all: 3 predictions")
    #expect(bench.message == "1 accepted, 2 left: against boxes that stand; 2 left")
    // Verifying the image settles them too.
    var whole = try Bench.review("100×80 | RBC 10,20 30×40", predictions, unit: .images)
    try whole.run("Space")
    try expect(
      whole, "100×80 | RBC 10,20 30×40 | WBC 60,5 9×9 | verified", effects: "verify: 3 predictions")
    #expect(try whole.settled(0).rejected == ["RBC", "WBC"])
  }

  @Test func `rejecting what was accepted takes its box away again`() throws {
    var bench = try Bench.review("100×80", two)
    try bench.run("Space a x")
    try expect(bench, "100×80", effects: "accept RBC, reject RBC")
    try bench.run("a Space")
    #expect(bench.album.images[0].boxes.map(\.label) == ["RBC"])
    #expect(try bench.settled(0).rejected.isEmpty)
  }

  @Test func `what sticks out is cut at the frame, what is outside is rejected`() throws {
    var bench = try Bench.review(
      "100×80", [["RBC .9 -5.5,20 30×70.5", "WBC .6 150,8 8×8", "RBC .5 1,1 2×2"]])
    try bench.run("Space Space")
    #expect(bench.album.images[0].boxes.map(\.rect.summary) == ["0,20 24.5×60"])
    #expect(try bench.settled(0).rejected == ["WBC"])
  }

  // MARK: Image-level labels

  @Test func `labels for the image are accepted, rejected and changed the same way`() throws {
    let predictions = [["cat .9", "dog .6", "hen .2"]]
    let labels = ["cat", "dog", "hen"]
    func bench(_ unit: ReviewUnit = .boxes) throws -> Bench {
      try Bench.review("100×80", predictions, unit: unit, labels: labels) {
        $0.task = .classification
      }
    }
    var first = try bench()
    #expect(first.queueText == ["1 [cat] .90", "1 [dog] .60"])
    try first.run("Space x")
    #expect(try first.givenLabels(0) == ["cat"])
    #expect(try first.settled(0).rejected == ["dog"])
    #expect(first.take() == "accept cat, reject dog")
    // The model's own attributes are as they were.
    let text = String(decoding: first.lines[0], as: UTF8.self)
    #expect(
      text.hasPrefix(String(decoding: first.originals[0].dropLast(), as: UTF8.self) + ","))
    var second = try bench()
    try second.run("3")
    #expect(try second.givenLabels(0) == ["hen"])
    #expect(try second.settled(0).corrected == ["cat"])
    var third = try bench(.images)
    try third.run("Space")
    #expect(try third.givenLabels(0) == ["cat", "dog"])
    #expect(third.album.images[0].marks == ["verified"])
    try third.run("u")
    #expect(third.lines == third.originals)
  }

  // MARK: Keys and limits

  @Test func `a correct image is one key, a rejected box one, a label two at most`() throws {
    var image = try Bench.review("100×80\n100×80", two + two, unit: .images)
    try image.run("Space")
    #expect(image.state.review?.pace.here.keys == 1)
    #expect(image.album.images[0].boxes.count == 2)
    #expect(image.album.images[1].isShown)
    var box = try Bench.review("100×80", two)
    try box.run("x 3")
    #expect(box.state.review?.pace.here.keysEach == 1)
    #expect(box.state.review?.left == 0)
    // In a queue of images the box is chosen first.
    var chosen = try Bench.review("100×80", two, unit: .images)
    try chosen.run("Tab 3")
    #expect(chosen.state.review?.pace.here.keys == 2)
  }

  @Test func `nothing is decided where the manifest is read only`() throws {
    var bench = try Bench.review("100×80\n100×80", two + two) { $0.readOnlyReason = "locked" }
    for key in ["Space", "x", "2", "A", "X", "Right <pause>", "e Enter Esc", "Enter"] {
      try bench.run(key)
    }
    #expect(bench.lines == bench.originals)
    #expect(bench.take() == "")
  }

  @Test func `without a picture boxes are accepted by the size that the line states`() throws {
    var bench = try Bench.review("100×80?", two)
    try bench.run("Space")
    #expect(bench.album.images[0].boxes.count == 1)
  }

  @Test func `a verdict is written instead where that is chosen`() throws {
    var bench = try Bench.review("100×80\n100×80", two + two, unit: .images)
    try bench.run(": \"verification on\" Enter Space : \"verification bad too wide\" Enter")
    let first = try Entry(line: bench.lines[0]).verdict(on: "model")
    let second = try Entry(line: bench.lines[1]).verdict(on: "model")
    #expect(first?.verdict == .good)
    #expect(second?.verdict == .bad)
    #expect(second?.comments == ["too wide"])
    #expect(!bench.album.images.contains { !$0.boxes.isEmpty })
    try bench.run("Backspace Backspace")
    #expect(bench.lines == bench.originals)
  }

  @Test func `without predictions the keys say so`() throws {
    var bench = try Bench("100×80")
    for key in ["A", "Backspace", "m", "[", "]"] {
      try bench.run(key)
      #expect(bench.message.contains("reticle review"), "\(key)")
    }
  }
}
