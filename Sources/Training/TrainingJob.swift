/// What is to be learned, from what: `job.json`.
public struct TrainingJob: Hashable, Sendable {
  /// What the model is to say.
  public var task: ModelTask
  /// The names of the labels; images know them by their places here.
  public var labels: [String]
  /// What chance is drawn from: the same seed and threads give the same model.
  public var seed: UInt64
  /// How many minutes of processor time to spend; nil for a few, chosen by the data.
  public var minutes: Double?
  /// How many steps to learn in, where somebody wants to say; nil to choose.
  public var steps: Int?
  /// How many threads work.
  public var threads: Int
  /// The folder of a model to go on from.
  public var warmStart: String?
  /// The images to learn from.
  public var train: [TrainingImage]
  /// The images to judge by; without any, some are held out from those to learn from.
  public var validation: [TrainingImage]

  /// Creates a job.
  public init(
    task: ModelTask, labels: [String], seed: UInt64 = 1, minutes: Double? = nil,
    steps: Int? = nil, threads: Int = 1, warmStart: String? = nil, train: [TrainingImage],
    validation: [TrainingImage] = []
  ) {
    self.task = task
    self.labels = labels
    self.seed = seed
    self.minutes = minutes
    self.steps = steps
    self.threads = threads
    self.warmStart = warmStart
    self.train = train
    self.validation = validation
  }
}
