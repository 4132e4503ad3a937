import ArgumentParser
import CPNG
import Glibc

/// `Benchmarks read-png`: the least that reading a PNG takes, row by row through libpng.
struct ReadPNG: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read-png", abstract: "Read a PNG row by row and forget it.",
    shouldDisplay: false)

  @Argument(help: "A PNG file.")
  var path: String

  func run() throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw ExitCode(66) }
    defer { close(file) }
    let context = UnsafeMutableRawPointer(bitPattern: Int(file) + 1)
    guard
      let reader = cpng_create(
        { context, offset, bytes, count in
          let file = Int32(Int(bitPattern: context) - 1)
          return max(0, pread(file, bytes, count, off_t(offset)))
        }, context, 100_000)
    else { throw ExitCode(70) }
    defer { cpng_destroy(reader) }
    var header = cpng_header()
    var (passes, channels): (Int32, Int32) = (0, 0)
    guard cpng_read_header(reader, &header), cpng_start(reader, &passes, &channels) else {
      throw ExitCode(65)
    }
    var row = [UInt8](repeating: 0, count: 4 * Int(header.width))
    for _ in 0..<passes {
      for _ in 0..<header.height {
        guard cpng_read_row(reader, &row) else { throw ExitCode(65) }
      }
    }
  }
}
