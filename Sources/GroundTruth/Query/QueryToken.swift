/// A term of a query as typed, with its quotes resolved.
struct QueryToken {
  /// A character and whether it stood in quotes.
  struct Letter {
    let character: Character
    let isQuoted: Bool
  }

  /// The term's characters, quotes left out.
  var letters: [Letter] = []
  /// The term with its quotes.
  var text = ""
  /// Where it starts in the query, in characters.
  let offset: Int

  /// Cuts a query at its spaces outside quotes.
  ///
  /// Within quotes `\"` and `\\` stand for a quote and a backslash.
  static func tokens(of query: String) throws(QueryError) -> [QueryToken] {
    var tokens: [QueryToken] = []
    var current: QueryToken?
    var isQuoted = false
    var isEscaped = false
    for (offset, character) in query.enumerated() {
      if character.isWhitespace, !isQuoted {
        if let token = current { tokens.append(token) }
        current = nil
        continue
      }
      var token = current ?? QueryToken(offset: offset)
      token.text.append(character)
      if isEscaped {
        token.letters.append(Letter(character: character, isQuoted: true))
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else {
        token.letters.append(Letter(character: character, isQuoted: isQuoted))
      }
      current = token
    }
    if let token = current {
      if isQuoted { throw QueryError(term: token.text, offset: token.offset, reason: .openQuote) }
      tokens.append(token)
    }
    return tokens
  }
}

extension Collection where Element == QueryToken.Letter {
  /// The text, without regard to quotes.
  var string: String { String(map(\.character)) }

  /// The pattern, in which stars outside quotes stand for anything.
  var glob: Glob {
    Glob(
      pieces: split(omittingEmptySubsequences: false) { $0.character == "*" && !$0.isQuoted }
        .map(\.string))
  }
}
