import CTorch
import Glibc
import GroundTruth
import Training

/// `reticle-engine train FOLDER`: learns what `job.json` there says.
enum TrainCommand {
  /// Runs it; returns the exit code.
  static func run(_ path: String) -> Int32 {
    let folder = ModelFolder(path)
    let interruption = Interruption()
    do {
      let (job, bytes) = try folder.readJob()
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
      ct_use_threads(Int32(job.threads))
      return try run(job, sum: sum(bytes), in: folder, until: interruption)
    } catch {
      StandardLines.write([
        ("event", JSONText.encode("failed")), ("message", JSONText.encode(error.description)),
      ])
      StandardLines.say(error.description)
      return 65
    }
  }

  private static func run(
    _ job: TrainingJob, sum: UInt64, in folder: ModelFolder, until interruption: Interruption
  ) throws(TrainingError) -> Int32 {
    let description: ModelDescription
    if job.task == .detection {
      var training = try DetectorTraining(job, sum: sum, in: folder)
      guard try training.run(until: interruption) else { return 75 }
      try training.finish()
      description = training.record.description
    } else {
      var training = try ClassifierTraining(job, sum: sum, in: folder)
      guard try training.run(until: interruption) else { return 75 }
      description = training.description
    }
    StandardLines.write([
      ("event", JSONText.encode("finished")), ("steps", JSONNumber.encode(description.steps)),
      ("cpuSeconds", JSONNumber.encode(description.cpuSeconds)),
    ])
    unlink(folder.checkpoint)
    return 0
  }

  /// A sum that tells one job from another (FNV-1a).
  private static func sum(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
