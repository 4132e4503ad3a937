import GroundTruth
import TestSupport
import Testing

@testable import Workstation

@Suite("JSON for people")
struct IndentedJSONTests {
  @Test(
    "a member a line",
    arguments: [
      (
        #"{"a":1,"b":[{"c":"d, {e}"},2],"f":{},"g":[ ]}"#,
        """
        {
          "a": 1,
          "b": [
            {
              "c": "d, {e}"
            },
            2
          ],
          "f": {},
          "g": []
        }
        """
      ), ("{ \"a\" :\n\"\\\"}\" }", "{\n  \"a\": \"\\\"}\"\n}"), ("", ""), ("no JSON", "noJSON"),
    ])
  func indents(text: String, lines: String) {
    #expect(IndentedJSON.lines(text).joined(separator: "\n") == lines)
  }

  @Test("no text makes it fall or grow without bound")
  func hostile() {
    var random = SeededGenerator(seed: SeededGenerator.seed(11))
    let alphabet = Array("{}[]\",:\\ \n1a漢")
    for _ in 0..<500 {
      let text = String(
        (0..<Int.random(in: 0...200, using: &random)).map { _ in
          alphabet.randomElement(using: &random) ?? "{"
        })
      let lines = IndentedJSON.lines(text)
      #expect(lines.count <= text.count + 1)
    }
    let deep = IndentedJSON.lines(String(repeating: "[1,", count: 100_000))
    #expect(deep.count == IndentedJSON.lineLimit + 1)
    #expect(deep.allSatisfy { $0.count < 40 })
  }
}
