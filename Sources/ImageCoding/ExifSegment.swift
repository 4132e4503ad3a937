/// Finds the EXIF data of a file without decoding it.
///
/// Not left to the codecs: libjpeg would keep every such segment of the file in memory, and libpng
/// gives only what comes before the pixels.
enum ExifSegment {
  /// No real file has as many parts before its EXIF data; a made-up one could go on for ever.
  private static let greatestPartCount = 100_000

  /// The EXIF data of a file, or nothing.
  static func find(in source: ByteSource, format: ImageFormat) -> [UInt8] {
    switch format {
    case .jpeg: inJPEG(source)
    case .png: inPNG(source)
    }
  }

  /// The first APP1 segment that holds EXIF, up to the first scan (ITU-T T.81, B.1.1).
  private static func inJPEG(_ source: ByteSource) -> [UInt8] {
    var offset = 2
    for _ in 0..<greatestPartCount {
      let head = source.bytes(at: offset, length: 4)
      guard head.count == 4 else { return [] }
      // Bytes that are no marker, and fill bytes, are stepped over as libjpeg does.
      guard head[0] == 0xFF, head[1] != 0xFF else {
        offset += 1
        continue
      }
      switch head[1] {
      case 0x00, 0x01, 0xD0...0xD8:
        offset += 2
      case 0xD9, 0xDA:
        return []
      default:
        let length = Int(head[2]) << 8 | Int(head[3])
        guard length >= 2 else { return [] }
        if head[1] == 0xE1 {
          let payload = source.bytes(at: offset + 4, length: length - 2)
          if payload.starts(with: Array("Exif\0\0".utf8)) { return payload }
        }
        offset += 2 + length
      }
    }
    return []
  }

  /// The eXIf chunk, which may stand before or after the pixels (PNG, third edition, 11.3.4.5).
  private static func inPNG(_ source: ByteSource) -> [UInt8] {
    var offset = 8
    for _ in 0..<greatestPartCount {
      let head = source.bytes(at: offset, length: 8)
      guard head.count == 8 else { return [] }
      let length = head[..<4].reduce(0) { $0 << 8 | Int($1) }
      let kind = head[4...]
      if kind.elementsEqual("IEND".utf8) { return [] }
      if kind.elementsEqual("eXIf".utf8) {
        return source.bytes(at: offset + 8, length: min(length, 1 << 16))
      }
      offset += 12 + length
    }
    return []
  }
}
