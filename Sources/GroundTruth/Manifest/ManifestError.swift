/// What is wrong with a manifest line, or with what was asked of it.
public enum ManifestError: Error, Hashable, Sendable {
  /// The line is blank.
  case blankLine
  /// The line isn't UTF-8 from this byte on, counted from 0.
  case invalidUTF8(offset: Int)
  /// The line isn't JSON from this byte on, counted from 0.
  case invalidJSON(offset: Int, reason: JSONError.Reason)
  /// The line is JSON but not an object.
  case notAnObject
  /// The line names no image.
  case missingSourceRef
  /// The line is about inline text (`source`), not about an image.
  case inlineSource
  /// `source-ref` isn't a string.
  case invalidSourceRef
  /// An attribute can't be read; it is kept as it is.
  case malformedAttribute(name: String, what: String)
  /// Label metadata stands without the attribute it belongs to.
  case metadataWithoutAttribute(name: String)
  /// The line has no such attribute.
  case noSuchAttribute(name: String)
  /// The line uses the name for something else.
  case attributeInUse(name: String)
  /// The name can't be a label attribute.
  case illegalAttributeName(String)
  /// A box to be written has no usable numbers or no label.
  case invalidBox(label: String)
  /// A label to be given has no name.
  case emptyLabel

  /// What is wrong and what to do, in one sentence.
  public var message: String {
    switch self {
    case .blankLine:
      "the line is blank; delete it, since it counts as an invalid entry"
    case .invalidUTF8(let offset):
      "the text isn't UTF-8 at byte \(offset + 1); save the file as UTF-8"
    case .invalidJSON(let offset, let reason):
      "not JSON at byte \(offset + 1): \(reason); put one JSON object on the line"
    case .notAnObject:
      "the line isn't a JSON object; write it as {\"source-ref\": …}"
    case .missingSourceRef:
      "there is no source-ref; add the image's s3:// URI or path as \"source-ref\""
    case .inlineSource:
      "the line has inline text (\"source\") and no image; remove it or give it a \"source-ref\""
    case .invalidSourceRef:
      "source-ref isn't a string; write the image's s3:// URI or path in quotes"
    case .malformedAttribute(let name, let what):
      "attribute “\(name)” can't be read: \(what); it is kept as it is until you correct the file"
    case .metadataWithoutAttribute(let name):
      "“\(name)-metadata” has no attribute “\(name)”; make the two names match"
    case .noSuchAttribute(let name):
      "there is no attribute “\(name)” on this line; choose one that is there"
    case .attributeInUse(let name):
      "“\(name)” is used for something else on this line; choose another attribute name"
    case .illegalAttributeName(let name):
      "“\(name)” can't name an attribute; use 1 to 127 letters, digits, - and _, "
        + "not ending in -metadata or -ref"
    case .invalidBox(let label):
      "a box of “\(label)” has no label or no finite position and size; draw it again"
    case .emptyLabel:
      "the label has no name; give it one"
    }
  }
}

extension ManifestError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
