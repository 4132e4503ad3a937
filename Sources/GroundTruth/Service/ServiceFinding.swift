/// Something that Custom Labels found wrong with an entry of its dataset, or with a training line.
///
/// Dataset entries hold them in arrays `cl-errors` and `cl-warnings`, the manifests that training
/// validated in `errors` and `warnings`; both stand at the line, an attribute, an annotation or the
/// metadata (“Debugging dataset errors”, “Understanding training and testing validation result
/// manifests”).
public struct ServiceFinding: Hashable, Sendable {
  /// The service's code, such as `ERROR_INVALID_BOUNDING_BOX`.
  public let code: String
  /// The service's message.
  public let message: String
  /// The attribute that it is about; nil for the line as a whole.
  public let attribute: String?
  /// The place of the box in the attribute, counted from 0.
  public let annotation: Int?

  /// Whether it keeps nothing from being trained with.
  public var isWarning: Bool { code.hasPrefix("WARNING_") }

  /// All that stands on a line, in its order; none if the line can't be read.
  ///
  /// - Complexity: O(length).
  public static func all(on line: [UInt8]) -> [ServiceFinding] {
    guard let object = try? JSONValue(parsing: line) else { return [] }
    var found = list(in: object, attribute: nil, annotation: nil)
    for pair in AttributePair.all(of: object) {
      found += list(in: pair.value, attribute: pair.name, annotation: nil)
      for (place, box) in (pair.value["annotations"]?.elements ?? []).enumerated() {
        found += list(in: box, attribute: pair.name, annotation: place)
      }
      found += list(in: pair.metadata, attribute: pair.name, annotation: nil)
    }
    return found
  }

  private static func list(
    in object: JSONValue, attribute: String?, annotation: Int?
  ) -> [ServiceFinding] {
    ServiceLine.notes.filter { $0 != "cl-metadata" }.flatMap { name in
      (object[name]?.elements ?? []).compactMap { element in
        element["code"]?.string.map { code in
          ServiceFinding(
            code: code, message: element["message"]?.string ?? "", attribute: attribute,
            annotation: annotation)
        }
      }
    }
  }
}
