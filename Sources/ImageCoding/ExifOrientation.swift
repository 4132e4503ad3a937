import Raster

extension Orientation {
  /// The orientation in EXIF data: tag 0x0112 of the first directory, as in EXIF 2.3, 4.6.4.
  ///
  /// Anything missing, illegal or out of bounds reads as upright.
  ///
  /// - Parameter exif: The data from the TIFF header on, with or without `Exif\0\0` before it.
  init(exif: [UInt8]) {
    let tag = ExifData(exif).orientation
    self = tag.flatMap(Orientation.init(rawValue:)) ?? .upright
  }
}

/// Bounds-checked access to a TIFF structure.
private struct ExifData {
  private let bytes: ArraySlice<UInt8>
  private let isLittleEndian: Bool

  init(_ exif: [UInt8]) {
    bytes = exif.starts(with: Array("Exif\0\0".utf8)) ? exif.dropFirst(6) : exif[...]
    isLittleEndian = bytes.starts(with: Array("II".utf8))
  }

  /// The value of the orientation tag, legal or not.
  var orientation: Int? {
    guard isLittleEndian || bytes.starts(with: Array("MM".utf8)), integer(at: 2, length: 2) == 42,
      let directory = integer(at: 4, length: 4), let count = integer(at: directory, length: 2)
    else { return nil }
    for index in 0..<count {
      let entry = directory + 2 + 12 * index
      guard let tag = integer(at: entry, length: 2) else { return nil }
      guard tag == 0x0112 else { continue }
      // Types: 3 is a 16-bit number, which the standard asks for; 4, a 32-bit one, occurs.
      switch integer(at: entry + 2, length: 2) {
      case 3: return integer(at: entry + 8, length: 2)
      case 4: return integer(at: entry + 8, length: 4)
      default: return nil
      }
    }
    return nil
  }

  private func integer(at offset: Int, length: Int) -> Int? {
    guard offset <= bytes.count - length else { return nil }
    let start = bytes.startIndex + offset
    let digits = bytes[start..<start + length]
    return (isLittleEndian ? Array(digits.reversed()) : Array(digits)).reduce(0) {
      $0 << 8 | Int($1)
    }
  }
}
