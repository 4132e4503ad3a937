import Glibc

/// Finds programs as a shell would.
public enum Executable {
  /// The absolute path of the program that a word names; nil if there is none.
  ///
  /// A word with a slash is a path. Relative folders of `PATH` are left aside: what lies beside
  /// the images is not to be started.
  public static func path(of word: String) -> String? {
    guard !word.isEmpty, !word.utf8.contains(0) else { return nil }
    if word.utf8.contains(UInt8(ascii: "/")) { return isProgram(word) ? word : nil }
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return folders.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(word)" }
      .first(where: isProgram)
  }

  /// Whether a path names a file that may be started.
  public static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }
}
