/// A pattern over the bytes of a text, letter case aside, for texts that are plain ASCII.
struct ByteGlob {
  private let glob: Glob
  /// The pieces in lower case; nil if the pattern is more than ASCII.
  private let pieces: [[UInt8]]?

  init(_ glob: Glob) {
    self.glob = glob
    let isPlain = glob.pieces.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D } }
    pieces = isPlain ? glob.pieces.map { Array($0.lowercased().utf8) } : nil
  }

  /// Whether a text within a JSON string fits the pattern.
  func matches(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    // A carriage return may be half a character.
    for index in range where bytes[index] >= 0x80 || bytes[index] == 0x5C || bytes[index] < 0x20 {
      return glob.matches(decoded(bytes, range))
    }
    guard let pieces else { return glob.matches(decoded(bytes, range)) }
    guard let first = pieces.first, let last = pieces.last else { return range.isEmpty }
    guard isPiece(first, bytes, range.lowerBound, range.upperBound) else { return false }
    var at = range.lowerBound + first.count
    if pieces.count == 1 { return at == range.upperBound }
    for piece in pieces.dropFirst().dropLast() {
      while !isPiece(piece, bytes, at, range.upperBound) {
        at += 1
        if at > range.upperBound { return false }
      }
      at += piece.count
    }
    let start = range.upperBound - last.count
    return start >= at && isPiece(last, bytes, start, range.upperBound)
  }

  private func decoded(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    // `decode` takes a range with quotes, which stand, or could stand, on both sides.
    JSONText.decode(bytes, range.lowerBound - 1..<range.upperBound + 1)
  }

  private func isPiece(
    _ piece: [UInt8], _ bytes: Span<UInt8>, _ start: Int, _ end: Int
  ) -> Bool {
    guard end - start >= piece.count else { return false }
    for (offset, wanted) in piece.enumerated() {
      let byte = bytes[start + offset]
      let isUpper = byte &- UInt8(ascii: "A") < 26
      if (isUpper ? byte | 0x20 : byte) != wanted { return false }
    }
    return true
  }
}
