import ArgumentParser
import Glibc
import GroundTruth

/// Files that are to be made where nothing is yet.
struct ConvertOutput {
  /// What a file is made of.
  private enum Content {
    case bytes([UInt8])
    case copy(of: String)
    case link(to: String)
  }

  private let output: String
  private let files: [(path: String, content: Content)]
  private let hasImages: Bool

  /// Plans the files.
  ///
  /// - Parameters:
  ///   - output: The file or folder to make.
  ///   - files: The files of the format, relative to it.
  ///   - images: Image files here, and where they belong.
  ///   - isLinking: Whether images become symbolic links instead of copies.
  init(
    _ output: String, files: [OutputFile], images: [(source: String, path: String)],
    isLinking: Bool
  ) {
    self.output = output
    self.files =
      files.map { ($0.path, .bytes($0.bytes)) }
      + images.map { ($0.path, isLinking ? .link(to: $0.source) : .copy(of: $0.source)) }
    hasImages = !images.isEmpty
  }

  /// The suffixes of files that formats consist of, by which a file is told from a folder.
  private static let suffixes = [
    ".manifest", ".json", ".jsonl", ".ndjson", ".xml", ".csv", ".txt", ".yaml",
  ]

  /// Whether a file is to be made, and not a folder.
  private var isFile: Bool { Self.suffixes.contains { output.lowercased().hasSuffix($0) } }

  /// The paths of all files to be made.
  ///
  /// - Throws: ``Failure``, which says why they can't be made.
  func destinations() throws -> [String] {
    if isFile {
      guard files.count == 1, !hasImages else {
        let names = files.prefix(3).map(\.path).joined(separator: ", ")
        throw Failure.saying(
          "\(output) is named like a file, and this makes \(files.count) (\(names)"
            + "\(files.count > 3 ? "…" : "")); name a folder",
          Failure.usage)
      }
      return [output]
    }
    let folder = output.hasSuffix("/") ? output : output + "/"
    return try files.map { file in
      // At the byte, as the system does it: an accent after a slash makes one character with it.
      let parts = file.path.utf8.split(
        separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      let isSafe = parts.allSatisfy {
        !["", ".", ".."].contains(Substring($0)) && $0.count <= 255 && !$0.contains(0)
      }
      guard isSafe else {
        throw Failure.saying("\(file.path) can't be a file here; rename the image", Failure.data)
      }
      return folder + file.path
    }
  }

  /// Makes all files; if one can't be made, none stays.
  ///
  /// - Throws: ``Failure``, which says what can't be written.
  func write() throws {
    var made: [String] = []
    do {
      for (path, file) in zip(try destinations(), files) {
        try makeFolders(above: path, noting: &made)
        try Self.make(path, of: file.content, noting: &made)
      }
    } catch {
      for path in made.reversed() { remove(path) }
      throw error
    }
  }

  /// Makes the folders from the output down to a file; the folder of the output has to be there.
  private func makeFolders(above path: String, noting made: inout [String]) throws {
    guard !isFile else { return }
    var at = output
    while at.count > 1, at.hasSuffix("/") { at.removeLast() }
    let below = path.utf8.dropFirst(at.utf8.count).split(separator: UInt8(ascii: "/")).dropLast()
      .map { String(Substring($0)) }
    for part in [""] + below {
      if !part.isEmpty { at += "/" + part }
      if mkdir(at, 0o777) == 0 {
        made.append(at)
      } else if errno != EEXIST || (part.isEmpty && made.isEmpty) {
        throw Self.failure(at)
      }
    }
  }

  private static func make(
    _ path: String, of content: Content, noting made: inout [String]
  ) throws {
    if case .link(let source) = content {
      guard symlink(source, path) == 0 else { throw failure(path) }
      made.append(path)
      return
    }
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure(path) }
    made.append(path)
    do {
      switch content {
      case .bytes(let bytes): try write(bytes, to: file, path)
      case .copy(let source): try copy(source, to: file, path)
      case .link: break
      }
    } catch {
      close(file)
      throw error
    }
    guard close(file) == 0 else { throw failure(path) }
  }

  private static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw failure(path)
      }
    }
  }

  private static func copy(_ source: String, to file: Int32, _ path: String) throws {
    let image = open(source, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var status = stat()
    guard image >= 0, fstat(image, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let reason = image < 0 ? String(cString: strerror(errno)) : "it is no file"
      if image >= 0 { close(image) }
      throw Failure.saying("\(source) can't be read: \(reason)", Failure.noInput)
    }
    defer { close(image) }
    while true {
      let count = sendfile(file, image, nil, 1 << 30)
      if count == 0 { return }
      if count < 0, errno != EINTR { throw failure(path) }
    }
  }

  private static func failure(_ path: String) -> Failure {
    let reason = String(cString: strerror(errno))
    return Failure.saying(
      "\(path) can't be written: \(reason); name another place", Failure.cannotCreate)
  }
}
