extension LineReader {
  /// Whether a name ends in `-metadata`.
  @inline(__always)
  static func isMetadata(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Bool {
    name.count >= 9 && JSONCursor.isSame(bytes, name.upperBound - 9..<name.upperBound, "-metadata")
  }

  /// Whether a string (a range with its quotes, or an empty one) is a text, escapes decoded.
  @inline(__always)
  static func isText(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
    !range.isEmpty && JSONWalk.isKey(bytes, range, text)
  }

  /// Reads a metadata object.
  static func metadata(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) -> Metadata {
    var found = Metadata()
    var isMapWellFormed = true
    var areObjectsWellFormed = true
    var hasMore = try JSONCursor.enter(bytes, &at, until: UInt8(ascii: "}"))
    while hasMore {
      let name = try JSONCursor.name(bytes, &at)
      let start = at
      at = try JSONScanner.endOfValue(bytes, from: at, within: 2)
      let string = bytes[start] == UInt8(ascii: "\"") ? start..<at : 0..<0
      switch name.count {
      case 4 where JSONCursor.isSame(bytes, name, "type"): found.type = string
      case 7 where JSONCursor.isSame(bytes, name, "objects"):
        areObjectsWellFormed = bytes[start] == UInt8(ascii: "[")
      case 9 where JSONCursor.isSame(bytes, name, "class-map"):
        isMapWellFormed = bytes[start] == UInt8(ascii: "{")
        found.classMap = start..<at
      case 10 where JSONCursor.isSame(bytes, name, "class-name"): found.className = string
      case 13 where JSONCursor.isSame(bytes, name, "creation-date"): found.creationDate = string
      case 15 where JSONCursor.isSame(bytes, name, "human-annotated"):
        found.isHuman = isText(bytes, string, "yes")
      default: break
      }
      hasMore = try JSONCursor.advance(bytes, &at, until: UInt8(ascii: "}"))
    }
    found.isWellFormed = isMapWellFormed && areObjectsWellFormed
    return found
  }

  /// Reads the top-level member `reticle`.
  static func mark(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) -> EntryState {
    var mark: EntryState = []
    var hasMore = try JSONCursor.enter(bytes, &at, until: UInt8(ascii: "}"))
    while hasMore {
      let name = try JSONCursor.name(bytes, &at)
      let start = at
      at = try JSONScanner.endOfValue(bytes, from: at, within: 2)
      let bit: EntryState
      var isSet = bytes[start] == UInt8(ascii: "t")
      if JSONCursor.isSame(bytes, name, "verified") {
        bit = .verified
      } else if JSONCursor.isSame(bytes, name, "skipped") {
        bit = .skipped
      } else if JSONCursor.isSame(bytes, name, "excluded") {
        bit = .excluded
      } else if JSONCursor.isSame(bytes, name, "flag") {
        bit = .flagged
        isSet = bytes[start] == UInt8(ascii: "\"")
      } else {
        bit = []
      }
      if isSet { mark.insert(bit) } else { mark.remove(bit) }
      hasMore = try JSONCursor.advance(bytes, &at, until: UInt8(ascii: "}"))
    }
    return mark
  }

  /// Reads an annotation.
  ///
  /// - Returns: The annotation; nil if its class id or one of its four numbers is missing.
  static func box(
    _ bytes: Span<UInt8>, _ at: inout Int, isMeasured: Bool
  ) throws(JSONError) -> Box? {
    var id: Int?
    var box = Box()
    var numbers: UInt8 = 0
    var hasMore = try JSONCursor.enter(bytes, &at, until: UInt8(ascii: "}"))
    while hasMore {
      let name = try JSONCursor.name(bytes, &at)
      let start = at
      let short = JSONCursor.shortInteger(bytes, &at)
      if short == nil { at = try JSONScanner.endOfValue(bytes, from: at, within: 4) }
      var bit: UInt8 = 0
      switch name.count {
      case 3 where JSONCursor.isSame(bytes, name, "top"): bit = 1
      case 4 where JSONCursor.isSame(bytes, name, "left"): bit = 2
      case 5 where JSONCursor.isSame(bytes, name, "width"): bit = 4
      case 6 where JSONCursor.isSame(bytes, name, "height"): bit = 8
      case 8 where JSONCursor.isSame(bytes, name, "class_id"):
        id = short
        if short == nil, isNumber(bytes, start..<at) { id = JSONNumber.integer(bytes, start..<at) }
      default: break
      }
      if bit != 0 {
        if isMeasured, bit >= 4 {
          let side = short.map { Double($0) } ?? JSONNumber.double(bytes, start..<at) ?? 0
          if bit == 4 { box.width = side } else { box.height = side }
        }
        numbers = short != nil || isNumber(bytes, start..<at) ? numbers | bit : numbers & ~bit
      }
      hasMore = try JSONCursor.advance(bytes, &at, until: UInt8(ascii: "}"))
    }
    guard numbers == 15, let id else { return nil }
    box.id = id
    return box
  }

  /// Whether a checked value is a number that is finite as a `Double`.
  private static func isNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let first = bytes[range.lowerBound]
    guard first == UInt8(ascii: "-") || first &- 0x30 < 10 else { return false }
    // Fewer than 300 digits without an exponent can't be beyond the finite.
    var isPlain = range.count < 300
    for index in range where bytes[index] | 0x20 == UInt8(ascii: "e") { isPlain = false }
    return isPlain || JSONNumber.double(bytes, range) != nil
  }

  /// Whether a checked value is what an image-level attribute may have: a class number or a text.
  static func isClass(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let first = bytes[range.lowerBound]
    if first == UInt8(ascii: "\"") { return true }
    guard first == UInt8(ascii: "-") || first &- 0x30 < 10 else { return false }
    return JSONNumber.integer(bytes, range) != nil
  }

  /// A class number, which some files write as a string.
  static func classID(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let first = bytes[range.lowerBound]
    if first == UInt8(ascii: "-") || first &- 0x30 < 10 {
      return JSONNumber.integer(bytes, range)
    }
    guard first == UInt8(ascii: "\"") else { return nil }
    return Int(canonical: JSONText.decode(bytes, range))
  }
}
