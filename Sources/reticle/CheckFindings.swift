import Glibc
import GroundTruth

/// Findings as JSON, in memory while they are few and in a nameless file when they are many.
///
/// The counts that stand before them in the output are known only after the last line.
final class CheckFindings {
  private static let capacity = 16 << 20

  private var buffer: [UInt8] = []
  private var file: UnsafeMutablePointer<FILE>?
  private var count = 0

  deinit {
    if let file { fclose(file) }
  }

  /// Adds a finding.
  func append(_ finding: Finding) throws(CheckProblem) {
    if count > 0 { buffer.append(UInt8(ascii: ",")) }
    count += 1
    buffer += finding.json
    if buffer.count >= Self.capacity { try spill() }
  }

  /// Hands out all that was added, piece by piece.
  func write(to output: ([UInt8]) throws -> Void) throws {
    guard let file else { return try output(buffer) }
    try spill()
    rewind(file)
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      if count == 0 { break }
      try output(Array(piece[..<count]))
    }
  }

  private func spill() throws(CheckProblem) {
    if file == nil { file = tmpfile() }
    guard let file else { throw .unwritable("the temporary file", errno) }
    guard fwrite(buffer, 1, buffer.count, file) == buffer.count else {
      throw .unwritable("the temporary file", errno)
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
