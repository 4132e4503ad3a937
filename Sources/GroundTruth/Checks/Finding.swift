/// Something that is wrong with a manifest, or odd about it, and where.
public struct Finding: Hashable, Sendable {
  /// How much a finding matters.
  public enum Severity: String, Hashable, Sendable {
    /// Something can't be used for training, or training can't start.
    case error
    /// All can be used, but it may not be what was meant.
    case warning
  }

  /// The line, counted from 1; 0 for the manifest as a whole.
  public let line: Int
  /// What it is.
  public let code: Code
  /// How much it matters.
  public let severity: Severity
  /// The label attribute that it is about.
  public let attribute: String?
  /// The box that it is about: its place in the attribute's `annotations`, counted from 0.
  public let annotation: Int?
  /// What exactly was found, as a sentence.
  public let detail: String?

  /// Creates a finding; without a severity it has that of its code.
  public init(
    line: Int, code: Code, severity: Severity? = nil, attribute: String? = nil,
    annotation: Int? = nil, detail: String? = nil
  ) {
    self.line = line
    self.code = code
    self.severity = severity ?? code.severity
    self.attribute = attribute
    self.annotation = annotation
    self.detail = detail
  }

  /// The service's own message for the code, its blank filled in.
  public var officialMessage: String { code.message(subject: attribute) }

  /// The service's own message, and what exactly was found.
  public var message: String {
    detail.map { "\(officialMessage) \($0)" } ?? officialMessage
  }
}
