/// What the rules found on a line, and what becomes of it.
struct Verdict {
  /// What becomes of a line.
  enum Outcome {
    /// It can be used for training.
    case valid
    /// It can't.
    case invalid
    /// It is in order and has nothing to train with; it isn't counted for or against the manifest.
    case ignored
  }

  /// A finding before its texts are taken from the line.
  struct Item {
    var code: Finding.Code
    var severity: Finding.Severity
    /// The attribute's place in the line's attributes.
    var attribute: Int?
    var annotation: Int?
    var detail: String?
  }

  private(set) var items: [Item] = []
  var outcome = Outcome.valid
  /// Whether what was found ends the line's validation.
  private(set) var isStopped = false

  mutating func removeAll() {
    items.removeAll(keepingCapacity: true)
    outcome = .valid
    isStopped = false
  }

  /// Adds a finding; one of the precedence group voids the line and ends its validation.
  mutating func add(
    _ code: Finding.Code, severity: Finding.Severity? = nil, attribute: Int? = nil,
    annotation: Int? = nil, _ detail: String? = nil
  ) {
    items.append(
      Item(
        code: code, severity: severity ?? code.severity, attribute: attribute,
        annotation: annotation, detail: detail))
    if code.hasPrecedence {
      isStopped = true
      outcome = .invalid
    }
  }
}
