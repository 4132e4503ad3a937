/// What a person did with the boxes of a model or of another person, as an adjustment job tells it.
///
/// The `adjustment-status` of SageMaker's “Verify and Adjust Labels”.
public enum AdjustmentStatus: String, CaseIterable, Hashable, Sendable {
  /// Something was changed, added or left out.
  case adjusted
  /// All boxes are as they were found.
  case unadjusted
}

extension Entry {
  /// What an attribute's metadata say of its adjustment; `nil` if they say nothing.
  public func adjustment(of attribute: String) -> AdjustmentStatus? {
    let metadata = (try? JSONValue(parsing: line))?[attribute + AttributeReader.suffix]
    return metadata?["adjustment-status"]?.string.flatMap(AdjustmentStatus.init)
  }
}
