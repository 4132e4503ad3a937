extension ImageLocator {
  /// How a manifest names an image file.
  ///
  /// With an S3 prefix: the prefix and the path from the images folder (the manifest's folder if
  /// there is none). Without: the path from the manifest's folder, with `..` where needed.
  ///
  /// - Parameter path: The image, which must exist for `..` to be found.
  /// - Returns: The `source-ref`.
  /// - Throws: `StorageError.outsideImagesFolder` if the prefix does not stand for its folder.
  public func sourceReference(for path: String) throws(StorageError) -> String {
    guard RealPath.isUsable(path) else { throw .badPath(path) }
    guard let s3Prefix else { return Self.relative(path, from: manifestFolder) }
    let folder = imagesFolder ?? manifestFolder
    let rest = Self.relative(path, from: folder)
    guard !rest.hasBytes(of: "../") else {
      throw .outsideImagesFolder(image: path, folder: folder)
    }
    return s3Prefix + rest
  }

  /// The way from a folder to a file.
  private static func relative(_ path: String, from folder: String) -> String {
    // As the names say, where no ".." makes them say something else than the disk.
    let plain = RealPath.parts(RealPath.absolute(path))
    let plainFolder = RealPath.parts(RealPath.absolute(folder))
    if plain.starts(with: plainFolder, by: isSame), plain.count > plainFolder.count,
      !plain.dropFirst(plainFolder.count).contains("..")
    {
      return plain.dropFirst(plainFolder.count).joined(separator: "/")
    }
    let realFolder = RealPath.system(folder).map(RealPath.parts) ?? plainFolder
    let realParent = RealPath.system(RealPath.folder(of: path)).map(RealPath.parts)
    let real = (realParent ?? plain.dropLast()) + plain.suffix(1)
    let shared = zip(real, realFolder).prefix(while: isSame).count
    let up = [Substring](repeating: "..", count: realFolder.count - shared)
    return (up + real.dropFirst(shared)).joined(separator: "/")
  }

  /// By bytes: names that look the same may be two folders.
  private static func isSame(_ left: Substring, _ right: Substring) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }
}
