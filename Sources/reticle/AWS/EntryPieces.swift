/// Manifest lines in pieces that UpdateDatasetEntries takes.
enum EntryPieces {
  /// Less than the 5 MB that the guide allows, and than the type's 5,242,880 bytes.
  static let limit = 4_900_000

  /// Splits lines.
  ///
  /// - Parameters:
  ///   - lines: Lines without their line feeds, each shorter than the limit.
  ///   - limit: How many bytes a piece has at most.
  /// - Returns: The pieces in order, each of whole lines that end in a line feed.
  static func pieces(of lines: [[UInt8]], limit: Int = EntryPieces.limit) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var piece: [UInt8] = []
    for line in lines {
      if !piece.isEmpty, piece.count + line.count + 1 > limit {
        pieces.append(piece)
        piece = []
      }
      piece += line
      piece.append(UInt8(ascii: "\n"))
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }
}
