/// A term of a query as typed, with its quotes resolved.
struct QueryToken {
  /// A Unicode scalar and whether it stood in quotes.
  ///
  /// Not a character: an accent that follows a quote or a space would hide it.
  struct Letter {
    let scalar: Unicode.Scalar
    let isQuoted: Bool
  }

  /// The term's scalars, quotes left out.
  var letters: [Letter] = []
  /// The term with its quotes.
  var text = ""
  /// Where it starts in the query.
  let start: String.Index

  /// Where it starts in the query that it is of, in characters.
  func offset(in query: String) -> Int { query.distance(from: query.startIndex, to: start) }

  /// Cuts a query at its spaces outside quotes.
  ///
  /// Within quotes `\"` and `\\` stand for a quote and a backslash.
  static func tokens(of query: String) throws(QueryError) -> [QueryToken] {
    var tokens: [QueryToken] = []
    var current: QueryToken?
    var isQuoted = false
    var isEscaped = false
    for index in query.unicodeScalars.indices {
      let scalar = query.unicodeScalars[index]
      if scalar.properties.isWhitespace, !isQuoted {
        if let token = current { tokens.append(token) }
        current = nil
        continue
      }
      var token = current ?? QueryToken(start: index)
      token.text.unicodeScalars.append(scalar)
      if isEscaped {
        token.letters.append(Letter(scalar: scalar, isQuoted: true))
        isEscaped = false
      } else if isQuoted, scalar == "\\" {
        isEscaped = true
      } else if scalar == "\"" {
        isQuoted.toggle()
      } else {
        token.letters.append(Letter(scalar: scalar, isQuoted: isQuoted))
      }
      current = token
    }
    if let token = current {
      if isQuoted {
        throw QueryError(term: token.text, offset: token.offset(in: query), reason: .openQuote)
      }
      tokens.append(token)
    }
    return tokens
  }
}

extension Collection where Element == QueryToken.Letter {
  /// The text, without regard to quotes.
  var string: String { String(String.UnicodeScalarView(map(\.scalar))) }

  /// The pattern, in which stars outside quotes stand for anything.
  var glob: Glob {
    Glob(
      pieces: split(omittingEmptySubsequences: false) { $0.scalar == "*" && !$0.isQuoted }
        .map(\.string))
  }
}
