public import GroundTruth

/// What a model is to be trained on and how: a version's `job.json`.
public struct TrainingJob: Hashable, Sendable {
  /// A box, in pixels of the image as shown upright.
  public struct Box: Hashable, Sendable {
    /// The left edge.
    public var left: Double
    /// The top edge.
    public var top: Double
    /// The width.
    public var width: Double
    /// The height.
    public var height: Double
    /// The label's place in the job's labels.
    public var label: Int

    /// Creates a box, in upright pixels.
    public init(left: Double, top: Double, width: Double, height: Double, label: Int) {
      self.left = left
      self.top = top
      self.width = width
      self.height = height
      self.label = label
    }
  }

  /// An image and what is known of it.
  public struct Image: Hashable, Sendable {
    /// Where the file is, from the root.
    public var path: String
    /// The width in pixels, as shown upright.
    public var width: Int
    /// The height in pixels, as shown upright.
    public var height: Int
    /// Its boxes; none means that nothing is there.
    public var boxes: [Box]
    /// The places of its labels in the job's; for whole images.
    public var labels: [Int]

    /// Creates an image.
    public init(path: String, width: Int, height: Int, boxes: [Box] = [], labels: [Int] = []) {
      self.path = path
      self.width = width
      self.height = height
      self.boxes = boxes
      self.labels = labels
    }
  }

  /// What the model is to tell.
  public var task: TrainingTask
  /// The labels; they are known by their places.
  public var labels: [String]
  /// What chance begins with.
  public var seed: Int
  /// How long training may take; `nil` for the quick training.
  public var minutes: Double?
  /// How many threads may work at it.
  public var threads: Int
  /// The folder of the version to go on from, from the root; `nil` to begin with nothing.
  public var warmStart: String?
  /// What is learned from.
  public var train: [Image]
  /// What is held out to choose by; if empty, the engine holds out some of `train`.
  public var validation: [Image]

  /// Creates a job.
  public init(
    task: TrainingTask, labels: [String], seed: Int = 1, minutes: Double? = nil, threads: Int = 1,
    warmStart: String? = nil, train: [Image], validation: [Image] = []
  ) {
    self.task = task
    self.labels = labels
    self.seed = seed
    self.minutes = minutes
    self.threads = threads
    self.warmStart = warmStart
    self.train = train
    self.validation = validation
  }
}
