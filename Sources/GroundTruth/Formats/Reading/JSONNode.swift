/// A value in a JSON file that others wrote, with the file's path for messages.
///
/// What is asked for and isn't there, or is of another kind, is an error with its line.
struct JSONNode {
  /// The file, relative to the root of the files being read.
  let path: String
  /// The value.
  let value: JSONValue

  /// A value that was checked already.
  init(path: String, value: JSONValue) {
    self.path = path
    self.value = value
  }

  /// Checks a whole file.
  ///
  /// - Throws: `FormatError` with the line of the first byte that isn't JSON.
  /// - Complexity: O(bytes).
  init(parsing bytes: [UInt8], path: String) throws(FormatError) {
    do throws(JSONError) {
      self.init(path: path, value: try JSONValue(parsing: bytes))
    } catch {
      throw FormatError(
        path: path, line: Self.line(of: error.offset, in: bytes),
        message: "not JSON: \(error.reason); correct the file or export it again")
    }
  }

  /// A value within this one.
  func node(_ value: JSONValue) -> JSONNode { JSONNode(path: path, value: value) }

  /// The line that the value begins in, from 1.
  ///
  /// - Complexity: O(bytes before it).
  var line: Int { Self.line(of: value.range.lowerBound, in: value.line) }

  /// `path:line`, for notes.
  var place: String { "\(path):\(line)" }

  /// An error about the value.
  func error(_ message: String) -> FormatError {
    FormatError(path: path, line: line, message: message)
  }

  /// The members of an object.
  func record(_ what: String) throws(FormatError) -> JSONRecord {
    guard let members = value.members else { throw error("\(what) isn't an object; correct it") }
    return JSONRecord(node: self, members: members)
  }

  /// The elements of an array.
  func elements(_ what: String) throws(FormatError) -> [JSONNode] {
    guard let elements = value.elements else { throw error("\(what) isn't an array; correct it") }
    return elements.map(node)
  }

  /// The text of a string.
  func text(_ what: String) throws(FormatError) -> String {
    guard let text = value.string else { throw error("\(what) isn't text; put it in quotes") }
    return text
  }

  /// The text of a string that names something, and so says something.
  func name(_ what: String) throws(FormatError) -> String {
    let text = try text(what)
    guard !text.isEmpty else { throw error("\(what) is empty; fill it in") }
    return text
  }

  /// A number that can be a position, a length or a share of one.
  func number(_ what: String) throws(FormatError) -> Double {
    guard let number = value.double, abs(number) <= JSONRecord.greatestNumber else {
      throw error("\(what) isn't a number up to a thousand million; correct it")
    }
    return number
  }

  /// A whole number.
  func wholeNumber(_ what: String) throws(FormatError) -> Int {
    guard let number = value.integer else {
      throw error("\(what) isn't a whole number; correct it")
    }
    return number
  }

  private static func line(of offset: Int, in bytes: [UInt8]) -> Int {
    1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
  }
}

/// The members of a JSON object in a file that others wrote.
struct JSONRecord {
  /// The most that a position or a length can be: beyond it lies no image.
  static let greatestNumber = 1e9
  /// The longest side that is believed of an image.
  static let greatestSide = 1_000_000

  /// The object.
  let node: JSONNode
  /// Its members in file order.
  let members: [JSONMember]

  /// The value of the last member of that name; nil if there is none, or only `null`.
  subscript(name: String) -> JSONNode? {
    guard let value = members.last(named: name), value.kind != .null else { return nil }
    return node.node(value)
  }

  /// The value of a member that has to be there.
  func required(_ name: String) throws(FormatError) -> JSONNode {
    guard let found = self[name] else { throw node.error("there is no “\(name)” here; add it") }
    return found
  }

  /// A number that has to be there.
  func number(_ name: String) throws(FormatError) -> Double {
    try required(name).number("“\(name)”")
  }

  /// A name that has to be there.
  func name(_ name: String) throws(FormatError) -> String {
    try required(name).name("“\(name)”")
  }

  /// The elements of an array; none if there is no such member.
  func elements(_ name: String) throws(FormatError) -> [JSONNode] {
    guard let found = self[name] else { return [] }
    return try found.elements("“\(name)”")
  }

  /// A confidence, 0…1 or nil; what is beyond that is an error.
  func confidence(_ name: String) throws(FormatError) -> Double? {
    guard let found = self[name] else { return nil }
    let number = try found.number("“\(name)”")
    guard (0...1).contains(number) else {
      throw found.error("“\(name)” isn't between 0 and 1; correct it")
    }
    return number
  }

  /// The size of an image in two members; nil where either is missing, or 0 for “unknown”.
  func size(_ width: String, _ height: String) throws(FormatError) -> ImageSize? {
    guard let first = self[width], let second = self[height] else { return nil }
    func side(_ node: JSONNode, _ name: String) throws(FormatError) -> Int {
      let side = try node.wholeNumber("“\(name)”")
      guard (0...Self.greatestSide).contains(side) else {
        throw node.error("“\(name)” is no side of an image; correct it")
      }
      return side
    }
    let size = ImageSize(width: try side(first, width), height: try side(second, height))
    return size.width == 0 || size.height == 0 ? nil : size
  }
}
