import GroundTruth

/// How far training has come: what a checkpoint tells beside the numbers of the network.
public struct TrainingRecord: Hashable, Sendable {
  /// A sum over the job, so that a checkpoint of another is not taken for its own.
  public var job: UInt64
  /// The number of steps done.
  public var step = 0
  /// The number of steps to do.
  public var steps: Int
  /// The processor time spent, in seconds.
  public var cpuSeconds = 0.0
  /// Which turns of images are allowed.
  public var turns: Augmentation.Turns
  /// What is known of the model so far.
  public var description: ModelDescription
  /// Whether it has been judged by images held out, and learns from those too now.
  public var isCalibrated = false
  /// Whether the weights of the model before are kept.
  public var isKept = false

  /// Creates the record of a training that hasn't begun.
  public init(
    job: UInt64, steps: Int, turns: Augmentation.Turns, description: ModelDescription
  ) {
    self.job = job
    self.steps = steps
    self.turns = turns
    self.description = description
  }

  /// Reads a record; nil if it isn't one of this job.
  public init?(parsing bytes: [UInt8], job: UInt64) {
    guard let value = try? JSONValue(parsing: bytes), value["job"]?.string == String(job),
      let step = value["step"]?.integer, let steps = value["steps"]?.integer, step >= 0,
      step <= steps, let seconds = value["cpuSeconds"]?.double,
      let mirrored = value["mirrored"]?.boolean, let anyWay = value["anyWay"]?.boolean,
      let isCalibrated = value["isCalibrated"]?.boolean,
      let model = value["model"],
      let description = try? ModelDescription(parsing: Array(model.bytes), path: "checkpoint")
    else { return nil }
    self.init(
      job: job, steps: steps, turns: .init(mirrored: mirrored, anyWay: anyWay),
      description: description)
    self.step = step
    self.cpuSeconds = seconds
    self.isCalibrated = isCalibrated
    isKept = value["isKept"]?.boolean ?? false
  }

  /// The record as a checkpoint holds it.
  public var json: [UInt8] {
    func truth(_ value: Bool) -> [UInt8] { Array((value ? "true" : "false").utf8) }
    return JSONStyle.compact.object([
      ("job", JSONText.encode(String(job))), ("step", JSONNumber.encode(step)),
      ("steps", JSONNumber.encode(steps)), ("cpuSeconds", JSONNumber.encode(cpuSeconds)),
      ("mirrored", truth(turns.mirrored)), ("anyWay", truth(turns.anyWay)),
      ("isCalibrated", truth(isCalibrated)),
      ("isKept", truth(isKept)), ("model", description.json),
    ])
  }
}
