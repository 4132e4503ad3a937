/// What is wrong, and in which line of which file.
public struct LocatedError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The manifest's path, as the person gave it.
  public let path: String
  /// The line, counted from 1.
  public let line: Int
  /// What is wrong there.
  public let error: ManifestError

  /// Creates an error with its place; the line is counted from 1.
  public init(path: String, line: Int, error: ManifestError) {
    self.path = path
    self.line = line
    self.error = error
  }

  /// `path:line: message`, the form that editors jump to.
  public var description: String { "\(path):\(line): \(error.message)" }
}
