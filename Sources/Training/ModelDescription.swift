/// What a trained model is and is worth: `model.json`.
public struct ModelDescription: Hashable, Sendable {
  /// How it did on images that it hadn't learned from.
  public struct Validation: Hashable, Sendable {
    /// How many images those were.
    public var images: Int
    /// The mean over labels of average precision at IoU 0.5; for image-level labels, at any place.
    public var meanAveragePrecision: Double
    /// The mean over labels of F1 at the thresholds.
    public var f1: Double

    /// Creates a result.
    public init(images: Int, meanAveragePrecision: Double, f1: Double) {
      self.images = images
      self.meanAveragePrecision = meanAveragePrecision
      self.f1 = f1
    }
  }

  /// What it says of an image.
  public var task: ModelTask
  /// The names of its labels, in the order of its answers.
  public var labels: [String]
  /// The longer side of its canvas, in pixels.
  public var canvas: Int
  /// From which confidence on an answer counts, by label.
  public var thresholds: [String: Double]
  /// What its scores are worth, by label.
  public var calibration: [String: PlattScaling]
  /// How it did on images held out; nil if there were none.
  public var validation: Validation?
  /// The paths of those images.
  public var heldOut: [String]
  /// The seed it was trained with.
  public var seed: UInt64
  /// The number of steps it learned in.
  public var steps: Int
  /// The processor time that took, in seconds.
  public var cpuSeconds: Double
  /// What made it, with its version.
  public var engine: String
  /// What a person should know of it, a sentence each.
  public var warnings: [String]
  /// Half of a usual box's width, in canvas pixels; detection only.
  public var usualHalfWidth = 16.0
  /// Half of a usual box's height, in canvas pixels; detection only.
  public var usualHalfHeight = 16.0
  /// What its answers come from; classification only.
  public var blend = Blend.patches

  /// What the answers of a classifier come from.
  public enum Blend: String, CaseIterable, Hashable, Sendable {
    /// Outlines, and how often small patches occur.
    case patches
    /// A convolutional network.
    case network
    /// The mean of both.
    case both

    /// Whether outlines and small patches are asked.
    public var usesPatches: Bool { self != .network }
    /// Whether the network is asked.
    public var usesNetwork: Bool { self != .patches }
  }

  /// Creates a description.
  public init(
    task: ModelTask, labels: [String], canvas: Int, thresholds: [String: Double] = [:],
    calibration: [String: PlattScaling] = [:], validation: Validation? = nil,
    heldOut: [String] = [], seed: UInt64 = 1, steps: Int = 0, cpuSeconds: Double = 0,
    engine: String = "", warnings: [String] = []
  ) {
    self.task = task
    self.labels = labels
    self.canvas = canvas
    self.thresholds = thresholds
    self.calibration = calibration
    self.validation = validation
    self.heldOut = heldOut
    self.seed = seed
    self.steps = steps
    self.cpuSeconds = cpuSeconds
    self.engine = engine
    self.warnings = warnings
  }
}
