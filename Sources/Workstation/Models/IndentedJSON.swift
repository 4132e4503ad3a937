/// JSON for people: a member a line, indented by its depth.
enum IndentedJSON {
  /// No text is shown beyond so many lines: an answer may be of any length.
  static let lineLimit = 5000

  /// The lines of a text; one that isn't JSON comes out as it is, but for its spaces.
  ///
  /// - Complexity: O(characters).
  static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    var depth = 0
    var (isInString, isEscaped) = (false, false)
    func pad() -> String { String(repeating: " ", count: 2 * min(depth, 16)) }
    func breakLine() {
      if !line.allSatisfy({ $0 == " " }) { lines.append(line) }
      line = pad()
    }
    /// Ends an object or an array; an empty one stays on its line.
    func closeLine(with character: Character) {
      let isEmpty = line.allSatisfy { $0 == " " }
      let opener: Character = character == "}" ? "{" : "["
      if isEmpty, let last = lines.last, last.last == opener {
        lines.removeLast()
        line = last + String(character)
        return
      }
      breakLine()
      line.append(character)
    }
    for character in text {
      guard lines.count < lineLimit else { return lines + ["…"] }
      if isInString {
        line.append(character)
        if character == "\"", !isEscaped { isInString = false }
        isEscaped = character == "\\" && !isEscaped
        continue
      }
      switch character {
      case "\"":
        isInString = true
        line.append(character)
      case "{", "[":
        line.append(character)
        depth += 1
        breakLine()
      case "}", "]":
        depth = max(0, depth - 1)
        closeLine(with: character)
      case ",":
        line.append(character)
        breakLine()
      case ":": line += ": "
      case " ", "\n", "\r", "\r\n", "\t": break
      default: line.append(character)
      }
    }
    breakLine()
    return lines
  }
}
