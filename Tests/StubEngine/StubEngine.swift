import Glibc

/// What stands in for `reticle-engine` in tests: it speaks the same protocol and learns by heart.
///
/// On an image that it was trained on it says what it was told, on others the mean box, or the
/// commonest label. Variables of the environment make it slow or let it fail:
///
/// - `STUB_STEPS`: how many steps training takes (5)
/// - `STUB_GATE`: a file without which training goes no further than `STUB_GATE_STEP` (1)
/// - `STUB_CRASH_AT`: the step at which it kills itself, unless it goes on from a checkpoint
/// - `STUB_FAIL`: why it can't train
@main
enum StubEngine {
  static func main() {
    guard CommandLine.arguments.count == 3 else { exit(64) }
    let folder = CommandLine.arguments[2]
    switch CommandLine.arguments[1] {
    case "train": exit(StubTraining(folder).run())
    case "detect": exit(StubDetection(folder).run())
    default: exit(64)
    }
  }

  /// A variable of the environment.
  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// A variable of the environment that is a number.
  static func number(_ name: String) -> Int? { variable(name).flatMap { Int($0) } }

  /// Writes a line to standard output at once.
  static func say(_ line: [UInt8]) {
    let bytes = line + [0x0A]
    _ = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }

  /// Writes a file.
  static func write(_ bytes: [UInt8], to path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { exit(73) }
    _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  /// Reads a small file.
  static func read(_ path: String) -> String? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = Glibc.read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
