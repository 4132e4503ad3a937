import Glibc
import GroundTruth
import ImageCoding
import Raster
import Storage

/// The files of a dataset on disk: one file, or all below a folder.
struct ConvertInput: FileTree {
  /// The most files that a folder is searched for.
  private static let fileLimit = 2_000_000
  /// How deep folders are searched.
  private static let depthLimit = 32

  /// The files, relative to the root, in the order of their bytes; then images from elsewhere.
  private(set) var paths: [String]
  private let input: String
  private let root: String
  private let locator: ImageLocator
  /// The images below the root by file name, where that is one image's alone.
  private let imagesByName: [Substring: String]

  /// Finds the files.
  ///
  /// - Throws: ``Failure``, which says what is wrong.
  init(_ input: String, images: String?, s3Prefix: String?) throws {
    self.input = input
    switch FileKind.of(input) {
    case .missing:
      throw Failure.saying("\(input): there is no such file or folder", Failure.noInput)
    case .other:
      throw Failure.saying(
        "\(input) is a pipe or a device; name a file or a folder", Failure.data)
    case .file:
      let slash = input.lastIndex(of: "/")
      root = slash.map { String(input[...$0]) } ?? "./"
      paths = [slash.map { String(input[input.index(after: $0)...]) } ?? input]
      if FileKind.of(input + ".journal") == .file {
        Failure.say(
          "\(input).journal holds edits that the manifest doesn't have yet; "
            + "'reticle label \(input)' brings them back")
      }
    case .folder:
      root = input.hasSuffix("/") ? input : input + "/"
      var found: [String] = []
      Self.search(root, below: "", depth: 0, into: &found)
      paths = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    if let images, FileKind.of(images) != .folder {
      throw Failure.saying("\(images): there is no such folder of images", Failure.noInput)
    }
    locator = ImageLocator(manifestFolder: root, imagesFolder: images, s3Prefix: s3Prefix)
    let named = Dictionary(grouping: paths, by: Self.name)
    imagesByName = named.compactMapValues { $0.count == 1 ? $0[0] : nil }
  }

  func contents(of path: String) -> [UInt8]? {
    // What a file names must not lead out of the folder.
    let steps = path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
    guard path.utf8.first != UInt8(ascii: "/"), !steps.contains("..") else { return nil }
    let file = open(root + path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let size = Int(status.st_size)
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(file, buffer.baseAddress.map { $0 + count }, size - count)
        if got > 0 {
          count += got
        } else if got == 0 || errno != EINTR {
          failed = got < 0
          break
        }
      }
    }
    return failed ? nil : bytes
  }

  func imageSize(of path: String) -> ImageSize? {
    if let found = locator.path(for: path), let size = Self.size(found) { return size }
    return imagesByName[Self.name(path)].flatMap { Self.size(root + $0) }
  }

  /// The files, with the images of the images folder among them for a format that says of an
  /// image at most its name without the extension.
  func listingImages(for format: Format) -> ConvertInput {
    guard format == .yolo || format == .openImages, let imagesFolder = locator.imagesFolder
    else { return self }
    var listed: [String] = []
    Self.search(
      imagesFolder.hasSuffix("/") ? imagesFolder : imagesFolder + "/", below: "", depth: 0,
      into: &listed)
    let known = Set(imagesByName.keys)
    listed.removeAll { !Self.isImage($0) || known.contains(Self.name($0)) }
    var copy = self
    copy.paths += listed.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return copy
  }

  /// The path of the file here that a dataset's image names; nil if there is none.
  func file(ofImage name: String) -> String? {
    if let found = locator.path(for: name), FileKind.of(found) == .file { return found }
    guard let found = imagesByName[Self.name(name)].map({ root + $0 }) else { return nil }
    return FileKind.of(found) == .file ? found : nil
  }

  /// The format that the files are in.
  ///
  /// - Throws: ``Failure``, which says why it isn't clear.
  func guessedFormat() throws -> Format {
    let candidates = Format.candidates(for: self)
    if candidates.count == 1 { return candidates[0] }
    let names = candidates.map(\.rawValue).joined(separator: " and ")
    throw Failure.saying(
      candidates.isEmpty
        ? "\(input): no format is recognised here; say which it is with --from"
        : "\(input): this may be \(names); say which with --from",
      candidates.isEmpty ? Failure.data : Failure.usage)
  }

  /// An error with the path as the person can open it.
  func locating(_ error: FormatError) -> String {
    var error = error
    if error.path.isEmpty {
      error.path = input
    } else if paths.contains(error.path) {
      error.path = (root == "./" ? "" : root) + error.path
    }
    return error.description
  }

  private static func name(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  /// Whether a path is named like an image that can be opened here.
  private static func isImage(_ path: String) -> Bool {
    [".jpg", ".jpeg", ".png"].contains { path.lowercased().hasSuffix($0) }
  }

  private static func size(_ path: String) -> ImageSize? {
    guard let size = (try? ImageFile.open(path: path))?.header.uprightSize else { return nil }
    return ImageSize(width: size.width, height: size.height)
  }

  /// Lists files below a folder; hidden ones, and folders behind links, are passed over.
  private static func search(
    _ root: String, below folder: String, depth: Int, into found: inout [String]
  ) {
    guard depth < depthLimit, let directory = opendir(root + folder) else { return }
    defer { closedir(directory) }
    while found.count < fileLimit, let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name, !name.hasPrefix(".") else { continue }
      let path = folder + name
      var status = stat()
      guard lstat(root + path, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: search(root, below: path + "/", depth: depth + 1, into: &found)
      case S_IFREG: found.append(path)
      case S_IFLNK: if FileKind.of(root + path) == .file { found.append(path) }
      default: break
      }
    }
  }
}
