/// Writes an XML file, indented by two spaces.
struct XMLWriter {
  private var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var open: [String] = []

  /// The file, when every element is closed.
  var bytes: [UInt8] { Array(text.utf8) }

  /// Starts an element.
  mutating func start(_ name: String, _ attributes: [(String, String)] = []) {
    tag(name, attributes, end: ">")
    open.append(name)
  }

  /// Ends the element started last.
  mutating func end() {
    guard let name = open.popLast() else { return }
    indent()
    text += "</\(name)>\n"
  }

  /// Writes an element with text and nothing else.
  mutating func leaf(_ name: String, _ content: String, _ attributes: [(String, String)] = []) {
    indent()
    text += opening(name, attributes) + ">\(XMLText.escaped(content))</\(name)>\n"
  }

  /// Writes an element without content.
  mutating func empty(_ name: String, _ attributes: [(String, String)]) {
    tag(name, attributes, end: "/>")
  }

  private mutating func tag(_ name: String, _ attributes: [(String, String)], end: String) {
    indent()
    text += opening(name, attributes) + end + "\n"
  }

  private func opening(_ name: String, _ attributes: [(String, String)]) -> String {
    attributes.reduce("<\(name)") { $0 + " \($1.0)=\"\(XMLText.escaped($1.1))\"" }
  }

  private mutating func indent() {
    text += String(repeating: "  ", count: open.count)
  }
}
