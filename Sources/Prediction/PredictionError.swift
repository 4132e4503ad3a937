/// Why a predictor gives no answer.
public struct PredictionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// How far the trouble reaches.
  public enum Kind: Hashable, Sendable {
    /// The predictor says that it can't look at this image.
    case refused
    /// The answer for this image can't be used.
    case badAnswer
    /// The predictor broke down over this image.
    case crashed
    /// The predictor took too long over this image.
    case timedOut
    /// Nobody wants the answer any more.
    case cancelled
    /// The predictor is of no use, whatever the image.
    case unavailable
  }

  /// How far the trouble reaches.
  public let kind: Kind
  /// What is wrong and the way out, in a sentence that doesn't name the image; may hold what the
  /// predictor wrote, harmful characters included.
  public let message: String

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - kind: How far the trouble reaches.
  ///   - message: What is wrong and the way out.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
