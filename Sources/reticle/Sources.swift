import Glibc
import GroundTruth
import Storage

/// What a path names.
enum FileKind {
  case folder
  case file
  case other
  case missing

  static func of(_ path: String) -> FileKind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .missing }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .other
    }
  }
}

/// Where entries come from: a manifest, or the images of folders.
struct Sources {
  /// The manifest to work on, which may not be there yet.
  let manifest: String
  /// Images found, in order; empty if a manifest was given.
  let images: [String]
  /// What was left out, and why.
  let notes: [String]
  private let isFolder: Bool

  /// Finds out what the command line names.
  ///
  /// - Throws: ``Failure``, which says what is wrong and the way out.
  init(_ options: ProjectOptions) throws {
    for path in options.paths where FileKind.of(path) == .missing {
      throw Failure.saying("\(path): there is no such file or folder", Failure.noInput)
    }
    let manifests = options.paths.filter(Self.isManifest)
    if let given = manifests.first {
      guard options.paths.count == 1 else {
        throw Failure.saying("\(given) is a manifest: name it alone", Failure.usage)
      }
      manifest = try Self.output(options.output, copiedFrom: given)
      images = []
      notes = []
      isFolder = false
      return
    }
    let found = ImageLibrary(at: options.paths)
    notes = found.notes.map(\.description)
    images = found.paths
    isFolder = options.paths.count == 1 && FileKind.of(options.paths[0]) == .folder
    manifest =
      options.output ?? (isFolder ? options.paths[0].withoutTrailingSlash + "/" : "")
      + "output.manifest"
    if images.isEmpty, FileKind.of(manifest) == .missing {
      let place = options.paths.joined(separator: ", ")
      throw Failure.saying(
        (["\(place): no JPEG or PNG images here"] + notes).joined(separator: "; "),
        Failure.noInput)
    }
  }

  /// A step that adds the lines of images which the manifest does not name yet.
  func newLines(for dataset: Dataset, locator: ImageLocator) throws -> [JournalRecord] {
    guard !images.isEmpty else { return [] }
    var known: Set<String> = []
    for index in 0..<dataset.count {
      guard let entry = try? Entry(line: dataset.line(at: index)),
        let path = locator.path(for: entry.sourceRef)
      else { continue }
      known.insert(Self.real(path))
    }
    var lines: [[UInt8]] = []
    for image in images where !known.contains(Self.real(image)) {
      do throws(StorageError) {
        lines.append(Entry.line(sourceRef: try locator.sourceReference(for: image)))
      } catch {
        throw Failure.saying(error.description, Failure.data)
      }
    }
    return lines.isEmpty ? [] : [.append(lines)]
  }

  /// The absolute path that a path leads to, through all links.
  static func real(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Whether a file is a manifest: by its first character, so that the name does not matter.
  private static func isManifest(_ path: String) -> Bool {
    guard FileKind.of(path) == .file else { return false }
    let names = [".manifest", ".jsonl", ".json", ".ndjson"]
    if names.contains(where: { path.lowercased().hasSuffix($0) }) { return true }
    let file = open(path, O_RDONLY | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(file, &bytes, bytes.count)
    let first = bytes.prefix(max(0, count)).first {
      ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0)
    }
    return first == UInt8(ascii: "{")
  }

  /// The manifest to write: the one given, or a copy of it under another name.
  private static func output(_ output: String?, copiedFrom given: String) throws -> String {
    guard let output else { return given }
    if FileKind.of(output) == .missing {
      do throws(StorageError) {
        try ManifestFile.write(Dataset(source: try ManifestFile.open(given)), to: output)
      } catch {
        throw Failure.saying(error.description, Failure.cannotCreate)
      }
    }
    return output
  }
}

extension String {
  /// The path without a slash at its end, unless it is the root.
  fileprivate var withoutTrailingSlash: String {
    var path = self
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
