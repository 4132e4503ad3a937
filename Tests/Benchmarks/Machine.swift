import Glibc

/// The machine that figures come from.
enum Machine {
  /// Its processor, kernel and load, in a line.
  static var description: String {
    var system = utsname()
    uname(&system)
    let release = withUnsafeBytes(of: &system.release) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let load = ProcFile.text("/proc/loadavg").split(separator: " ").first ?? "?"
    let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return "\(processor), \(cores) cores, Linux \(release), load \(load) at the start"
  }

  private static var processor: String {
    let lines = ProcFile.text("/proc/cpuinfo").split(separator: "\n")
    let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    return model.map { String($0.drop { $0 == " " }) } ?? "an unknown processor"
  }
}

/// Files of the kernel, which have no size before they are read.
enum ProcFile {
  /// The first 64 KiB of a file as text; empty if it can't be read.
  static func text(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4_096)
    while bytes.count < 65_536 {
      let count = read(file, &block, block.count)
      guard count > 0 else { break }
      bytes += block[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
