/// How much patience there is with a predictor's program.
public struct CommandLimits: Hashable, Sendable {
  /// How many images are in flight at a time, so that the program never waits for the next.
  public var lanes = 4
  /// How long an image may take, once those asked for before it are answered.
  public var image: Duration = .seconds(60)
  /// How long the first answer may take, or the line that tells the model, after a start.
  public var start: Duration = .seconds(180)
  /// After so many ends in a row without an answer the program isn't started again.
  public var failures = 5

  /// Creates the limits that are for programs on this machine.
  public init() {}

  /// Creates limits.
  ///
  /// - Parameters:
  ///   - lanes: How many images are in flight at a time.
  ///   - image: How long an image may take.
  ///   - start: How long the first answer may take.
  ///   - failures: After how many ends in a row without an answer there is no more start.
  public init(lanes: Int, image: Duration, start: Duration, failures: Int = 5) {
    self.lanes = max(1, lanes)
    self.image = image
    self.start = start
    self.failures = failures
  }
}
