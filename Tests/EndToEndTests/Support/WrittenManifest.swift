import Foundation

/// A box as a manifest has it, its label looked up in the class map.
struct WrittenBox: Hashable, CustomStringConvertible {
  var label: String
  var left: Double
  var top: Double
  var width: Double
  var height: Double

  init(_ label: String, _ left: Double, _ top: Double, _ width: Double, _ height: Double) {
    self.label = label
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  var description: String { "\(label) \(left),\(top) \(width)×\(height)" }
}

/// A manifest as Foundation reads it: not by the program's own parser.
struct WrittenManifest {
  struct Line {
    let bytes: [UInt8]
    let members: [String: Any]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var sourceRef: String { members["source-ref"] as? String ?? "" }
    /// The member `reticle`.
    var mark: [String: Any] { object("reticle") }

    func object(_ name: String) -> [String: Any] { members[name] as? [String: Any] ?? [:] }

    /// The boxes of an attribute; `nil` if the line has none.
    func boxes(_ attribute: String = "bounding-box") -> [WrittenBox]? {
      guard let annotations = object(attribute)["annotations"] as? [[String: Any]] else {
        return nil
      }
      let classes = object(attribute + "-metadata")["class-map"] as? [String: String] ?? [:]
      return annotations.map { box in
        func number(_ name: String) -> Double { (box[name] as? NSNumber)?.doubleValue ?? .nan }
        let id = (box["class_id"] as? NSNumber)?.intValue ?? -1
        return WrittenBox(
          classes[String(id)] ?? "?", number("left"), number("top"), number("width"),
          number("height"))
      }
    }

    /// The image-level labels, of pairs of attributes that a human vouches for.
    var imageLabels: Set<String> {
      var labels: Set<String> = []
      for (name, value) in members where name.hasSuffix("-metadata") {
        guard let metadata = value as? [String: Any],
          metadata["type"] as? String == "groundtruth/image-classification",
          metadata["human-annotated"] as? String == "yes",
          let label = metadata["class-name"] as? String
        else { continue }
        labels.insert(label)
      }
      return labels
    }
  }

  let bytes: [UInt8]
  let lines: [Line]

  /// Reads a manifest.
  ///
  /// - Throws: If a line isn't a JSON object.
  init(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    lines = try Self.split(bytes).map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line))
      guard let members = value as? [String: Any] else {
        throw CocoaError(.propertyListReadCorrupt)
      }
      return Line(bytes: line, members: members)
    }
  }

  /// The lines of a manifest, without what ends them.
  static func split(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  subscript(index: Int) -> Line { lines[index] }

  /// The boxes of each line.
  var boxes: [[WrittenBox]?] { lines.map { $0.boxes() } }
}
