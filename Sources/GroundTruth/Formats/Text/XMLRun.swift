/// Text being gathered, which tells blanks that are meant from those that lay out the file.
struct XMLRun {
  private var bytes: [UInt8] = []
  private var trailingBlanks = 0

  /// The text without the layout around it.
  var trimmed: [UInt8] { Array(bytes.dropLast(trailingBlanks)) }

  /// Adds a byte that stands in the file as itself.
  mutating func append(_ byte: UInt8) {
    let isBlank = Self.isBlank(byte)
    if isBlank, bytes.isEmpty { return }
    bytes.append(byte)
    trailingBlanks = isBlank ? trailingBlanks + 1 : 0
  }

  /// Adds what was spelt out, as a reference or in a CDATA section: meant, blank or not.
  mutating func append(significant more: [UInt8]) {
    bytes.append(contentsOf: more)
    trailingBlanks = 0
  }

  /// Whether a byte is one of XML's four blanks.
  static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
}
