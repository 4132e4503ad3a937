import Glibc
import GroundTruth

/// Lines of JSON on standard output, and of text on standard error.
enum StandardLines {
  /// Writes an object as a line.
  ///
  /// - Returns: Whether somebody reads.
  @discardableResult
  static func write(_ members: [(name: String, value: [UInt8])]) -> Bool {
    write(JSONStyle.compact.object(members) + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
  }

  /// Tells a person something.
  static func say(_ text: String) {
    let line = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }
    var visible = String.UnicodeScalarView()
    visible.append(contentsOf: line)
    write(Array("reticle-engine: \(String(visible))\n".utf8), to: STDERR_FILENO)
  }

  @discardableResult
  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      done += count
    }
    return true
  }
}
