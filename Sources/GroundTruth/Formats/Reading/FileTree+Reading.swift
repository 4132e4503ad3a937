extension FileTree {
  /// The paths without hidden files and what archivers leave behind.
  var visiblePaths: [String] {
    paths.filter { path in
      !path.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
    }
  }

  /// The visible paths of an extension, in lowercase.
  func paths(withExtension wanted: String) -> [String] {
    visiblePaths.filter { FilePath.fileExtension(of: $0) == wanted }
  }

  /// The content of a file that is there.
  ///
  /// - Throws: `FormatError` if it can't be read.
  func bytes(of path: String) throws(FormatError) -> [UInt8] {
    if let bytes = contents(of: path) { return bytes }
    throw FormatError(path: path, message: "The file can't be read; check its permissions.")
  }

  /// A JSON file.
  ///
  /// - Throws: `FormatError` if it can't be read or isn't JSON.
  func json(of path: String) throws(FormatError) -> JSONNode {
    try JSONNode(parsing: bytes(of: path), path: path)
  }
}
