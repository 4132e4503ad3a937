/// Label names as words of a `:` line: in quotes where they hold a space.
enum LabelWords {
  /// Cuts a line at its spaces outside quotes; within quotes `\"` and `\\` stand for themselves.
  ///
  /// `nil` if a quote isn't closed.
  static func words(of text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character == " ", !isQuoted {
        if let found = word { words.append(found) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return isQuoted ? nil : words
  }

  /// A name as it has to be typed.
  static func quoted(_ name: String) -> String {
    guard name.isEmpty || name.contains(where: { $0 == " " || $0 == "\"" }) else { return name }
    return "\"" + name.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
  }
}
