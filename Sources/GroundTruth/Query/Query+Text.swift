extension Query: CustomStringConvertible {
  /// The query as it can be typed; reading it gives the same query.
  public var description: String { terms.map(\.description).joined(separator: " ") }
}

extension Query.Term: CustomStringConvertible {
  /// The term as it can be typed.
  public var description: String { (isNegated ? "-" : "") + condition.description }
}

extension Query.Condition: CustomStringConvertible {
  /// The condition as it can be typed.
  public var description: String {
    switch self {
    case .label(let glob): "label:\(glob)"
    case .property(let property): "is:\(property.rawValue)"
    case .size(let sign, let number): "size" + sign.text(number)
    case .boxes(let sign, let number): "boxes" + sign.text(number)
    case .score(let sign, let number): "score" + sign.text(number)
    case .overlap(let sign, let number): "iou" + sign.text(number)
    case .name(let glob): "name:\(glob)"
    case .note(let text): "note:" + quoted(text)
    case .word(let text): quoted(text)
    }
  }
}

extension Glob: CustomStringConvertible {
  /// The pattern as it can be typed.
  public var description: String {
    pieces.map { $0.isEmpty ? "" : quoted($0) }.joined(separator: "*")
  }
}

extension Query.Comparison {
  fileprivate func text(_ number: Double) -> String {
    rawValue + String(decoding: JSONNumber.encode(number), as: UTF8.self)
  }
}

/// A text in quotes if it would be taken for something else without.
private func quoted(_ text: String) -> String {
  let scalars = text.unicodeScalars
  let special = "\"\\*:<>=".unicodeScalars
  let isPlain =
    !scalars.isEmpty && scalars.first != "-"
    && !scalars.contains { $0.properties.isWhitespace || special.contains($0) }
  if isPlain { return text }
  var out = "\""
  for scalar in scalars {
    if scalar == "\"" || scalar == "\\" { out.unicodeScalars.append("\\") }
    out.unicodeScalars.append(scalar)
  }
  return out + "\""
}
