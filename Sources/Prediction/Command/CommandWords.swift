/// A command line as its words, by the quoting rules of a shell and by nothing else of it.
///
/// White space parts words, `'…'` keeps all, `"…"` all but `\"` and `\\`, and `\` outside of quotes
/// the next character. There are no variables, no patterns, no pipes: each word reaches the program
/// as it is. (POSIX.1-2017, Shell Command Language, 2.2)
public struct CommandWords: Hashable, Sendable {
  /// The words; never empty.
  public let words: [String]

  /// Splits a command line.
  ///
  /// - Throws: `PredictionError` if there are no words, or a quote is open at the end.
  public init(_ text: String) throws(PredictionError) {
    var splitter = WordSplitter()
    for character in text.unicodeScalars { splitter.take(character) }
    words = try splitter.finish()
  }

  /// Takes words that are split already.
  ///
  /// - Precondition: There is a word.
  public init(words: [String]) {
    precondition(!words.isEmpty, "a command has a program")
    self.words = words
  }
}

/// Splits a command line character by character.
private struct WordSplitter {
  private var words: [String] = []
  private var word: String.UnicodeScalarView?
  private var quote: Unicode.Scalar?
  private var isEscaped = false

  mutating func take(_ character: Unicode.Scalar) {
    if isEscaped {
      isEscaped = false
      if quote == "\"", character != "\"", character != "\\" { append("\\") }
      append(character)
    } else if character == "\\", quote != "'" {
      isEscaped = true
      word = word ?? .init()
    } else if character == quote {
      quote = nil
    } else if quote == nil, character == "'" || character == "\"" {
      quote = character
      word = word ?? .init()
    } else if quote == nil, character.properties.isWhitespace {
      endWord()
    } else {
      append(character)
    }
  }

  mutating func finish() throws(PredictionError) -> [String] {
    if let quote {
      throw PredictionError(
        .unavailable, "the command has an open \(quote == "'" ? "'" : "\""): close it")
    }
    if isEscaped { append("\\") }
    endWord()
    guard let first = words.first, !first.isEmpty else {
      throw PredictionError(.unavailable, "the command is empty: name a program")
    }
    return words
  }

  private mutating func append(_ character: Unicode.Scalar) {
    word = word ?? .init()
    word?.append(character)
  }

  private mutating func endWord() {
    if let word { words.append(String(word)) }
    word = nil
  }
}
