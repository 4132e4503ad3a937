/// Why labels can't be renamed.
public enum LabelRenamingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing in the dataset has the label.
  case noSuchLabel(String)
  /// There is a label of the new name already, and nobody said that the two are to be one.
  case labelExists(String)
  /// The new name is empty, or too long for AWS.
  case unusableName(String)
  /// The label is to become two things, or what it is.
  case renamedTwice(String)

  /// What is wrong and what to do, in one sentence.
  public var description: String {
    switch self {
    case .noSuchLabel(let label):
      "there is no label “\(label)”; look for its spelling among the labels that are there"
    case .labelExists(let label):
      "there is a label “\(label)” already; say that the two are to become one, or take "
        + "another name"
    case .unusableName(let name):
      name.isEmpty
        ? "a label needs a name; write it after the one it replaces"
        : "a label has at most 256 characters and no line break; shorten “\(name.prefix(40))…”"
    case .renamedTwice(let label):
      "“\(label)” is given more than one new name, or its own; give each label one new name"
    }
  }
}
