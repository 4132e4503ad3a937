/// The XML files of a dataset that have a certain root element.
enum XMLFiles {
  /// Reads the files in the tree's order; those with another root are noted and left aside.
  ///
  /// - Throws: `FormatError` if a file is broken, or none has that root.
  static func roots(
    _ name: String, of format: String, in files: any FileTree, notes: inout NoteList
  ) throws(FormatError) -> [(path: String, root: XMLElement)] {
    var roots: [(path: String, root: XMLElement)] = []
    for path in files.paths(withExtension: "xml") {
      let root = try XMLTree.root(of: files.bytes(of: path), path: path)
      if root.name == name {
        roots.append((path, root))
      } else {
        notes.add("It's XML, but not \(format); it's left aside.", path: path)
      }
    }
    guard !roots.isEmpty else {
      throw FormatError(path: "", message: "There is no XML file with <\(name)>, as \(format) has.")
    }
    return roots
  }
}

extension XMLElement {
  /// The value of an attribute as a pixel.
  func pixel(_ key: String, path: String) throws(FormatError) -> Double {
    let text = attributes[key] ?? ""
    guard let value = DecimalText.pixel(text.trimmedOfBlanks) else {
      throw FormatError(
        path: path, line: line, message: "\(key) of <\(name)> is “\(text)”, not a pixel.")
    }
    return value
  }

  /// The value of an attribute as a number of pixels, 0 or more.
  func length(_ key: String, path: String) throws(FormatError) -> Double {
    let value = try pixel(key, path: path)
    guard value >= 0 else {
      throw FormatError(path: path, line: line, message: "\(key) of <\(name)> is negative.")
    }
    return value
  }

  /// The size that the attributes `width` and `height` state; nil without them.
  func imageSize(path: String) throws(FormatError) -> ImageSize? {
    guard let width = attributes["width"], let height = attributes["height"] else { return nil }
    guard let width = DecimalText.side(width), let height = DecimalText.side(height) else {
      throw FormatError(
        path: path, line: line, message: "“\(width)” × “\(height)” is no size of an image.")
    }
    return ImageSize(width: width, height: height)
  }
}

extension String {
  /// The text without spaces and tabs around it.
  var trimmedOfBlanks: String { self[...].trimmingBlanks }
}
