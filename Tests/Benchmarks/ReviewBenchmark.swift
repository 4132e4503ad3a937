import ArgumentParser
import Cells
import Glibc
import GroundTruth
import TestSupport
import Workstation

/// `Benchmarks review`: opening predictions, sorting, filtering, deciding.
struct ReviewBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Measure a review of predictions, in this process.",
    discussion: """
      A set of 364 images with 5,000 predictions, and with --large one of 100,000 with 1,000,000. \
      Times are of the processor, on the one thread that does the work. 'swift run -c release \
      Benchmarks review --large'
      """)

  @Option(help: "How often each thing is done.")
  var runs = 5

  @Flag(help: "Also 100,000 images with 1,000,000 predictions.")
  var large = false

  @Flag(help: "Print JSON: machine, measurements, notes.")
  var json = false

  func validate() throws {
    if runs < 1 { throw ValidationError("--runs is 1 at least") }
  }

  func run() throws {
    var report = Report()
    // Where nothing is labelled yet every prediction asks for a decision.
    for hasTruth in [true, false] {
      let kind = hasTruth ? "" : ", no truth"
      try measure(
        images: 364, boxes: 14, hasTruth, name: "364 images, 5,000 predictions\(kind)",
        into: &report)
      guard large else { continue }
      try measure(
        images: 100_000, boxes: 10, hasTruth,
        name: "100,000 images, 1,000,000 predictions\(kind)", into: &report)
    }
    print(json ? try report.json() : report.table)
  }

  private func measure(
    images: Int, boxes: Int, _ hasTruth: Bool, name: String, into report: inout Report
  ) throws {
    let dataset = Dataset(source: Self.lines(images: images, boxes: boxes, hasTruth))
    let survey = Survey(dataset, truth: "bounding-box")
    let settings = Settings(title: "benchmark")
    var predictions = Predictions(name: "model")
    var state = State(
      dataset: dataset, survey: survey, labels: [], settings: settings,
      size: CellSize(columns: 120, rows: 36))
    let reading = Self.time { predictions = Predictions(attribute: "model", of: dataset) }
    let opening = try Self.time {
      try state.startReview(ReviewOptions(predictions: predictions, threshold: 0))
    }
    func add(_ what: String, _ samples: [Double]) {
      report.measurements.append(
        Measurement(what: "\(name): \(what)", unit: "ms", samples: Samples(samples)))
    }
    add("reading the attribute", [reading])
    add("opening, with the first sort", [opening])
    precondition(hasTruth || state.queue.lines.count == images * boxes)
    for order in ["confidence", "missing", "random 7", "uncertainty"] {
      add("sort \(order)", (0..<runs).map { _ in Self.run(":sort \(order)", &state) })
      precondition(order.hasPrefix(state.queue.order.rawValue))
    }
    for filter in ["is:fp", "is:fn label:RBC", "label:RBC score<0.8 size<99"]
    where hasTruth || !filter.contains("is:fn") {
      add("filter \(filter)", (0..<runs).map { _ in Self.run("/\(filter)", &state) })
    }
    _ = Self.run(":filter", &state)
    add(
      "threshold up and down",
      (0..<runs).map { _ in
        Self.time {
          for key in "][" { _ = state.reduce(.input(.key(.character(key))), at: 0) }
        } / 2
      })
    var clock = 1e9
    let decisions = (0..<max(runs, 40)).map { number in
      clock += 1
      let key: Character = number % 2 == 0 ? " " : "x"
      return Self.time { _ = state.reduce(.input(.key(.character(key))), at: clock) }
    }
    add("a decision, with what follows from it", decisions)
    add(
      "taking a decision back",
      (0..<10).map { _ in
        Self.time { _ = state.reduce(.input(.key(Key(.backspace))), at: clock) }
      })
    for (what, samples) in Self.screens(&state, runs: runs) { add(what, samples) }
    precondition(state.stepsTaken > 20)
  }

  private static func run(_ line: String, _ state: inout State) -> Double {
    time {
      if line.hasPrefix("/") {
        for _ in 0..<2 { _ = state.reduce(.input(.key(Key(.escape))), at: 0) }
        _ = state.reduce(.input(.key(.character("/"))), at: 0)
        for _ in 0..<80 { _ = state.reduce(.input(.key(Key(.delete))), at: 0) }
      } else {
        _ = state.reduce(.input(.key(.character(":"))), at: 0)
      }
      _ = state.reduce(.input(.paste(String(line.dropFirst()))), at: 0)
      _ = state.reduce(.input(.key(Key(.enter))), at: 0)
    }
  }

  /// The processor time of some work, in milliseconds.
  static func time(_ work: () throws -> Void) rethrows -> Double {
    let start = processorTime
    try work()
    return processorTime - start
  }

  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1e6
  }

  // MARK: The dataset

  /// Lines with a truth and a model's boxes, most of which agree with it.
  private static func lines(images: Int, boxes: Int, _ hasTruth: Bool) -> [[UInt8]] {
    var random = SeededGenerator(seed: 1)
    return (0..<images).map { image in
      var truths: [String] = []
      var found: [String] = []
      var confidences: [String] = []
      for _ in 0..<boxes {
        let (label, left, top) = (
          Int.random(in: 0..<3, using: &random), Int.random(in: 0..<540, using: &random),
          Int.random(in: 0..<380, using: &random)
        )
        let chance = Int.random(in: 0..<100, using: &random)
        let moved = Double(Int.random(in: -40...40, using: &random)) / 10
        if chance < 92 { truths.append(annotation(label, Double(left), Double(top))) }
        let given = chance % 20 == 0 ? (label + 1) % 3 : label
        found.append(annotation(given, Double(left) + moved, Double(top) - moved))
        confidences.append(#"{"confidence":0.\#(Int.random(in: 100...999, using: &random))}"#)
      }
      return Array(
        (#"{"source-ref":"images/\#(image).jpg","#
          + (hasTruth
            ? attribute("bounding-box", truths, truths.map { _ in #"{"confidence":1}"# }, "yes")
              + "," : "")
          + attribute("model", found, confidences, "no") + "}").utf8)
    }
  }

  private static func annotation(_ label: Int, _ left: Double, _ top: Double) -> String {
    #"{"class_id":\#(label),"top":\#(top),"left":\#(left),"height":80,"width":90.5}"#
  }

  private static func attribute(
    _ name: String, _ annotations: [String], _ objects: [String], _ human: String
  ) -> String {
    #""\#(name)":{"image_size":[{"width":640,"height":480,"depth":3}],"annotations":["#
      + annotations.joined(separator: ",") + #"]},"\#(name)-metadata":{"objects":["#
      + objects.joined(separator: ",")
      + #"],"class-map":{"0":"WBC","1":"RBC","2":"Platelets"},"#
      + #""type":"groundtruth/object-detection","human-annotated":"\#(human)","#
      + #""creation-date":"2026-01-01T00:00:00.000000","job-name":"labeling-job/x"}"#
  }
}
