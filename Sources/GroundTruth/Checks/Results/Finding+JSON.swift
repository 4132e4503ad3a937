extension Finding {
  /// The finding as a JSON object: `line`, `code`, `severity`, `attribute` and `annotation` where
  /// it has them, and `message`.
  public var json: [UInt8] {
    var members: [(name: String, value: [UInt8])] = [
      ("line", JSONNumber.encode(line)),
      ("code", JSONText.encode(code.rawValue)),
      ("severity", JSONText.encode(severity.rawValue)),
    ]
    if let attribute { members.append(("attribute", JSONText.encode(attribute))) }
    if let annotation { members.append(("annotation", JSONNumber.encode(annotation))) }
    members.append(("message", JSONText.encode(message)))
    return JSONStyle.compact.object(members)
  }

  /// The finding as the service writes it into its result files: `code` and `message`.
  func officialJSON(_ style: JSONStyle) -> [UInt8] {
    style.object([
      ("code", JSONText.encode(code.rawValue)), ("message", JSONText.encode(officialMessage)),
    ])
  }
}
