import Synchronization

/// What a predictor has to say, kept until there is a moment to say it.
final class Remarks: Sendable {
  private let texts = Mutex<[String]>([])

  /// Whether something is to be said.
  var areThere: Bool { texts.withLock { !$0.isEmpty } }

  /// Keeps a remark.
  func add(_ text: String) { texts.withLock { $0.append(text) } }

  /// Takes what is there.
  func take() -> [String] {
    texts.withLock { texts in
      defer { texts = [] }
      return texts
    }
  }

  /// Says what is there, on standard error.
  func say() {
    for text in take() { Failure.say(text) }
  }
}
