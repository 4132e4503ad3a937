/// The value of one YAML key: a scalar, or a list or map of scalars, in block or flow style.
struct YAMLBlock {
  /// A value.
  enum Value: Hashable {
    case scalar(String)
    case list([String])
    case map([Pair])

    /// The texts in it; none of what is null.
    var scalars: [String] {
      switch self {
      case .scalar(let text): ["", "~", "null"].contains(text) ? [] : [text]
      case .list(let list): list
      case .map(let pairs): pairs.map(\.value)
      }
    }
  }

  /// A key and its scalar.
  struct Pair: Hashable {
    var key: String
    var value: String
  }

  private let lines: [TextLine]
  private let path: String
  /// By scalars: an accent after a bracket or a quotation mark makes one character with it.
  private var rest = Substring.UnicodeScalarView()
  private var line: Int

  /// The lines of a key, the first being what follows its colon.
  init(_ lines: [TextLine], _ path: String) {
    self.lines = lines
    self.path = path
    line = lines.first?.number ?? 1
  }

  /// Reads the value.
  consuming func value() throws(FormatError) -> Value {
    var copy = self
    return try copy.read()
  }

  private mutating func read() throws(FormatError) -> Value {
    rest = lines.first?.text.unicodeScalars ?? Substring.UnicodeScalarView()
    skipBlanks()
    if rest.first == "[" || rest.first == "{" {
      let more = lines.dropFirst().map { "\n" + $0.text }.joined()
      rest.append(contentsOf: more.unicodeScalars)
      return try flow()
    }
    if !rest.isEmpty { return .scalar(try scalar(until: [])) }
    var list: [String] = []
    var pairs: [Pair] = []
    for next in lines.dropFirst() {
      (rest, line) = (next.text.unicodeScalars, next.number)
      skipBlanks()
      guard !rest.isEmpty else { continue }
      if rest.starts(with: "- ".unicodeScalars) || rest.elementsEqual("-".unicodeScalars) {
        rest = rest.dropFirst()
        skipBlanks()
        list.append(try scalar(until: []))
      } else {
        let key = try scalar(until: [":"])
        guard rest.popFirst() == ":" else { throw unread("a line without “- ” or “key: ”") }
        skipBlanks()
        pairs.append(Pair(key: key, value: try scalar(until: [])))
      }
      guard list.isEmpty || pairs.isEmpty else { throw unread("a list mixed with keys") }
    }
    if list.isEmpty, pairs.isEmpty { return .scalar("") }
    return pairs.isEmpty ? .list(list) : .map(pairs)
  }

  /// A list or map in brackets.
  private mutating func flow() throws(FormatError) -> Value {
    let isList = rest.popFirst() == "["
    let end: Unicode.Scalar = isList ? "]" : "}"
    var list: [String] = []
    var pairs: [Pair] = []
    while true {
      skipBlanks(andLines: true)
      if rest.first == end { break }
      let text = try scalar(until: isList ? [",", end, "\n"] : [":", ",", end, "\n"])
      if isList {
        list.append(text)
      } else {
        guard rest.popFirst() == ":" else { throw unread("a map without “key: value”") }
        skipBlanks(andLines: true)
        pairs.append(Pair(key: text, value: try scalar(until: [",", end, "\n"])))
      }
      skipBlanks(andLines: true)
      if rest.first == "," {
        rest = rest.dropFirst()
      } else if rest.first != end {
        throw unread("a list without “\(end)”")
      }
    }
    return isList ? .list(list) : .map(pairs)
  }

  /// A scalar: quoted, or plain up to one of some characters or a comment.
  private mutating func scalar(until ends: Set<Unicode.Scalar>) throws(FormatError) -> String {
    switch rest.first {
    case "\"": return try doubleQuoted()
    case "'": return try singleQuoted()
    case "&", "*", "!", "|", ">", "[", "{", "%", "@", "`":
      throw unread("“\(String(rest.prefix(20)))”")
    default: break
    }
    var text = String.UnicodeScalarView()
    while let next = rest.first, !ends.contains(next) {
      if next == "#", text.isEmpty || text.last == " " || text.last == "\t" {
        rest = rest[(rest.firstIndex(of: "\n") ?? rest.endIndex)...]
        break
      }
      text.append(next)
      rest = rest.dropFirst()
    }
    while let last = text.last, last.properties.isWhitespace { text.removeLast() }
    return String(text)
  }

  private mutating func singleQuoted() throws(FormatError) -> String {
    rest = rest.dropFirst()
    var text = String.UnicodeScalarView()
    while let next = rest.popFirst() {
      if next != "'" {
        text.append(next)
      } else if rest.first == "'" {
        text.append(next)
        rest = rest.dropFirst()
      } else {
        return try ended(String(text))
      }
    }
    throw unread("a quotation without its end")
  }

  private mutating func doubleQuoted() throws(FormatError) -> String {
    rest = rest.dropFirst()
    var text = String.UnicodeScalarView()
    while let next = rest.popFirst() {
      if next == "\"" { return try ended(String(text)) }
      text.append(next == "\\" ? try escape() : next)
    }
    throw unread("a quotation without its end")
  }

  private mutating func escape() throws(FormatError) -> Unicode.Scalar {
    let kind = rest.popFirst()
    switch kind {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "\""?, "\\"?, "/"?, " "?: return kind ?? " "
    case "x", "u", "U":
      let count = kind == "x" ? 2 : kind == "u" ? 4 : 8
      let digits = rest.prefix(count)
      guard digits.count == count, digits.allSatisfy(\.properties.isASCIIHexDigit),
        let scalar = UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init)
      else { throw unread("an escape that is no character") }
      rest = rest.dropFirst(count)
      return scalar
    default: throw unread("an unknown escape")
    }
  }

  /// After a quotation only the end of the scalar may follow.
  private mutating func ended(_ text: String) throws(FormatError) -> String {
    skipBlanks()
    guard let next = rest.first, !",]}:\n".unicodeScalars.contains(next) else { return text }
    throw unread("“\(String(rest.prefix(20)))” after a quotation")
  }

  /// Skips blanks and a comment, and in brackets the ends of lines.
  private mutating func skipBlanks(andLines: Bool = false) {
    while let next = rest.first {
      if next == "#" {
        rest = rest[(rest.firstIndex(of: "\n") ?? rest.endIndex)...]
      } else if next == "\n", andLines {
        line += 1
        rest = rest.dropFirst()
      } else if next == " " || next == "\t" {
        rest = rest.dropFirst()
      } else {
        return
      }
    }
  }

  private func unread(_ what: String) -> FormatError {
    FormatError(
      path: path, line: line,
      message: "\(what) is YAML that isn't read here: write names as plain or quoted text.")
  }
}
