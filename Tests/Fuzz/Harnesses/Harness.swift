public import GroundTruth

/// A function that takes any bytes, and what it holds the module to.
///
/// A crash is for the caller to notice; a broken promise is thrown.
public enum Harness: Hashable, Sendable {
  /// The cursor over lines, entries, edits and surveys.
  case lines
  /// The filter query.
  case query
  /// Checks, repairs and what is written of them.
  case check
  /// The reader of a format, and all writers over what it read.
  case format(Format)

  /// All harnesses.
  public static let all: [Harness] =
    [.lines, .query, .check] + Format.allCases.map { .format($0) }

  /// Looks a harness up by its name.
  public init?(name: String) {
    guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// The name, which is also that of the folder of its corpus.
  public var name: String {
    switch self {
    case .lines: "lines"
    case .query: "query"
    case .check: "check"
    case .format(let format): format.rawValue
    }
  }

  /// Runs over an input.
  ///
  /// - Parameter bytes: The input; files of a format as `FileArchive` says.
  /// - Throws: `Violation` if a promise is broken.
  public func run(_ bytes: [UInt8]) throws(Violation) {
    switch self {
    case .lines: try LineHarness.run(bytes)
    case .query: try QueryHarness.run(bytes)
    case .check: try CheckHarness.run(bytes)
    case .format(let format): try FormatHarness.run(bytes, as: format)
    }
  }
}
