import GroundTruth
import TestSupport
import Testing

@Suite("JSON values over bytes")
struct JSONTests {
  @Test(
    "takes what RFC 8259 allows",
    arguments: [
      "{}", "[]", "0", "-0", "1.5e-3", "1E+9", "true", "false", "null", #""""#, " \t\r\n{} \n",
      #"{"a":1,"a":2}"#, #"{"a" : [ 1 , {"b":[]} ] }"#, #""\u00e9\ud83d\ude00\ud800""#,
      #""\"\\\/\b\f\n\r\t""#, "\"ü😀\u{7F}\"", "\u{FEFF}{}", #"{"":{"":""}}"#,
    ])
  func accepts(text: String) throws {
    _ = try JSONValue(parsing: Array(text.utf8))
  }

  @Test(
    "says where and why the rest isn't JSON",
    arguments: [
      ("", 0, .unexpectedEnd), ("  ", 2, .unexpectedEnd), ("{", 1, .unexpectedEnd),
      ("[1,]", 3, .valueExpected), ("[,1]", 1, .valueExpected), (#"{"a":}"#, 5, .valueExpected),
      (#"{"a":1,}"#, 7, .valueExpected), ("{1:2}", 1, .valueExpected),
      (#"{"a" 1}"#, 5, .unexpectedByte(0x31)), ("[1 2]", 3, .unexpectedByte(0x32)),
      ("[1}", 2, .unexpectedByte(0x7D)), (#"{"a":1]"#, 6, .unexpectedByte(0x5D)),
      ("01", 1, .badNumber), ("-", 1, .badNumber), ("1.", 2, .badNumber), ("1e", 2, .badNumber),
      (".5", 0, .unexpectedByte(0x2E)), ("+1", 0, .unexpectedByte(0x2B)),
      ("tru", 3, .unexpectedEnd), ("trux", 0, .unexpectedByte(0x74)),
      ("NaN", 0, .unexpectedByte(0x4E)),
      (#""\x""#, 2, .badEscape), (#""\u12g4""#, 5, .badEscape), (#""\u12"#, 5, .unexpectedEnd),
      ("\"a\tb\"", 2, .controlCharacter), ("\"abc", 4, .unexpectedEnd),
      ("{} {}", 3, .trailingBytes),
      ("'a'", 0, .unexpectedByte(0x27)), ("/**/1", 0, .unexpectedByte(0x2F)),
    ] as [(String, Int, JSONError.Reason)])
  func rejects(text: String, offset: Int, reason: JSONError.Reason) {
    #expect(throws: JSONError(offset: offset, reason: reason)) {
      try JSONValue(parsing: Array(text.utf8))
    }
  }

  @Test(
    "takes only well-formed UTF-8",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xE2, 0x82, 0x41],
    ] as [[UInt8]])
  func rejectsBadUTF8(bytes: [UInt8]) {
    #expect(throws: JSONError(offset: 1, reason: .invalidUTF8)) {
      try JSONValue(parsing: [0x22] + bytes + [0x22])
    }
  }

  @Test("stops at the depth limit, whatever follows")
  func depth() throws {
    let limit = JSONValue.depthLimit
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth)
    }
    _ = try JSONValue(parsing: nested(limit))
    #expect(throws: JSONError(offset: limit, reason: .tooDeep)) {
      try JSONValue(parsing: nested(limit + 1))
    }
    #expect(throws: JSONError(offset: limit, reason: .tooDeep)) {
      try JSONValue(parsing: Array(repeating: 0x5B, count: 1_000_000))
    }
  }

  @Test("finds members and elements by their bytes")
  func ranges() throws {
    let text = #"{ "a" : [1, {"b":2}] ,"a":"x" }"#
    let value = try JSONValue(parsing: Array(text.utf8))
    let members = try #require(value.members)
    #expect(members.map(\.name) == ["a", "a"])
    #expect(
      members.map { Array(value.line[$0.range]).text } == [#""a" : [1, {"b":2}]"#, #""a":"x""#])
    #expect(members[0].value.elements?.map { Array($0.bytes).text } == ["1", #"{"b":2}"#])
    #expect(value["a"]?.string == "x")
    #expect(value["b"] == nil)
    #expect(value.elements == nil)
    #expect(try JSONValue(parsing: Array("[ ]".utf8)).elements?.isEmpty == true)
    #expect(try JSONValue(parsing: Array("{ }".utf8)).members?.isEmpty == true)
  }

  @Test(
    "decodes strings",
    arguments: [
      (#""\u003d\u0026""#, "=&"), (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"),
      (#""\ude00\ud83d\ud83d\ude00""#, "\u{FFFD}\u{FFFD}😀"), (#""\ud83dx""#, "\u{FFFD}x"),
      (#""a\/b\"\\\n\t\r\b\f""#, "a/b\"\\\n\t\r\u{8}\u{C}"), (#""\u0000""#, "\0"), ("\"é\"", "é"),
    ])
  func decodesStrings(json: String, text: String) throws {
    let decoded = try JSONValue(parsing: Array(json.utf8)).string
    #expect(decoded.map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test(
    "writes strings that read back", arguments: ["", "a\"b\\c", "\0\u{1}\u{1F}\n\t", "é😀\u{200B}"])
  func encodesStrings(text: String) throws {
    #expect(try JSONValue(parsing: JSONText.encode(text)).string == text)
  }

  @Test("compares names by their characters, escaped or not")
  func names() throws {
    let value = try JSONValue(parsing: Array(#"{"caf\u00e9":1}"#.utf8))
    #expect(value["café"]?.integer == 1)
    #expect(value["cafe\u{301}"] == nil)
  }

  @Test(
    "reads numbers exactly",
    arguments: [
      "0", "-0", "1", "-12", "164.60000000000002", "0.1", "123456789.123456", "1e3", "2.5E-2",
      "9007199254740993", "1e-400", "0.30000000000000004", "123456789012345678901234567890",
    ])
  func readsNumbers(text: String) throws {
    let value = try JSONValue(parsing: Array(text.utf8))
    #expect(value.double == Double(text))
  }

  @Test("tells whole numbers from others")
  func integers() throws {
    func integer(_ text: String) throws -> Int? {
      try JSONValue(parsing: Array(text.utf8)).integer
    }
    #expect(try integer("3.0") == 3)
    #expect(try integer("3e2") == 300)
    #expect(try integer("3.5") == nil)
    #expect(try integer("9223372036854775807") == Int.max)
    #expect(try integer("-9223372036854775808") == Int.min)
    #expect(try integer("9223372036854775808") == nil)
    #expect(try integer("1e999") == nil)
    #expect(try JSONValue(parsing: Array("1e999".utf8)).double == nil)
  }

  @Test("writes numbers short, and so that they read back")
  func writesNumbers() throws {
    #expect(JSONNumber.encode(3.0).text == "3")
    #expect(JSONNumber.encode(-0.0).text == "0")
    #expect(JSONNumber.encode(0.1).text == "0.1")
    #expect(JSONNumber.encode(164.60000000000002).text == "164.60000000000002")
    #expect(JSONNumber.encode(Double.infinity).text == "null")
    var random = SeededGenerator(seed: 1)
    for _ in 0..<5_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let written = try JSONValue(parsing: JSONNumber.encode(value))
      #expect(written.double == value)
    }
  }
}
