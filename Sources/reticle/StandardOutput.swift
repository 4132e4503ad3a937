import ArgumentParser
import Glibc

/// Standard output.
enum StandardOutput {
  /// Writes all bytes; a reader that has left is no error.
  static func write(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        throw ExitCode.success
      } else if errno != EINTR {
        throw Failure.saying(
          "standard output: \(String(cString: strerror(errno)))", Failure.cannotCreate)
      }
    }
  }
}
