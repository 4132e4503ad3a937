/// Why a model can't be trained, loaded or asked.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, with the file's name, and what to do; a sentence.
  public let description: String

  /// Creates an error from a sentence.
  public init(_ description: String) { self.description = description }
}
