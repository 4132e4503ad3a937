/// A line with what was found on it, as in the service's `…_manifest_with_validation.json`.
///
/// Arrays `errors` and `warnings` of `{code, message}` stand in the line, the attribute, the box or
/// the metadata that they are about (the guide's page "Understanding training and testing
/// validation result manifests"). Those of an earlier validation are taken out first.
public enum ValidatedLine {
  /// The line with its findings; only the service's own codes are written.
  ///
  /// - Parameters:
  ///   - line: The line without its line feed.
  ///   - findings: What `ManifestCheck` found on it.
  /// - Returns: The line to write; one that is no JSON is replaced by its errors alone.
  public static func bytes(of line: [UInt8], findings: [Finding]) -> [UInt8] {
    let official = findings.filter(\.code.isOfficial)
    guard !official.contains(where: { $0.code == .invalidJSON }),
      let object = try? JSONValue(parsing: line),
      var top = ObjectEditor(object, style: JSONStyle(of: object))
    else {
      // What can't be read is replaced.
      let style = JSONStyle.compact
      return official.isEmpty
        ? line : style.object([("errors", style.array(official.map { $0.officialJSON(style) }))])
    }
    var whole = official.filter { $0.code.place == .line || $0.attribute == nil }
    for name in names(of: object) {
      let own = official.filter { $0.attribute == name && $0.code.place != .line }
      whole += mark(name, with: own, in: &top)
    }
    Self.set(whole, in: &top)
    return top.line
  }

  private static func names(of object: JSONValue) -> [String] {
    var seen: Set<String> = []
    let names = (object.members ?? []).map(\.name).filter { seen.insert($0).inserted }
    return names.filter { seen.contains($0 + AttributeReader.suffix) && $0 != "source-ref" }
  }

  /// Writes an attribute's findings; returns those that have no object to stand in.
  private static func mark(
    _ name: String, with findings: [Finding], in top: inout ObjectEditor
  ) -> [Finding] {
    var homeless: [Finding] = []
    let metadataName = name + AttributeReader.suffix
    let ofMetadata = findings.filter { $0.code.place == .metadata }
    if let found = top[metadataName], var metadata = ObjectEditor(found, style: top.style) {
      set(ofMetadata, in: &metadata)
      top.set(metadataName, to: metadata.bytes)
    } else {
      homeless += ofMetadata
    }
    let ofValue = findings.filter { $0.code.place != .metadata }
    guard let found = top[name], var value = ObjectEditor(found, style: top.style) else {
      return homeless + ofValue
    }
    if let annotations = value["annotations"], let elements = annotations.elements {
      let marked = elements.enumerated().map { index, element in
        guard var box = ObjectEditor(element, style: top.style) else {
          return Array(element.bytes)
        }
        set(ofValue.filter { $0.annotation == index }, in: &box)
        return box.bytes
      }
      value.set("annotations", to: top.style.array(annotations, elements: marked))
    }
    set(ofValue.filter { $0.annotation == nil }, in: &value)
    top.set(name, to: value.bytes)
    return homeless
  }

  /// Puts findings into an object in the place of those of an earlier validation.
  private static func set(_ findings: [Finding], in object: inout ObjectEditor) {
    for (name, isWarning) in [("errors", false), ("warnings", true)] {
      // Once for each code, however many boxes have it.
      var seen: Set<Finding.Code> = []
      let own = findings.filter {
        $0.code.rawValue.hasPrefix("WARNING_") == isWarning && seen.insert($0.code).inserted
      }
      if own.isEmpty {
        object.remove(name)
      } else {
        object.set(name, to: object.style.array(own.map { $0.officialJSON(object.style) }))
      }
    }
  }
}

extension Finding.Code {
  /// Where the service writes a finding.
  fileprivate enum Place {
    case line
    case attribute
    case metadata
    case annotation
  }

  fileprivate var place: Place {
    switch self {
    case .invalidBox, .boxTooSmall: .annotation
    case .attributeFormat, .noAttributeAnnotations, .tooManyBoxes: .attribute
    case .metadataFormat, .missingBoxConfidence, .missingClassMapID, .unsupportedType,
      .labelNameLength:
      .metadata
    default: .line
    }
  }
}
