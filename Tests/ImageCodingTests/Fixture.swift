import Glibc
import ImageCoding
import Raster

/// The images beside the tests.
enum Fixture {
  private static let folder =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/Fixtures/"

  static func path(_ name: String) -> String { folder + name }

  /// The files there are.
  static var names: [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  static func bytes(_ name: String) -> [UInt8] {
    guard let file = fopen(path(name), "r") else { return [] }
    defer { fclose(file) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return result }
      result += buffer[..<count]
    }
  }

  static func text(_ name: String) -> String {
    String(decoding: bytes(name), as: UTF8.self)
  }

  /// A JPEG with an EXIF segment that holds nothing but an orientation.
  static func jpeg(_ name: String, orientation: Int, littleEndian: Bool = false) -> [UInt8] {
    let tag = tiff(orientation: orientation, littleEndian: littleEndian)
    let payload = Array("Exif\0\0".utf8) + tag
    let length = payload.count + 2
    let segment = [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + payload
    let bytes = bytes(name)
    return bytes[..<2] + segment + bytes[2...]
  }

  /// A PNG with an eXIf chunk, put right before its last chunk.
  static func png(_ name: String, orientation: Int) -> [UInt8] {
    let tag = tiff(orientation: orientation, littleEndian: false)
    // The checksum is left 0: reading the orientation doesn't depend on it.
    let chunk = [0, 0, 0, UInt8(tag.count)] + Array("eXIf".utf8) + tag + [0, 0, 0, 0]
    let bytes = bytes(name)
    return bytes.dropLast(12) + chunk + bytes.suffix(12)
  }

  static func tiff(orientation: Int, littleEndian: Bool) -> [UInt8] {
    func number(_ value: Int, _ length: Int) -> [UInt8] {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return littleEndian ? bytes : bytes.reversed()
    }
    return Array((littleEndian ? "II" : "MM").utf8) + number(42, 2) + number(8, 4) + number(1, 2)
      + number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + number(0, 2)
      + number(0, 4)
  }
}

extension Bitmap {
  /// Red, green, blue, alpha of a pixel.
  func pixel(_ column: Int, _ row: Int) -> [UInt8] {
    let index = 4 * (row * size.width + column)
    return Array(channels[index..<index + 4])
  }

  /// The greatest difference of any channel.
  func difference(from other: Bitmap) -> Int {
    zip(channels, other.channels).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }

  /// The mean difference of all channels.
  func meanDifference(from other: Bitmap) -> Int {
    let sum = zip(channels, other.channels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return (sum + channels.count / 2) / max(1, channels.count)
  }
}
