/// Finding a name by some of its letters in their order.
enum FuzzyMatch {
  /// How well a query fits a name; `nil` if it does not.
  ///
  /// Letters at the start, after a separator and in a row count more, and short names win.
  static func score(of query: String, in name: String) -> Int? {
    let letters = Array(name.lowercased())
    var score = 0
    var position = 0
    var previous = -2
    for letter in query.lowercased() where letter != " " {
      guard let index = letters[position...].firstIndex(of: letter) else { return nil }
      score += 1
      if index == previous + 1 { score += 5 }
      if index == 0 {
        score += 8
      } else if !letters[index - 1].isLetter, !letters[index - 1].isNumber {
        score += 4
      }
      previous = index
      position = index + 1
    }
    if name.lowercased() == query.lowercased() { score += 100 }
    return score * 4 - letters.count
  }
}
