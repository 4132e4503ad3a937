import Glibc

/// Finds the file here that a `source-ref` names, and names a file the way a manifest does.
public struct ImageLocator: Hashable, Sendable {
  /// The folder that relative references start from.
  public let manifestFolder: String
  /// Where the images lie here; nil if they lie where they are named.
  public let imagesFolder: String?
  /// What an `s3://` reference starts with, in place of the images folder.
  public let s3Prefix: String?

  /// Creates a locator.
  ///
  /// - Parameters:
  ///   - manifestFolder: The manifest's folder.
  ///   - imagesFolder: What `--images` says.
  ///   - s3Prefix: What `--s3-prefix` says, such as `s3://bucket/prefix/`.
  public init(manifestFolder: String, imagesFolder: String? = nil, s3Prefix: String? = nil) {
    self.manifestFolder = manifestFolder
    self.imagesFolder = imagesFolder
    self.s3Prefix = s3Prefix.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
  }

  /// Creates a locator for a manifest, which need not exist yet.
  ///
  /// - Parameters:
  ///   - manifest: The manifest's path.
  ///   - imagesFolder: What `--images` says.
  ///   - s3Prefix: What `--s3-prefix` says.
  public init(manifest: String, imagesFolder: String? = nil, s3Prefix: String? = nil) {
    self.init(
      manifestFolder: RealPath.folder(of: manifest), imagesFolder: imagesFolder,
      s3Prefix: s3Prefix)
  }

  /// The path of the file that a reference names.
  ///
  /// Takes relative and absolute paths, `file://` and `s3://` URIs. An S3 object is looked for
  /// under the images folder: by what follows the prefix, by its whole key, by its name alone. A
  /// local file that is not where it is named is looked for there too.
  ///
  /// - Parameter sourceReference: The `source-ref` of an entry.
  /// - Returns: The first place where there is a file, else the first place looked at; nil if the
  ///   reference names nothing that could be here.
  public func path(for sourceReference: String) -> String? {
    let candidates = candidates(for: sourceReference).filter(RealPath.isUsable)
    return candidates.first { (try? FileStatus(at: $0)) != nil } ?? candidates.first
  }

  private func candidates(for reference: String) -> [String] {
    guard RealPath.isUsable(reference) else { return [] }
    if reference.hasBytes(of: "s3://") { return s3Candidates(for: reference) }
    if reference.hasBytes(of: "file://") {
      guard let path = Self.path(ofFileURI: reference) else { return [] }
      return [path] + moved(path)
    }
    if reference.hasBytes(of: "http://") || reference.hasBytes(of: "https://") { return [] }
    if reference.isRooted { return [reference] + moved(reference) }
    let besideManifest = manifestFolder.appendingPath(reference)
    guard let imagesFolder else { return [besideManifest] }
    return [besideManifest, imagesFolder.appendingPath(reference)] + moved(reference)
  }

  private func s3Candidates(for uri: String) -> [String] {
    guard let imagesFolder else { return [] }
    var keys: [Substring] = []
    if let s3Prefix, uri.hasBytes(of: s3Prefix) {
      keys.append(Substring(uri.utf8.dropFirst(s3Prefix.utf8.count)))
    }
    let bucketAndKey = uri.utf8.dropFirst(5)
    if let slash = bucketAndKey.firstIndex(of: UInt8(ascii: "/")) {
      keys.append(Substring(bucketAndKey[slash...].dropFirst()))
    }
    // A key may hold "..", but never leads out of the images folder.
    let inside = keys.filter { !$0.isEmpty && !RealPath.parts(String($0)).contains("..") }
    return inside.map { imagesFolder.appendingPath(String($0)) } + moved(uri)
  }

  /// Where a file of that name lies in the images folder itself.
  private func moved(_ path: String) -> [String] {
    let name = RealPath.name(of: path)
    guard let imagesFolder, !["", ".", ".."].contains(name) else { return [] }
    return [imagesFolder.appendingPath(name)]
  }

  /// The path in `file:///path` or `file://host/path`, percent escapes undone (RFC 8089).
  private static func path(ofFileURI uri: String) -> String? {
    let rest = uri.utf8.dropFirst(7)
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    var bytes: [UInt8] = []
    var left = rest[slash...]
    while let byte = left.popFirst() {
      if byte == UInt8(ascii: "%") {
        let digits = String(decoding: left.prefix(2), as: UTF8.self)
        guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
          let value = UInt8(digits, radix: 16)
        else { return nil }
        bytes.append(value)
        left = left.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
