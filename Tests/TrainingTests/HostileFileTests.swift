import Evaluation
import GroundTruth
import Testing

@testable import Training

/// Files that anyone may have written.
@Suite struct HostileFileTests {
  private let job = TrainingJob(
    task: .detection, labels: ["a", "b \"c\""], seed: .max, minutes: 2.5, threads: 2,
    warmStart: "/m/v1",
    train: [
      TrainingImage(
        path: "/i/1.jpg", width: 640, height: 480,
        boxes: [
          TruthBox(Rectangle(left: 1.5, top: 2, width: 30, height: 40), label: 1)
        ])
    ], validation: [TrainingImage(path: "/i/2.jpg", width: 10, height: 20, labels: [0, 1])])

  @Test func jobsAreReadAsTheyAreWritten() throws {
    #expect(try TrainingJob(parsing: job.json, path: "job.json") == job)
  }

  @Test func boxesAreCutToTheirImage() throws {
    let text = """
      {"version":1,"task":"detection","labels":["a"],"train":[{"path":"x","width":10,"height":10,\
      "boxes":[[-5,-5,10,10,0],[8,8,1e300,5,0],[20,20,5,5,0],[1,1,0,5,0]]}]}
      """
    let boxes = try TrainingJob(parsing: Array(text.utf8), path: "job.json").train[0].boxes
    #expect(
      boxes.map(\.rectangle) == [
        Rectangle(left: 0, top: 0, width: 5, height: 5),
        Rectangle(left: 8, top: 8, width: 2, height: 2),
      ])
  }

  @Test(
    arguments: [
      "", "[]", "{}", #"{"version":2}"#, #"{"version":1,"task":"magic","labels":["a"]}"#,
      #"{"version":1,"task":"detection","labels":[]}"#,
      #"{"version":1,"task":"detection","labels":["a","a"],"train":[]}"#,
      #"{"version":1,"task":"detection","labels":["a"],"train":[]}"#,
      #"{"version":1,"task":"detection","labels":["a"],"minutes":-1,"train":[{"path":"x"}]}"#,
      #"{"version":1,"task":"detection","labels":["a"],"train":[{"path":"x","width":1e9,"height":1}]}"#,
      """
      {"version":1,"task":"detection","labels":["a"],"train":[{"path":"x","width":9,"height":9,\
      "boxes":[[0,0,5,5,1]]}]}
      """,
      """
      {"version":1,"task":"detection","labels":["a"],"train":[{"path":"x","width":9,"height":9,\
      "boxes":[[0,0,5,5,1e30]]}]}
      """,
    ])
  func wrongJobsAreNamed(text: String) {
    let error = #expect(throws: TrainingError.self) {
      try TrainingJob(parsing: Array(text.utf8), path: "/p/job.json")
    }
    #expect(error?.description.hasPrefix("/p/job.json") == true)
    #expect(error?.description.hasSuffix(".") == true)
  }

  @Test func modelsAreReadAsTheyAreWritten() throws {
    var model = ModelDescription(
      task: .multiLabel, labels: ["a", "b"], canvas: 96, thresholds: ["a": 0.4123456789],
      calibration: ["b": PlattScaling(slope: 0.5, offset: -1)],
      validation: .init(images: 3, meanAveragePrecision: 0.5, f1: 0.4), heldOut: ["/x"],
      seed: 9, steps: 10, cpuSeconds: 1.5, engine: "libtorch", warnings: ["few"])
    model.blend = .both
    model.usualHalfWidth = 12.25
    #expect(try ModelDescription(parsing: model.json, path: "model.json") == model)
  }

  @Test(
    arguments: [
      "", "{}", #"{"version":1,"task":"detection","labels":["a"]}"#,
      #"{"version":1,"task":"detection","labels":["a"],"canvas":100000000}"#,
      #"{"version":1,"task":"detection","labels":["a"],"canvas":320,"usualHalf":[0,1]}"#,
      #"{"version":1,"task":"detection","labels":["a"],"canvas":320,"thresholds":{"a":7}}"#,
      #"{"version":1,"task":"detection","labels":["a"],"canvas":320,"calibration":{"a":[0,1]}}"#,
      #"{"version":1,"task":"classification","labels":["a"],"canvas":96,"blend":"x"}"#,
    ])
  func wrongModelsAreNamed(text: String) {
    let error = #expect(throws: TrainingError.self) {
      try ModelDescription(parsing: Array(text.utf8), path: "model.json")
    }
    #expect(error?.description.hasPrefix("model.json") == true)
  }

  @Test func weightsAreReadAsTheyAreWritten() {
    var file = SectionFile(["note": Array("hello".utf8), "none": []])
    file.set("numbers", [1, -0.5, .pi])
    let read = SectionFile(parsing: file.bytes)
    #expect(read == file)
    #expect(read?.floats("numbers") == [1, -0.5, .pi])
    #expect(read?.floats("numbers", count: 2) == nil)
    #expect(read?.floats("absent") == nil)
  }

  @Test func damagedWeightsAreNoticed() {
    var file = SectionFile(["note": Array("hello".utf8)])
    file.set("numbers", (0..<40).map { Float($0) })
    let whole = file.bytes
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 0x10
      #expect(SectionFile(parsing: damaged) == nil, "byte \(place)")
      #expect(SectionFile(parsing: Array(whole[..<place])) == nil, "cut at \(place)")
    }
  }

  @Test func recordsAreTakenForTheirOwnJobOnly() {
    var record = TrainingRecord(
      job: 5, steps: 100, turns: .init(mirrored: true, anyWay: false),
      description: ModelDescription(task: .detection, labels: ["a"], canvas: 320))
    record.step = 40
    record.isCalibrated = true
    record.cpuSeconds = 12.5
    #expect(TrainingRecord(parsing: record.json, job: 5) == record)
    #expect(TrainingRecord(parsing: record.json, job: 6) == nil)
    #expect(TrainingRecord(parsing: [], job: 5) == nil)
  }
}
