import Glibc

/// What tells one state of a file from another, and what a replacement has to keep.
struct FileStatus: Hashable, Sendable {
  let device: dev_t
  let inode: ino_t
  let size: Int
  let modifiedSeconds: Int
  let modifiedNanoseconds: Int
  let mode: mode_t
  let owner: uid_t
  let group: gid_t

  var isRegular: Bool { mode & S_IFMT == S_IFREG }
  var isFolder: Bool { mode & S_IFMT == S_IFDIR }
  var isLink: Bool { mode & S_IFMT == S_IFLNK }
  var permissions: mode_t { mode & 0o7777 }

  /// The status of an open file.
  init(of descriptor: Int32) throws(SystemCode) {
    var raw = stat()
    try checked { fstat(descriptor, &raw) }
    self.init(raw)
  }

  /// The status of what a path leads to, or of the link itself.
  init(at path: String, followingLinks: Bool = true) throws(SystemCode) {
    var raw = stat()
    try checked { followingLinks ? stat(path, &raw) : lstat(path, &raw) }
    self.init(raw)
  }

  private init(_ raw: stat) {
    device = raw.st_dev
    inode = raw.st_ino
    size = Int(raw.st_size)
    modifiedSeconds = raw.st_mtim.tv_sec
    modifiedNanoseconds = raw.st_mtim.tv_nsec
    mode = raw.st_mode
    owner = raw.st_uid
    group = raw.st_gid
  }

  /// Whether two paths or moments show the same file with the same contents, as far as can be
  /// told without reading it.
  func isSameContent(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode && size == other.size
      && modifiedSeconds == other.modifiedSeconds
      && modifiedNanoseconds == other.modifiedNanoseconds
  }
}
