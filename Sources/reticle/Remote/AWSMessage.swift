/// What `aws` wrote to standard error.
struct AWSMessage {
  /// All of it.
  let text: String

  /// The code in `An error occurred (CODE) when calling …`; nil if there is none.
  var code: String? {
    let start = "An error occurred ("
    guard let found = text.ranges(of: start).last else { return nil }
    return String(text[found.upperBound...].prefix { $0 != ")" && !$0.isNewline })
  }

  /// What the service says after `An error occurred (CODE) when calling the … operation: `, with
  /// what could be a secret left out; nil if it says nothing.
  var explanation: String? {
    guard let start = text.ranges(of: " operation").last else { return nil }
    // “(reached max retries: 4)” may stand before the colon.
    guard let colon = text[start.upperBound...].firstIndex(of: ":") else { return nil }
    let rest = text[text.index(after: colon)...].drop { $0 == " " }.prefix { !$0.isNewline }
    return rest.isEmpty ? nil : Self.withoutSecrets(rest)
  }

  /// The last line that says something, with what could be a secret left out.
  var lastLine: String? {
    let lines = text.split(whereSeparator: \.isNewline)
    return lines.last { $0.contains { !$0.isWhitespace } }.map(Self.withoutSecrets)
  }

  /// At most 200 characters, with what could be a key or a token left out.
  ///
  /// Access keys have 20 characters, secret ones 40 and session tokens hundreds, all of letters,
  /// digits and `+/=` (AWS IAM User Guide, "Unique identifiers").
  private static func withoutSecrets(_ line: Substring) -> String {
    func isSecret(_ character: Character) -> Bool {
      character.isASCII && (character.isLetter || character.isNumber || "+/=".contains(character))
    }
    var text = ""
    var rest = line.prefix(2_000)
    while let first = rest.first {
      let run = rest.prefix { isSecret($0) == isSecret(first) }
      let isHidden =
        isSecret(first)
        && (run.count >= 40 || run.count >= 16 && (run.contains("AKIA") || run.contains("ASIA")))
      text += isHidden ? "…" : run
      rest = rest.dropFirst(run.count)
    }
    return text.count > 200 ? text.prefix(199) + "…" : text
  }
}
