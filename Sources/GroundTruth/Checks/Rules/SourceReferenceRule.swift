/// A line names its image as `s3://bucket/key`, or as a path where that is allowed.
enum SourceReferenceRule {
  /// What a reference is.
  enum Form: Equatable {
    /// An S3 object; the range is its bucket's.
    case object(bucket: Range<Int>)
    /// A path here.
    case path
    case malformed
  }

  static func judge(
    _ line: CheckedLine, form: Form, allowsPaths: Bool, into verdict: inout Verdict
  ) {
    switch line.source {
    case .missing:
      verdict.add(.missingSourceRef, line.isInline ? "The line has inline text (source)." : nil)
    case .notText: verdict.add(.invalidSourceRef, "It isn't text.")
    case .text:
      switch form {
      case .object: break
      case .path: if !allowsPaths { verdict.add(.invalidSourceRef, "It is a path or a URL.") }
      case .malformed: verdict.add(.invalidSourceRef)
      }
    }
  }

  /// What the text of a reference is; other schemes than `s3` are no paths.
  static func form(_ text: Span<UInt8>, _ range: Range<Int>) -> Form {
    guard starts(text, range, with: "s3://") else {
      let isPath = !range.isEmpty && !hasScheme(text, range)
      return isPath ? .path : .malformed
    }
    let bucket = range.lowerBound + 5
    var slash = bucket
    while slash < range.upperBound, text[slash] != UInt8(ascii: "/") {
      // No bucket has a space or a control character in its name.
      if text[slash] <= 0x20 { return .malformed }
      slash += 1
    }
    guard slash > bucket, slash + 1 < range.upperBound else { return .malformed }
    return .object(bucket: bucket..<slash)
  }

  private static func hasScheme(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at + 2 < range.upperBound, text[at] != UInt8(ascii: "/") {
      if text[at] == UInt8(ascii: ":"), text[at + 1] == UInt8(ascii: "/"),
        text[at + 2] == UInt8(ascii: "/")
      {
        return true
      }
      at += 1
    }
    return false
  }

  private static func starts(
    _ text: Span<UInt8>, _ range: Range<Int>, with prefix: StaticString
  ) -> Bool {
    guard range.count >= prefix.utf8CodeUnitCount else { return false }
    for offset in 0..<prefix.utf8CodeUnitCount
    where text[range.lowerBound + offset] != prefix.utf8Start[offset] {
      return false
    }
    return true
  }
}
