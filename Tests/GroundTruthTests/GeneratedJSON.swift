import TestSupport

/// JSON made at random, spelt in all the ways that RFC 8259 allows.
struct GeneratedJSON {
  private(set) var bytes: [UInt8] = []
  private var random: SeededGenerator

  /// Makes one value.
  static func line(_ random: inout SeededGenerator) -> [UInt8] {
    var json = GeneratedJSON(random: random)
    json.space()
    json.value(depth: 0)
    json.space()
    random = json.random
    return json.bytes
  }

  private init(random: SeededGenerator) { self.random = random }

  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  private mutating func add(_ text: String) { bytes += Array(text.utf8) }

  private mutating func space() {
    if pick(4) == 0 { add([" ", "\t", "  ", "\r", "\n"][pick(5)]) }
  }

  private mutating func value(depth: Int) {
    switch pick(depth < 5 ? 8 : 5) {
    case 0: add(["true", "false", "null"][pick(3)])
    case 1, 2: number()
    case 3, 4: string()
    case 5: parts("[", "]") { $0.value(depth: depth + 1) }
    default:
      parts("{", "}") {
        $0.string()
        $0.space()
        $0.add(":")
        $0.space()
        $0.value(depth: depth + 1)
      }
    }
  }

  private mutating func parts(
    _ open: String, _ close: String, _ part: (inout GeneratedJSON) -> Void
  ) {
    add(open)
    space()
    for index in 0..<pick(5) {
      if index > 0 {
        add(",")
        space()
      }
      part(&self)
      space()
    }
    add(close)
  }

  private mutating func number() {
    if pick(3) == 0 { add("-") }
    // Up to 22 digits: past what an Int holds, and a Double holds exactly.
    add(pick(4) == 0 ? "0" : "\(1 + pick(9))" + digits(upTo: 21))
    if pick(2) == 0 { add(".\(pick(10))" + digits(upTo: 20)) }
    if pick(4) == 0 { add(["e", "E", "e+", "E-"][pick(4)] + "\(pick(40))") }
  }

  private mutating func digits(upTo limit: Int) -> String {
    (0..<pick(pick(limit) + 1)).map { _ in "\(pick(10))" }.joined()
  }

  private mutating func string() {
    let pieces = [
      "a", "b", "class_id", "left", "0", " ", "é", "日本", "😀", "e\u{301}", #"\""#, #"\\"#, #"\/"#,
      #"\b"#, #"\f"#, #"\n"#, #"\r"#, #"\t"#, #"\u0000"#, #"\u00e9"#, #"\uD83D\ude00"#, "\u{7F}",
      "12345678", "{", "]", ":", ",",
    ]
    add("\"")
    for _ in 0..<pick(pick(12) + 1) { add(pieces[pick(pieces.count)]) }
    add("\"")
  }
}
