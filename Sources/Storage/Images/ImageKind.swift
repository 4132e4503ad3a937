import Glibc

/// What a file's name, or its first bytes, say that it is.
enum ImageKind: Hashable, Sendable {
  /// JPEG or PNG.
  case image
  /// An image that would have to be converted, by its extension.
  case other(String)
  /// No image.
  case none
  /// Without an extension: only its bytes can tell.
  case unnamed

  private static let images: Set<String> = ["jpg", "jpeg", "png"]
  private static let others: Set<String> = [
    "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif",
  ]

  /// What a name says.
  init(name: String) {
    let body = name.utf8.drop { $0 == UInt8(ascii: ".") }
    guard let dot = body.lastIndex(of: UInt8(ascii: ".")) else {
      self = .unnamed
      return
    }
    let suffix = String(name[body.index(after: dot)...]).lowercased()
    if Self.images.contains(suffix) {
      self = .image
    } else {
      self = Self.others.contains(suffix) ? .other(suffix) : .none
    }
  }

  /// Whether a regular file starts like a JPEG or PNG file.
  static func isImage(contentsOf path: String) -> Bool {
    guard let real = RealPath.system(path),
      let file = try? OpenFile.existing(real, O_RDONLY),
      let start = try? file.contents(upTo: 8)
    else { return false }
    return start.starts(with: [0xFF, 0xD8, 0xFF])
      || start == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  }
}
