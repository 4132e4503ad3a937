import GroundTruth
import Testing

@testable import Workstation

@Suite("Training beside the work")
struct TrainingTests {
  private static let album = "100×80 | RBC 10,20 30×40\n100×80\n100×80\n100×80"

  /// A model that finds a box on some lines, each as sure as said.
  private func version(_ confidences: [Double?], name: String = "v1") -> TrainedVersion {
    var predictions = Predictions(name: name)
    for confidence in confidences {
      predictions.appendLine(
        boxes: confidence.map {
          [Box(left: 10, top: 10, width: 20, height: 20, label: "WBC", confidence: $0)]
        } ?? [])
    }
    return TrainedVersion(
      name: name, summary: "F1 0.700 on 3 images", predictions: predictions, threshold: 0.4)
  }

  private func bench(_ keys: String = "") throws -> Bench {
    var bench = try Bench(Self.album)
    try bench.run(keys)
    return bench
  }

  @Test(
    "begins with a name and minutes, in any order",
    arguments: [
      ("train", "train"), ("train v2", "train v2"), ("train 5", "train 5.0"),
      ("train v2 5", "train v2 5.0"), ("train 0.5 v2", "train v2 0.5"),
    ])
  func beginning(line: String, effect: String) throws {
    var bench = try bench(": \"\(line)\" Enter")
    #expect(bench.take() == effect)
    #expect(bench.message == "training begins; go on labelling")
  }

  @Test(
    "says how it is asked for",
    arguments: ["train a b", "train 1 2", "train -1", "train v1 2 3", "loop", "loop 0", "loop x"])
  func usage(line: String) throws {
    var bench = try bench(": \"\(line)\" Enter")
    #expect(bench.take() == "")
    #expect(bench.message.hasPrefix("write :"))
  }

  @Test("is one at a time, and is stopped at a checkpoint")
  func oneAtATime() throws {
    var bench = try bench(": \"train v3\" Enter : \"train\" Enter")
    #expect(bench.take() == "train v3")
    #expect(bench.message == "v3 is being trained already; :train stop stops it")
    try bench.run(": \"train stop\" Enter")
    #expect(bench.take() == "stop training")
    bench.reduce(.training(.stopped("v3 stopped at a checkpoint; :train goes on with it")))
    #expect(bench.message == "v3 stopped at a checkpoint; :train goes on with it")
    try bench.run(": \"train stop\" Enter")
    #expect(bench.take() == "")
    #expect(bench.message == "nothing is being trained")
  }

  @Test("asks for predictions of what is open, from here on first")
  func lines() throws {
    var bench = try bench("d d")
    let effects = typing("train", in: &bench.state)
    guard case .train(let wish, let dataset)? = effects.first else {
      Issue.record("no training")
      return
    }
    #expect(wish.lines == [2, 3, 1])
    #expect(wish.attribute == Bench.attribute)
    #expect(dataset.line(at: 0) == bench.lines[0])
  }

  /// The effects of a `:` line.
  private func typing(_ line: String, in state: inout State) -> [Effect] { state.run(line) }

