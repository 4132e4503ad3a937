/// What the message line says until the next key.
public struct Message: Hashable, Sendable {
  /// How loud it is.
  public enum Kind: Hashable, Sendable {
    /// For information.
    case note
    /// Something did not work.
    case problem
  }

  /// The words.
  public var text: String
  /// How loud.
  public var kind: Kind

  /// Creates a note.
  public static func note(_ text: String) -> Message { Message(text: text, kind: .note) }
  /// Creates a problem.
  public static func problem(_ text: String) -> Message { Message(text: text, kind: .problem) }
}
