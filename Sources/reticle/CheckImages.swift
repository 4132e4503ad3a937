import Glibc
import GroundTruth
import ImageCoding
import Raster
import Storage

/// Looks up the images of a manifest in a folder, else in the cache, by their headers alone.
struct CheckImages {
  private let locator: ImageLocator
  private let files: RemoteImages

  init(manifest: String, folder: String, s3Prefix: String?) {
    locator = ImageLocator(
      manifest: manifest == "-" ? "./-" : manifest, imagesFolder: folder, s3Prefix: s3Prefix)
    files = RemoteImages(locator: locator)
  }

  /// What is known of the image that a `source-ref` names.
  func lookup(_ sourceRef: String) -> CheckedImage.Lookup {
    guard let path = files.path(of: sourceRef) ?? locator.path(for: sourceRef) else {
      return .elsewhere("\(sourceRef) can't be in the folder.")
    }
    return Self.facts(of: path)
  }

  /// What is known of an image file.
  static func facts(of path: String) -> CheckedImage.Lookup {
    do {
      let header = try ImageFile.open(path: path).header
      var status = stat()
      let size = stat(path, &status) == 0 ? Int(status.st_size) : 0
      return .found(
        CheckedImage(
          width: header.storedSize.width, height: header.storedSize.height, byteCount: size,
          orientation: header.orientation.rawValue))
    } catch {
      return .unreadable(error.message)
    }
  }
}
