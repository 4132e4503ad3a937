import GroundTruth
import Testing

@testable import Workstation

@Suite("Queues of a review")
struct ReviewQueueTests {
  /// A truth that is found, one that is loose, one with another label, one missed; and a prediction
  /// of nothing.
  private static let album = """
    100×80 | RBC 0,0 20×20 | RBC 40,0 20×20 | WBC 70,0 20×20 | RBC 0,50 20×20
    100×80
    """
  private static let predictions = [
    [
      "RBC .95 0,0 20×20", "RBC .55 46,0 20×20", "RBC .80 70,0 20×20", "Platelets .70 40,50 9×9",
      "RBC .30 80,50 9×9",
    ],
    ["WBC .60 10,10 5×5", "WBC .99 30,10 50×50"],
  ]

  private func bench(
    _ order: Queue.Order = .file, unit: ReviewUnit = .boxes, filter: String = "",
    threshold: Double = 0.5
  ) throws -> Bench {
    try Bench.review(
      Self.album, Self.predictions, order: order, unit: unit, filter: filter,
      threshold: threshold)
  }

  @Test(
    arguments: [
      (
        Queue.Order.file,
        ["1 RBC .55", "1 RBC .80", "1 Platelets .70", "2 WBC .60", "2 WBC .99"]
      ),
      (.uncertainty, ["1 RBC .55", "2 WBC .60", "1 Platelets .70", "1 RBC .80", "2 WBC .99"]),
      (.confidence, ["2 WBC .99", "1 RBC .80", "1 Platelets .70", "2 WBC .60", "1 RBC .55"]),
      (.missing, ["2 WBC .99", "1 Platelets .70", "2 WBC .60", "1 RBC .80", "1 RBC .55"]),
      (.lowOverlap, ["1 RBC .55", "1 Platelets .70", "2 WBC .60", "2 WBC .99", "1 RBC .80"]),
      (.confusion, ["1 RBC .80", "2 WBC .99", "1 Platelets .70", "2 WBC .60", "1 RBC .55"]),
      (.size, ["2 WBC .60", "1 Platelets .70", "1 RBC .55", "1 RBC .80", "2 WBC .99"]),
    ])
  func `orders put first what they are named for`(_ order: Queue.Order, _ wanted: [String]) throws {
    #expect(try bench(order).queueText == wanted)
  }

  @Test(
    arguments: [
      ("is:tp", ["1 RBC .95", "1 RBC .55"]),
      ("is:fp", ["1 RBC .80", "1 Platelets .70", "2 WBC .60", "2 WBC .99"]),
      ("is:fn", ["1 FN WBC", "1 FN RBC"]),
      (
        "is:mismatch",
        ["1 RBC .80", "1 Platelets .70", "1 FN WBC", "1 FN RBC", "2 WBC .60", "2 WBC .99"]
      ),
      ("label:W*", ["2 WBC .60", "2 WBC .99"]),
      ("-label:WBC", ["1 RBC .55", "1 RBC .80", "1 Platelets .70"]),
      ("score<0.6", ["1 RBC .55", "1 RBC .30"]),
      ("score>=0.6 score<0.9", ["1 RBC .80", "1 Platelets .70", "2 WBC .60"]),
      ("iou>0.5 iou<0.75", ["1 RBC .55"]),
      ("iou=1", ["1 RBC .95", "1 RBC .80"]),
      ("size<9", ["2 WBC .60"]),
      ("is:unlabelled", ["2 WBC .60", "2 WBC .99"]),
      ("boxes>3 label:RBC", ["1 RBC .55", "1 RBC .80"]),
      ("name:img2*", ["2 WBC .60", "2 WBC .99"]),
      ("is:fn label:RBC", ["1 FN RBC"]),
    ])
  func `filter terms ask single boxes what they can`(_ filter: String, _ wanted: [String]) throws {
    #expect(try bench(filter: filter).queueText == wanted)
  }

  @Test(
    arguments: [
      ("is:tp", ["1"]), ("is:fp", ["1", "2"]), ("is:fn", ["1"]), ("-is:fn", ["2"]),
      ("score>0.98", ["2"]), ("is:fp boxes=0", ["2"]), ("label:RBC", ["1"]),
    ])
  func `a queue of images has those where it holds for something`(
    _ filter: String, _ wanted: [String]
  ) throws {
    #expect(try bench(unit: .images, filter: filter).queueText == wanted)
  }

  @Test func `images come in the order of what is worst on them`() throws {
    #expect(try bench(.missing, unit: .images).queueText == ["2", "1"])
    #expect(try bench(.confusion, unit: .images).queueText == ["1", "2"])
    #expect(try bench(.uncertainty, unit: .images).queueText == ["1", "2"])
  }

  @Test func `the threshold moves live and stays where it was`() throws {
    var bench = try bench(.file)
    try bench.run("d d")
    #expect(bench.state.review?.items[2] == .box(3, line: 0))
    try bench.run("]")
    #expect(bench.message == "threshold 0.55: 5 boxes")
    try bench.run("]")
    #expect(bench.queueText == ["1 RBC .80", "1 Platelets .70", "2 WBC .60", "2 WBC .99"])
    #expect(bench.state.queue.position == 1)
    for _ in 0..<6 { try bench.run("[") }
    #expect(bench.message == "threshold 0.30: 6 boxes")
    #expect(bench.state.review?.selection == .box(3))
    for _ in 0..<20 { try bench.run("]") }
    #expect(bench.state.review?.thresholdText == "1.00")
  }

