public import Raster

/// Why an image could not be opened or decoded.
public struct ImageError: Error, Hashable, Sendable {
  /// What was wrong.
  public enum Reason: Hashable, Sendable {
    /// There is no such file.
    case missing
    /// The file may not be read by this user.
    case notPermitted
    /// The path leads to a folder.
    case directory
    /// The path leads to a pipe, a device or a socket.
    case specialFile
    /// The file has 0 bytes.
    case empty
    /// The file holds something else, described with its article: "a WebP image".
    case otherFormat(String)
    /// The file holds no image: "a web page", "text".
    case notAnImage(String)
    /// The file ends before the first pixel.
    case truncated
    /// The data make no sense; in the decoder's own words.
    case corrupt(String)
    /// The header claims a size that no file of this length can hold, or none can show.
    case implausibleSize(PixelSize, fileBytes: Int)
    /// A legal kind of image that cannot be decoded here, described with its article.
    case unsupported(String)
    /// Decoding would take so much memory that the user should be asked first.
    case needsConsent(PixelSize, estimatedBytes: Int)
    /// Reading failed; the system's error number.
    case unreadable(Int32)
    /// The caller lost interest.
    case cancelled
  }

  /// The path, or another name by which the user knows the image.
  public let path: String
  /// What was wrong.
  public let reason: Reason

  /// Creates an error.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }
}

extension ImageError: CustomStringConvertible {
  /// The message.
  public var description: String { message }

  /// One sentence: what the file is or what is wrong, and what to do.
  ///
  /// It holds the file's name as it is: make control characters visible before showing it.
  public var message: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return "\(name) \(reason.predicate)."
  }
}

extension ImageError.Reason {
  /// The sentence that follows the file's name, without its full stop.
  var predicate: String {
    switch self {
    case .missing:
      "is not there; check the path"
    case .notPermitted:
      "may not be read by you; check its permissions"
    case .directory:
      "is a folder; name the images in it"
    case .specialFile:
      "is a pipe, a device or a socket; only regular files can be opened"
    case .empty:
      "is empty (0 bytes); copy it again from where it came"
    case .otherFormat(let format):
      "is \(format); convert it to JPEG or PNG"
    case .notAnImage(let kind):
      "is \(kind), not an image; a JPEG or PNG file is needed"
    case .truncated:
      "ends before the first pixel; copy it again from where it came"
    case .corrupt(let message):
      "is damaged (\(message)); copy it again from where it came"
    case .implausibleSize(let size, let bytes):
      "claims \(size.width)×\(size.height) pixels in \(byteCount(bytes)), more than can be "
        + "decoded; it is damaged or made to harm, so leave it out"
    case .unsupported(let kind):
      "is \(kind), which cannot be decoded; save it as an ordinary JPEG or PNG"
    case .needsConsent(let size, let bytes):
      "has \(size.width)×\(size.height) pixels in a form that takes \(byteCount(bytes)) of memory "
        + "to decode; allow it, or save the image as a baseline JPEG or a PNG without interlacing"
    case .unreadable(let code):
      "could not be read (\(systemMessage(code))); check the disk it is on"
    case .cancelled:
      "was not decoded, because that was cancelled"
    }
  }
}

/// A number of bytes for people, in the units of disks: "186 bytes", "12 MB".
private func byteCount(_ bytes: Int) -> String {
  switch bytes {
  case ..<1000: "\(bytes) \(bytes == 1 ? "byte" : "bytes")"
  case ..<1_000_000: "\((bytes + 500) / 1000) kB"
  case ..<10_000_000_000: "\((bytes + 500_000) / 1_000_000) MB"
  default: "\((bytes + 500_000_000) / 1_000_000_000) GB"
  }
}
