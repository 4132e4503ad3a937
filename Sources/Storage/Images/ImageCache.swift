import Glibc

/// Copies of images that lie elsewhere, in a folder of bounded size.
///
/// Losing the folder loses nothing. A file's name is the hash of where the image lies, so that no
/// name from elsewhere ever becomes a path here. Several programs may use the folder at once.
public struct ImageCache: Hashable, Sendable {
  /// The folder; made when first written to, for the user alone.
  public let path: String
  /// How many bytes the copies may have together; what was used longest ago goes first.
  public let capacity: Int

  /// Creates a cache.
  ///
  /// - Parameters:
  ///   - path: The folder, which holds nothing else.
  ///   - capacity: How many bytes the copies may have together.
  public init(path: String, capacity: Int = 1 << 30) {
    self.path = path
    self.capacity = capacity
  }

  /// `$XDG_CACHE_HOME/reticle/images`, else `~/.cache/reticle/images`; nil if there is no home.
  ///
  /// A relative `XDG_CACHE_HOME` is not valid and left aside (XDG Base Directory Specification).
  public static var standard: ImageCache? {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let folder = variable("XDG_CACHE_HOME") ?? variable("HOME").map { $0 + "/.cache" }
    return folder.map { ImageCache(path: $0 + "/reticle/images") }
  }

  // MARK: Reading

  /// The path of an image's copy.
  ///
  /// - Parameter name: Where the image lies: any text that names it and nothing else.
  /// - Returns: The path, counted as used now; nil if there is no copy.
  public func path(of name: String) -> String? {
    let path = place(of: name)
    guard let status = try? FileStatus(at: path, followingLinks: false), status.isRegular
    else { return nil }
    // Not the time of access: many file systems do not keep it.
    utimensat(AT_FDCWD, path, nil, 0)
    return path
  }

  // MARK: Writing

  /// The path of a file to be written, in the same folder; what crashes left there is removed.
  ///
  /// - Returns: A name that is not taken.
  /// - Throws: `StorageError` if the folder can't be made.
  public func unfinished() throws(StorageError) -> String {
    try Folders.make(path)
    removeAbandoned()
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    let file = path.appendingPath(random + Self.unfinishedSuffix)
    // Made here, so that a folder that can't be written to is known before anything is fetched.
    try attempting(.write, file) { () throws(SystemCode) in
      close(try checked { open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) })
    }
    return file
  }

  /// Takes a finished file in as an image's copy, in one step, and makes room for it.
  ///
  /// - Parameters:
  ///   - file: A path from ``unfinished()``, written.
  ///   - name: Where the image lies.
  /// - Returns: The path of the copy.
  /// - Throws: `StorageError`; the file is then removed.
  /// - Complexity: O(copies), a status each.
  @discardableResult
  public func keep(_ file: String, as name: String) throws(StorageError) -> String {
    let path = place(of: name)
    guard rename(file, path) == 0 else {
      let code = errno
      unlink(file)
      throw .system(.replace, path: path, code: code)
    }
    // The program that wrote it may have given it another time.
    utimensat(AT_FDCWD, path, nil, 0)
    makeRoom(sparing: path)
    return path
  }

  /// Removes an unfinished file.
  ///
  /// - Parameter file: A path from ``unfinished()``.
  public func discard(_ file: String) { unlink(file) }

  /// Removes an image's copy, if there is one.
  ///
  /// - Parameter name: Where the image lies.
  public func remove(_ name: String) { unlink(place(of: name)) }

  // MARK: Within the folder

  private static let unfinishedSuffix = ".part"
  /// Longer than anything is fetched.
  private static let abandonedAfter = 3_600

  private func place(of name: String) -> String {
    path.appendingPath(SHA256.hexadecimal(of: Array(name.utf8)))
  }

  /// Removes the copies that were used longest ago until the rest fits.
  private func makeRoom(sparing newest: String) {
    var copies = files { !$0.hasSuffix(Self.unfinishedSuffix) }
    var total = copies.reduce(0) { $0 + $1.status.size }
    guard total > capacity else { return }
    copies.sort {
      ($0.status.modifiedSeconds, $0.status.modifiedNanoseconds)
        < ($1.status.modifiedSeconds, $1.status.modifiedNanoseconds)
    }
    for copy in copies where total > capacity && copy.path != newest {
      if unlink(copy.path) == 0 { total -= copy.status.size }
    }
  }

  private func removeAbandoned() {
    let now = Int(time(nil))
    for file in files(where: { $0.hasSuffix(Self.unfinishedSuffix) })
    where now - file.status.modifiedSeconds > Self.abandonedAfter {
      unlink(file.path)
    }
  }

  private func files(
    where isWanted: (String) -> Bool
  ) -> [(path: String, status: FileStatus)] {
    let entries = (try? FolderEntry.list(path)) ?? []
    return entries.compactMap { entry in
      guard let name = entry.name, isWanted(name) else { return nil }
      let file = path.appendingPath(name)
      guard let status = try? FileStatus(at: file, followingLinks: false), status.isRegular
      else { return nil }
      return (file, status)
    }
  }
}