  @Test func `a filter that matches nothing leaves the queue as it was`() throws {
    var bench = try bench()
    try bench.run("/ \"label:none\" Enter")
    #expect(bench.message.contains("nothing matches"))
    #expect(bench.queueText.count == 5)
    try bench.run("/ \"is:fn\" Enter")
    #expect(bench.queueText == ["1 FN WBC", "1 FN RBC"])
    #expect(bench.state.canvas.selection == 2)
    try bench.run("Esc Esc")
    #expect(bench.queueText.count == 5)
  }

  @Test func `what the model missed is deleted or relabelled with one key`() throws {
    var bench = try Bench.review(
      "100×80 | RBC 0,0 9×9 | WBC 20,0 9×9 | RBC 40,0 9×9", [["RBC .9 60,50 9×9"]],
      filter: "is:fn")
    #expect(bench.queueText == ["1 FN RBC", "1 FN WBC", "1 FN RBC"])
    try bench.run("x")
    #expect(bench.album.images[0].boxes.map(\.label) == ["WBC", "RBC"])
    #expect(bench.state.canvas.selection == 0)
    try bench.run("3")
    #expect(bench.album.images[0].boxes.map(\.label) == ["Platelets", "RBC"])
    #expect(bench.state.canvas.selection == 1)
    try bench.run("Space")
    #expect(bench.state.review?.left == 0)
    #expect(bench.take() == "reject RBC of the truth, relabel WBC of the truth")
    try bench.run("Backspace Backspace Backspace")
    #expect(bench.lines == bench.originals)
    #expect(bench.queueText == ["1 FN RBC", "1 FN WBC", "1 FN RBC"])
    #expect(bench.state.queue.position == 0)
    #expect(bench.state.canvas.selection == 0)
  }

  @Test func `a seed repeats a random order`() throws {
    func order(_ seed: UInt64) throws -> [String] {
      try Bench.review(Self.album, Self.predictions, order: .random, unit: .boxes, seed: seed)
        .queueText
    }
    let all = try (1...6).map { try order(UInt64($0)) }
    #expect(try order(3) == all[2])
    #expect(Set(all).count > 1)
    #expect(all.allSatisfy { Set($0).count == 5 })
  }

  @Test func `images that people disagree on come first`() throws {
    func line(_ name: String, _ second: Double?) throws -> [UInt8] {
      var line = Entry.line(sourceRef: name)
      for (attribute, left) in [("bounding-box", 0.0), ("second", second ?? -1)] where left >= 0 {
        line = try Entry(line: line).settingBoxes(
          [Box(left: left, top: 0, width: 20, height: 20, label: "RBC")], of: attribute,
          imageSize: ImageSize(width: 100, height: 80), classIDs: ClassIDs(names: ["RBC"]),
          provenance: Provenance(creationDate: "2024", jobName: "labeling-job/x"))
      }
      return line
    }
    let lines = [
      try line("a.jpg", nil), try line("b.jpg", 2), try line("c.jpg", 60), try line("d.jpg", 0),
    ]
    let images = try Album("100×80\n100×80\n100×80\n100×80").images
    var bench = Bench(
      lines: lines, images: images, labels: ["RBC"], Settings(title: "t"), screen: Bench.screen)
    try bench.run(": \"sort disagreement\" Enter")
    #expect(bench.state.queue.lines == [2, 0, 1, 3])
    try bench.run(": \"sort uncertainty\" Enter")
    #expect(bench.message.contains("needs predictions"))
  }

  @Test func `Space steps over what is decided, and the count tells what is left`() throws {
    var bench = try bench(.confidence)
    try bench.run("Space Space")
    #expect(bench.state.queue.position == 2)
    try bench.run("a a d Space")
    #expect(bench.state.review?.left == 3)
    #expect(bench.state.queue.position == 2)
    try bench.run("Space Space Space")
    #expect(bench.state.review?.left == 0)
    #expect(bench.message == "1 accepted; 0 left")
    try bench.run(";")
    #expect(bench.message == "nothing is left to decide in this queue of 5 boxes")
  }

  @Test func `the pace forecasts what is left`() {
    var pace = Pace()
    #expect(pace.secondsEach == nil)
    for count in 0..<6 {
      pace.press(at: Double(count) * 2)
      pace.press(at: Double(count) * 2 + 1)
      _ = pace.decide("accept", count: 1, at: Double(count) * 2 + 1.5)
    }
    #expect(pace.here.decisions == 6)
    #expect(pace.here.keysEach == 2)
    #expect(pace.secondsEach.map { abs($0 - 1.916) < 0.01 } == true)
    let late = pace.decide("reject", count: 1, at: 10_000)
    #expect(late.seconds == Pace.longestPause)
    #expect(State.duration(45) == "45 s")
    #expect(State.duration(600) == "10 min")
    #expect(State.duration(7300) == "2 h 1 min")
  }
}
