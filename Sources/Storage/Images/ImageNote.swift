/// Something that was found beside the images, and why it is not among them.
public enum ImageNote: Hashable, Sendable, CustomStringConvertible {
  /// How many images of other kinds there are, by extension.
  case otherKinds([String: Int])
  /// How many images have a name that starts with a dot.
  case hidden(Int)
  /// A pipe, socket or device.
  case notAFile(String)
  /// A folder that can't be listed; `code` is the system's `errno`.
  case unreadable(String, code: Int32)
  /// A link that leads nowhere, or in a circle.
  case brokenLink(String)
  /// A name that can't stand in a manifest; shown with its odd bytes replaced.
  case notUTF8(String)
  /// A path that was given and is not there.
  case missing(String)

  /// What was left out and what to do, in a sentence.
  public var description: String {
    switch self {
    case .otherKinds(let counts):
      let total = counts.values.reduce(0, +)
      let kinds = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let list = kinds.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      let what = total == 1 ? "1 image of another kind" : "\(total) images of other kinds"
      return "\(what) (\(list)) left out: convert \(total == 1 ? "it" : "them") to JPEG or PNG."
    case .hidden(let count):
      let what = count == 1 ? "1 hidden image" : "\(count) hidden images"
      return "\(what) left out: name each on the command line to take it."
    case .notAFile(let path):
      return "\(path) left out: it is a pipe, a socket or a device."
    case .unreadable(let path, let code):
      return "\(path) left out: \(StorageError.reason(code))."
    case .brokenLink(let path):
      return "\(path) left out: the link leads nowhere; mend or remove it."
    case .notUTF8(let path):
      return "\(path) left out: its name is not UTF-8 and can't stand in a manifest; rename it."
    case .missing(let path):
      return "\(path) left out: there is no such file or folder; check the name."
    }
  }
}
