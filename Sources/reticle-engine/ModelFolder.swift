import Training

/// The files of a model, in its folder.
struct ModelFolder {
  let path: String

  init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  var job: String { "\(path)/job.json" }
  var description: String { "\(path)/model.json" }
  /// The numbers of a model trained here, or a person's own TorchScript model.
  var weights: String { "\(path)/model.pt" }
  var checkpoint: String { "\(path)/checkpoint.weights" }

  /// The longest text file that is read, in bytes.
  private static let textLimit = 256 << 20
  /// The longest file of numbers that is read, in bytes.
  private static let weightLimit = 256 << 20

  /// The description of the model.
  func readDescription() throws(TrainingError) -> ModelDescription {
    guard let bytes = try Files.read(description, limit: Self.textLimit) else {
      throw TrainingError(
        "\(description) isn't there: name the folder of a trained model, or train it first.")
    }
    return try ModelDescription(parsing: bytes, path: description)
  }

  /// What the model is to learn.
  func readJob() throws(TrainingError) -> (job: TrainingJob, bytes: [UInt8]) {
    guard let bytes = try Files.read(job, limit: Self.textLimit) else {
      throw TrainingError("\(job) isn't there: it says what to learn from; write it first.")
    }
    return (try TrainingJob(parsing: bytes, path: job), bytes)
  }

  /// The numbers of the model.
  func readWeights() throws(TrainingError) -> SectionFile {
    guard let bytes = try Files.read(weights, limit: Self.weightLimit) else {
      throw TrainingError("\(weights) isn't there: train the model again.")
    }
    guard let file = SectionFile(parsing: bytes) else {
      throw TrainingError("\(weights) is damaged: copy it again, or train the model again.")
    }
    return file
  }

  /// The checkpoint; nil if there is none, or a damaged one, from which nothing can go on.
  func readCheckpoint() throws(TrainingError) -> SectionFile? {
    try Files.read(checkpoint, limit: Self.weightLimit).flatMap { SectionFile(parsing: $0) }
  }
}
