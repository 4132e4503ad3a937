/// An element of an XML file: what the annotation formats need of it, and the line it starts on.
struct XMLElement: Hashable, Sendable {
  /// The name as written, a prefix included.
  var name: String
  /// The attributes, references resolved.
  var attributes: [String: String] = [:]
  /// The elements inside, in their order.
  var children: [XMLElement] = []
  /// The text inside, references resolved, without the blanks that only lay out the file.
  var text = ""
  /// The line of the start tag, from 1.
  var line: Int

  /// The first child of a name.
  func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The children of a name, in their order.
  func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The text of the first child of a name; nil if there is none or it is empty.
  func text(of name: String) -> String? {
    child(name).flatMap { $0.text.isEmpty ? nil : $0.text }
  }

  /// The element that is reached by the names, each the first of its kind.
  func descendant(_ names: String...) -> XMLElement? {
    var element = self
    for name in names {
      guard let next = element.child(name) else { return nil }
      element = next
    }
    return element
  }
}

/// Reads XML 1.0 into a tree of elements.
///
/// Foundation's parser is not used: on Linux it reports neither a DOCTYPE nor its entities, drops
/// references to them without a word, calls a file that ends halfway well-formed, and would bring
/// Foundation, libxml2 and their tables into a module that needs nothing else of them. Left out
/// on purpose: document type definitions (one with an internal subset is refused, an external one
/// is never fetched), so entities other than XML's own five cannot expand to anything.
enum XMLTree {
  /// How deep elements may nest; the formats stay below ten.
  static let depthLimit = 64
  /// How many elements a file may have, so that the tree stays within a few times its bytes.
  static let elementLimit = 4_000_000

  /// Reads the root element.
  ///
  /// - Parameters:
  ///   - bytes: The file: UTF-8, UTF-16 with a mark, or ISO-8859-1 that says so.
  ///   - path: The file's name, for errors.
  /// - Returns: The root.
  /// - Throws: `FormatError` with the line where the file stops being well-formed.
  static func root(of bytes: [UInt8], path: String) throws(FormatError) -> XMLElement {
    let text = try XMLEncoding.utf8(bytes, path: path)
    var scanner = XMLScanner(bytes: text, path: path)
    return try scanner.document()
  }
}
