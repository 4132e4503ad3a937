import Prediction
import Testing

@Suite struct CommandWordsTests {
  @Test(arguments: [
    ("python3 my.py", ["python3", "my.py"]),
    ("  a\tb\n c ", ["a", "b", "c"]),
    (#"'my program' "two words" three\ words"#, ["my program", "two words", "three words"]),
    (#"a"b"'c'd"#, ["abcd"]),
    (#"p '' """#, ["p", "", ""]),
    (#"p '\n' "\n" "\"" "\\" \\"#, ["p", #"\n"#, #"\n"#, "\"", "\\", "\\"]),
    (
      #"p $HOME *.jpg a;b | c > d `e` $(f) # g"#,
      ["p", "$HOME", "*.jpg", "a;b", "|", "c", ">", "d", "`e`", "$(f)", "#", "g"]
    ),
    (#"p \"#, ["p", "\\"]),
    ("'ключ' 猫", ["ключ", "猫"]),
  ])
  func `A command is split by quotes and by nothing else of a shell`(
    text: String, words: [String]
  ) throws {
    #expect(try CommandWords(text).words == words)
  }

  @Test(arguments: ["", "  ", "''", "p 'open", "p \"open", "\"\" p"])
  func `A command without a program or with an open quote is an error`(text: String) {
    let error = #expect(throws: PredictionError.self) { try CommandWords(text) }
    #expect(error?.kind == .unavailable)
  }

  @Test func `A program that isn't there is named`() throws {
    let error = #expect(throws: PredictionError.self) {
      try CommandPredictor(CommandWords("no-such-program-anywhere x"))
    }
    #expect(error?.message.contains("“no-such-program-anywhere”") == true)
  }
}
