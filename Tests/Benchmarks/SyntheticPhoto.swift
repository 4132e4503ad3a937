import Glibc
import TestSupport

/// A made-up photo: a sky, hills and grass, with the noise of a sensor over it.
///
/// The noise matters: it is what makes a photo's JPEG as large, and as slow to decode, as it is.
struct SyntheticPhoto {
  let width: Int
  let height: Int
  let seed: UInt64

  /// Writes the photo as a baseline JPEG of quality 90, through libjpeg-turbo's `cjpeg`.
  ///
  /// - Throws: ``BenchmarkError`` if `cjpeg` is missing or fails.
  func write(to path: String) throws {
    guard let encoder = ChildProcess.find("cjpeg") else {
      throw BenchmarkError(
        description: "cjpeg is missing; apt-get install libjpeg-turbo-progs has it")
    }
    // Should the encoder fail, its end says so.
    signal(SIGPIPE, SIG_IGN)
    _ = try ChildProcess(encoder, ["-quality", "90", "-outfile", path]) { file in
      var rows = Array("P6\n\(width) \(height)\n255\n".utf8)
      var generator = SeededGenerator(seed: seed)
      for row in 0..<height {
        appendRow(row, with: &generator, to: &rows)
        if rows.count > 1 << 20 || row == height - 1 {
          Self.write(rows, to: file)
          rows.removeAll(keepingCapacity: true)
        }
      }
    }
  }

  private func appendRow(
    _ row: Int, with generator: inout SeededGenerator, to rows: inout [UInt8]
  ) {
    let down = Double(row) / Double(height)
    let phase = Double(seed % 97)
    for column in 0..<width {
      let across = Double(column) / Double(width)
      let hill = 0.5 + 0.12 * sin(across * 9 + phase) + 0.04 * sin(across * 41 + phase * 3)
      let random = generator.next()
      var (red, green, blue): (Int, Int, Int)
      if down < hill {
        let haze = Int(down * 130)
        (red, green, blue) = (70 + haze, 120 + haze * 3 / 4, 210 + haze / 4)
      } else {
        // Blades of grass: coarse and fine contrast, finer towards the far edge.
        let grass = Int(34 * sin(across * 900 + sin(down * 300 + phase) * 5))
        let shade = Int((down - hill) * 120)
        (red, green, blue) = (70 + grass + shade, 105 + grass + shade / 2, 45 + grass / 2)
      }
      // For each channel the sum of three uniform numbers, with a standard deviation of 8.
      let noise = { (shift: UInt64) in
        Int(random >> shift & 15) + Int(random >> (shift + 4) & 15)
          + Int(random >> (shift + 8) & 15) - 22
      }
      red += noise(0)
      green += noise(12)
      blue += noise(24)
      rows.append(UInt8(max(0, min(255, red))))
      rows.append(UInt8(max(0, min(255, green))))
      rows.append(UInt8(max(0, min(255, blue))))
    }
  }

  private static func write(_ bytes: [UInt8], to file: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
