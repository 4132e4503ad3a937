import Glibc

/// The images found under some paths.
public struct ImageLibrary: Hashable, Sendable {
  /// The paths of the images, as they were reached from the paths given: those in the order given,
  /// what is in a folder in natural order ("img2" before "img10").
  public let paths: [String]
  /// What was left out, and why.
  public let notes: [ImageNote]

  /// Finds the images under folders, and takes files as they are.
  ///
  /// In folders, at any depth, an image is a regular file named `.jpg`, `.jpeg` or `.png` in any
  /// case, or one without an extension that starts like one. Links are followed, each folder is
  /// visited once, and names that start with a dot are left aside. Nothing but regular files is
  /// ever opened.
  ///
  /// - Parameter paths: Folders and files.
  /// - Complexity: O(names log names).
  public init(at paths: [String]) {
    var scan = ImageScan()
    for path in paths { scan.add(path) }
    self.paths = scan.images
    notes = scan.allNotes
  }
}

/// A search for images under way.
private struct ImageScan {
  var images: [String] = []
  private var notes: [ImageNote] = []
  private var otherKinds: [String: Int] = [:]
  private var hiddenCount = 0
  private var visited: Set<Place> = []
  private var taken: Set<[UInt8]> = []

  /// What tells a folder from all others.
  private struct Place: Hashable {
    let device: dev_t
    let inode: ino_t
  }

  var allNotes: [ImageNote] {
    var notes = notes
    if !otherKinds.isEmpty { notes.append(.otherKinds(otherKinds)) }
    if hiddenCount > 0 { notes.append(.hidden(hiddenCount)) }
    return notes
  }

  /// Takes a path as the user gave it.
  mutating func add(_ path: String) {
    guard RealPath.isUsable(path), let status = try? FileStatus(at: path) else {
      let isLink = (try? FileStatus(at: path, followingLinks: false))?.isLink ?? false
      notes.append(isLink ? .brokenLink(path) : .missing(path))
      return
    }
    if status.isFolder {
      addFolder(path, status)
    } else if status.isRegular {
      take(path)
    } else {
      notes.append(.notAFile(path))
    }
  }

  /// Takes all images in a folder, those behind links to folders last, so that what can be
  /// reached without a link is named without it.
  private mutating func addFolder(_ path: String, _ status: FileStatus) {
    var found: [String] = []
    var linked: [String] = []
    var waiting = [path]
    visit(status)
    while true {
      guard let next = waiting.popLast() else {
        guard let link = linked.popLast() else { break }
        if let status = try? FileStatus(at: link), visit(status) { waiting.append(link) }
        continue
      }
      search(next, &found, &waiting, &linked)
    }
    found.sort(by: NaturalOrder.precedes)
    for path in found { take(path) }
  }

  private mutating func search(
    _ folder: String, _ found: inout [String], _ waiting: inout [String], _ linked: inout [String]
  ) {
    let entries: [FolderEntry]
    do throws(StorageError) { entries = try FolderEntry.list(folder) } catch {
      if case .system(_, _, let code) = error { notes.append(.unreadable(folder, code: code)) }
      return
    }
    var links: [String] = []
    for entry in entries {
      guard let name = entry.name else {
        addNotUTF8(entry, in: folder)
        continue
      }
      let path = folder.appendingPath(name)
      if name.hasPrefix(".") {
        // "._*" is what macOS leaves beside a file; nobody wonders about it.
        if !name.hasPrefix("._"), ImageKind(name: name) == .image { hiddenCount += 1 }
        continue
      }
      switch kind(of: entry, at: path) {
      case .file: addFile(path, name, &found)
      case .folder:
        if let status = try? FileStatus(at: path), visit(status) { waiting.append(path) }
      case .link: follow(path, name, &found, &links)
      case .special:
        if ImageKind(name: name) == .image { notes.append(.notAFile(path)) }
      case .unknown: break
      }
    }
    linked += links.sorted { NaturalOrder.precedes($1, $0) }
  }

  /// The kind of an entry, asked for where the file system doesn't tell.
  private func kind(of entry: FolderEntry, at path: String) -> FolderEntry.Kind {
    guard entry.kind == .unknown else { return entry.kind }
    guard let status = try? FileStatus(at: path, followingLinks: false) else { return .unknown }
    if status.isLink { return .link }
    if status.isFolder { return .folder }
    return status.isRegular ? .file : .special
  }

  private mutating func follow(
    _ path: String, _ name: String, _ found: inout [String], _ links: inout [String]
  ) {
    guard let status = try? FileStatus(at: path) else {
      notes.append(.brokenLink(path))
      return
    }
    if status.isFolder {
      links.append(path)
    } else if status.isRegular {
      addFile(path, name, &found)
    } else if ImageKind(name: name) == .image {
      notes.append(.notAFile(path))
    }
  }

  private mutating func addFile(_ path: String, _ name: String, _ found: inout [String]) {
    switch ImageKind(name: name) {
    case .image: found.append(path)
    case .other(let kind): otherKinds[kind, default: 0] += 1
    case .unnamed:
      if ImageKind.isImage(contentsOf: path) { found.append(path) }
    case .none: break
    }
  }

  private mutating func addNotUTF8(_ entry: FolderEntry, in folder: String) {
    let name = String(decoding: entry.bytes, as: UTF8.self)
    if entry.kind == .folder || ImageKind(name: name) == .image {
      notes.append(.notUTF8(folder.appendingPath(name)))
    }
  }

  /// Marks a folder as visited.
  ///
  /// - Returns: Whether it was not before.
  @discardableResult
  private mutating func visit(_ status: FileStatus) -> Bool {
    visited.insert(Place(device: status.device, inode: status.inode)).inserted
  }

  /// By bytes: two names that look the same may be two files.
  private mutating func take(_ path: String) {
    if taken.insert(Array(path.utf8)).inserted { images.append(path) }
  }
}
