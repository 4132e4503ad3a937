/// Label names as words of a `:` line: in quotes where they hold a space.
enum LabelWords {
  /// Cuts a line at its spaces outside quotes; within quotes `\"` and `\\` stand for themselves.
  ///
  /// `nil` if a quote isn't closed.
  static func words(of text: String) -> [String]? { pieces(of: text)?.map(unquoted) }

  /// Cuts a line at its spaces outside quotes, which stay; `nil` if a quote isn't closed.
  static func pieces(of text: String) -> [String]? {
    var pieces: [String] = []
    var piece = ""
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if character == " ", !isQuoted {
        if !piece.isEmpty { pieces.append(piece) }
        piece = ""
        continue
      }
      if character == "\"", !isEscaped { isQuoted.toggle() }
      isEscaped = isQuoted && character == "\\" && !isEscaped
      piece.append(character)
    }
    if !piece.isEmpty { pieces.append(piece) }
    return isQuoted ? nil : pieces
  }

  /// A piece without its quotes.
  private static func unquoted(_ piece: String) -> String {
    var word = ""
    var isQuoted = false
    var isEscaped = false
    for character in piece {
      if isEscaped {
        word.append(character)
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else {
        word.append(character)
      }
    }
    return word
  }

  /// A name as it has to be typed.
  static func quoted(_ name: String) -> String {
    guard name.isEmpty || name.contains(where: { $0 == " " || $0 == "\"" }) else { return name }
    return "\"" + name.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
  }
}
