/// A pattern for names: text in which `*` stands for any characters, none included.
///
/// Letter case doesn't matter. A `*` that was quoted stands for itself.
public struct Glob: Hashable, Sendable {
  /// The text between the stars, one piece more than there are stars.
  public let pieces: [String]

  /// Creates a pattern from the text between its stars; no text means no star.
  public init(pieces: [String]) { self.pieces = pieces.isEmpty ? [""] : pieces }

  /// Whether all of a text fits the pattern.
  ///
  /// - Complexity: O(length × length of the pattern).
  public func matches(_ text: some StringProtocol) -> Bool {
    var rest = Array(text.lowercased())[...]
    let wanted = pieces.map { Array($0.lowercased()) }
    guard let first = wanted.first, let last = wanted.last else { return rest.isEmpty }
    if wanted.count == 1 { return rest.elementsEqual(first) }
    guard rest.starts(with: first) else { return false }
    rest = rest.dropFirst(first.count)
    // The leftmost place for each piece leaves the most room for the next.
    for piece in wanted.dropFirst().dropLast() {
      guard let place = rest.firstIndex(of: piece) else { return false }
      rest = rest[(place + piece.count)...]
    }
    return rest.suffix(last.count).elementsEqual(last)
  }
}

extension ArraySlice<Character> {
  /// Where a run of characters first stands.
  func firstIndex(of piece: [Character]) -> Int? {
    guard piece.count <= count else { return nil }
    return (startIndex...endIndex - piece.count).first {
      self[$0..<$0 + piece.count].elementsEqual(piece)
    }
  }
}
