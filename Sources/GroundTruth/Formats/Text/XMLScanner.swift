/// The grammar of XML 1.0 without document type definitions, over UTF-8.
struct XMLScanner {
  private let bytes: [UInt8]
  private let path: String
  private var offset = 0
  private var line = 1

  init(bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  mutating func document() throws(FormatError) -> XMLElement {
    guard try skipToElement() else { throw error("it holds no XML element") }
    let root = try tree()
    if try skipToElement() { throw error("something follows the end of the root element") }
    return root
  }

  /// Skips blanks, comments, instructions and a DOCTYPE; whether an element follows.
  private mutating func skipToElement() throws(FormatError) -> Bool {
    while true {
      skipBlanks()
      guard offset < bytes.count else { return false }
      if starts("<!--") {
        try skip(past: "-->", what: "a comment")
      } else if starts("<?") {
        try skip(past: "?>", what: "an instruction")
      } else if starts("<!DOCTYPE") {
        try skipDoctype()
      } else if starts("<") {
        return true
      } else {
        throw error("text stands outside the root element; it is not XML")
      }
    }
  }

  /// A DOCTYPE may name a definition, which is not fetched; it may not hold one.
  private mutating func skipDoctype() throws(FormatError) {
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "["):
        throw error("it declares entities of its own, which are never read: delete its DOCTYPE")
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let quote = bytes[offset]
        advance()
        while offset < bytes.count, bytes[offset] != quote { advance() }
        advance()
      case UInt8(ascii: ">"):
        return advance()
      default:
        advance()
      }
    }
    throw error("it ends inside its DOCTYPE")
  }

  /// The element at the cursor with all below it, without recursion.
  private mutating func tree() throws(FormatError) -> XMLElement {
    var open: [(element: XMLElement, text: XMLRun)] = []
    var count = 0
    while true {
      if open.isEmpty, starts("<!") || starts("</") { throw error("the root element is missing") }
      if starts("</"), let (element, text) = open.popLast() {
        let done = try closed(element, text)
        if open.isEmpty { return done }
        open[open.count - 1].element.children.append(done)
      } else if starts("<!--") {
        try skip(past: "-->", what: "a comment")
      } else if starts("<![CDATA[") {
        try cdata(into: &open[open.count - 1].text)
      } else if starts("<?") {
        try skip(past: "?>", what: "an instruction")
      } else if starts("<") {
        let (element, isEmpty) = try startTag()
        count += 1
        guard count <= XMLTree.elementLimit, open.count < XMLTree.depthLimit else {
          throw error("it has more or deeper elements than any annotation file")
        }
        if !isEmpty {
          open.append((element, XMLRun()))
        } else if open.isEmpty {
          return element
        } else {
          open[open.count - 1].element.children.append(element)
        }
      } else if offset < bytes.count {
        try characters(into: &open[open.count - 1].text)
      } else {
        let inner = open[open.count - 1].element
        throw error("it ends inside <\(inner.name)> of line \(inner.line)")
      }
    }
  }

  private mutating func closed(
    _ element: XMLElement, _ text: XMLRun
  ) throws(FormatError) -> XMLElement {
    offset += 2
    let name = try self.name()
    skipBlanks()
    guard name == element.name, take(UInt8(ascii: ">")) else {
      throw error("</\(name)> ends <\(element.name)> of line \(element.line)")
    }
    var element = element
    element.text = try checked(text.trimmed)
    return element
  }

  private mutating func startTag() throws(FormatError) -> (XMLElement, isEmpty: Bool) {
    let start = line
    offset += 1
    var element = XMLElement(name: try name(), line: start)
    while true {
      let hadBlank = skipBlanks()
      if take(UInt8(ascii: ">")) { return (element, false) }
      if starts("/>") {
        offset += 2
        return (element, true)
      }
      guard hadBlank else { throw error("the tag <\(element.name)> is misspelt") }
      let key = try name()
      skipBlanks()
      guard take(UInt8(ascii: "=")) else { throw error("the attribute \(key) has no value") }
      skipBlanks()
      let value = try quoted(key)
      guard element.attributes.updateValue(value, forKey: key) == nil else {
        throw error("the attribute \(key) stands twice in <\(element.name)>")
      }
    }
  }

  private mutating func quoted(_ key: String) throws(FormatError) -> String {
    guard offset < bytes.count else { throw error("it ends inside a tag") }
    let quote = bytes[offset]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw error("the value of \(key) needs quotation marks")
    }
    advance()
    var value: [UInt8] = []
    while offset < bytes.count, bytes[offset] != quote {
      switch bytes[offset] {
      case UInt8(ascii: "<"): throw error("a value holds “<”, which is written &lt;")
      case UInt8(ascii: "&"): value += try reference()
      case let byte:
        // Line feeds and tabs in a value are read as spaces, unless they are spelt out.
        value.append(XMLRun.isBlank(byte) ? UInt8(ascii: " ") : byte)
        advance()
      }
    }
    guard take(quote) else { throw error("it ends inside the value of \(key)") }
    return try checked(value)
  }

  /// Text up to the next tag.
  private mutating func characters(into run: inout XMLRun) throws(FormatError) {
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") {
      if bytes[offset] == UInt8(ascii: "&") {
        run.append(significant: try reference())
      } else {
        // XML reads every line ending as a line feed.
        let isPair = bytes[offset] == 13 && offset + 1 < bytes.count && bytes[offset + 1] == 10
        if !isPair { run.append(bytes[offset] == 13 ? 10 : bytes[offset]) }
        advance()
      }
    }
  }

  private mutating func cdata(into run: inout XMLRun) throws(FormatError) {
    offset += 9
    while offset < bytes.count, !starts("]]>") {
      run.append(significant: [bytes[offset]])
      advance()
    }
    guard offset < bytes.count else { throw error("it ends inside a CDATA section") }
    offset += 3
  }

  /// What a reference stands for, as UTF-8.
  private mutating func reference() throws(FormatError) -> [UInt8] {
    let end = bytes[offset...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
    guard let end else { throw error("“&” stands alone; it is written &amp;") }
    let name = String(decoding: bytes[(offset + 1)..<end], as: UTF8.self)
    offset = end + 1
    switch name {
    case "amp": return [UInt8(ascii: "&")]
    case "lt": return [UInt8(ascii: "<")]
    case "gt": return [UInt8(ascii: ">")]
    case "apos": return [UInt8(ascii: "'")]
    case "quot": return [UInt8(ascii: "\"")]
    default: break
    }
    let isHex = name.hasPrefix("#x")
    let digits = name.dropFirst(isHex ? 2 : 1)
    guard name.hasPrefix("#"), digits.first?.isHexDigit == true,
      let scalar = UInt32(digits, radix: isHex ? 16 : 10).flatMap(Unicode.Scalar.init),
      XMLText.allows(scalar)
    else { throw error("&\(name); is no character of XML") }
    return Array(String(scalar).utf8)
  }

  private mutating func name() throws(FormatError) -> String {
    let start = offset
    while offset < bytes.count, Self.isNameByte(bytes[offset]) { offset += 1 }
    guard offset > start else { throw error("a name is missing; “<” in text is written &lt;") }
    return try checked(Array(bytes[start..<offset]))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: ":"), 0x80...:
      true
    default: false
    }
  }

  /// The bytes as text, if they are UTF-8 and hold nothing that XML forbids.
  private func checked(_ bytes: [UInt8]) throws(FormatError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw error("the text isn't UTF-8: save the file as UTF-8")
    }
    guard text.unicodeScalars.allSatisfy(XMLText.allows) else {
      throw error("a control character stands in the text; XML allows none")
    }
    return text
  }

  // MARK: The cursor

  private func starts(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - offset >= count else { return false }
    return text.withUTF8Buffer { wanted in
      (0..<count).allSatisfy { bytes[offset + $0] == wanted[$0] }
    }
  }

  private mutating func advance() {
    guard offset < bytes.count else { return }
    if bytes[offset] == UInt8(ascii: "\n") { line += 1 }
    offset += 1
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard offset < bytes.count, bytes[offset] == byte else { return false }
    advance()
    return true
  }

  @discardableResult
  private mutating func skipBlanks() -> Bool {
    let start = offset
    while offset < bytes.count, XMLRun.isBlank(bytes[offset]) { advance() }
    return offset > start
  }

  private mutating func skip(past end: StaticString, what: String) throws(FormatError) {
    while offset < bytes.count, !starts(end) { advance() }
    guard offset < bytes.count else { throw error("it ends inside \(what)") }
    offset += end.utf8CodeUnitCount
  }

  private func error(_ message: String) -> FormatError {
    FormatError(path: path, line: line, message: "not well-formed XML: \(message).")
  }
}