  @Test("its predictions come when the person goes on, the least sure first")
  func arrival() throws {
    var bench = try bench(": \"train\" Enter")
    bench.reduce(.training(.begun(version: "v1", imageCount: 1)))
    #expect(bench.message == "v1 is being trained on 1 images; go on labelling")
    bench.reduce(.training(.progress(share: 0.5, text: "50/100")))
    bench.reduce(.training(.ready(version([nil, 0.9, 0.45, nil]))))
    #expect(
      bench.message
        == "v1 is ready: F1 0.700 on 3 images; the next image shows what it predicts")
    #expect(bench.state.review == nil)
    #expect(bench.state.queue.current == 0)
    try bench.run("d")
    #expect(bench.state.queue.lines == [2, 1, 3])
    #expect(bench.state.queue.current == 2)
    #expect(
      bench.message == "v1 predicts 3 images, the least sure first: Space accepts, x rejects")
    _ = bench.take()
    try bench.run("Space")
    #expect(bench.take() == "verify WBC")
    #expect(
      try Entry(line: bench.lines[2]).boxSet(Bench.attribute)?.boxes.map(\.label) == ["WBC"])
    #expect(bench.state.queue.current == 1)
  }

  @Test("nothing moves under the person's fingers")
  func patience() throws {
    var bench = try bench(": \"train\" Enter w l l j")
    bench.reduce(.training(.ready(version([nil, 0.9, 0.45, nil]))))
    #expect(bench.state.draft != nil)
    try bench.run("Enter")
    #expect(bench.state.review == nil)
    #expect(bench.state.queue.current == 0)
    #expect(try Entry(line: bench.lines[0]).boxSet(Bench.attribute)?.boxes.count == 2)
    try bench.run(";")
    #expect(bench.state.review != nil)
  }

  @Test("what was labelled meanwhile isn't asked again")
  func meanwhile() throws {
    var bench = try bench(": \"train\" Enter d d Space")
    bench.reduce(.training(.ready(version([nil, 0.9, 0.45, 0.6]))))
    try bench.run("a")
    #expect(bench.state.queue.lines == [3, 1])
    var done = try self.bench(": \"train\" Enter d Space Space Space")
    done.reduce(.training(.ready(version([nil, 0.9, 0.45, 0.6]))))
    try done.run("a")
    #expect(done.state.review == nil)
    #expect(done.state.queue.lines.count == 4)
  }

  @Test("a second version takes the place of the first")
  func second() throws {
    var bench = try bench(": \"train\" Enter")
    bench.reduce(.training(.ready(version([nil, 0.9, 0.45, nil]))))
    try bench.run("d : \"train\" Enter")
    bench.reduce(.training(.ready(version([nil, 0.5, 0.9, nil], name: "v2"))))
    #expect(bench.state.queue.current == 2)
    try bench.run("d")
    #expect(bench.state.queue.lines == [1, 2, 3])
    #expect(bench.state.review?.predictions.name == "v2")
  }

  @Test("trains by itself after so many images, not while it trains, and again after as many")
  func loop() throws {
    var bench = try bench(": \"loop 2\" Enter")
    #expect(bench.take() == "")
    try bench.run("Tab x")
    #expect(bench.take() == "delete RBC")
    try bench.run("d Space")
    #expect(bench.take() == "verify: nothing there, train")
    try bench.run("Space Space")
    #expect(bench.take() == "verify: nothing there, verify: nothing there")
    bench.reduce(.training(.ready(version([nil, nil, nil, nil], name: "v1"))))
    #expect(bench.take() == "train")
    try bench.run(": \"loop off\" Enter")
    bench.reduce(.training(.ready(version([nil, nil, nil, nil], name: "v2"))))
    try bench.run("a u")
    #expect(bench.take() == "undo")
  }

  @Test("a loop that can't train is off, and says why")
  func brokenLoop() throws {
    var bench = try bench(": \"loop 1\" Enter d Space")
    _ = bench.take()
    bench.reduce(.training(.failed("there is no engine: run Assets/setup")))
    #expect(
      bench.message.hasPrefix("training: there is no engine: run Assets/setup (:loop is off)"))
    try bench.run("a u")
    #expect(bench.take() == "undo")
  }

  @Test(
    "who leaves is told once what becomes of it", arguments: ["q", "Esc", ": \"q\" Enter"])
  func leaving(keys: String) throws {
    var bench = try bench(": \"train v2\" Enter \(keys)")
    #expect(!bench.state.isFinished)
    #expect(bench.message.hasPrefix("v2 trains; leaving stops it at a checkpoint"))
    try bench.run(keys)
    #expect(bench.state.isFinished)
  }

  @Test("who leaves without a training just leaves; whoever is terminated, too")
  func leavingAtOnce() throws {
    #expect(try bench("q").state.isFinished)
    #expect(try bench(": \"train\" Enter <terminate>").state.isFinished)
  }
}
