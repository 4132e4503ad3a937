extension Entry {
  /// The line with another mark.
  ///
  /// Members of `reticle` that this version doesn't know are kept; when nothing is left in it, it
  /// goes.
  ///
  /// - Throws: `ManifestError.malformedAttribute` if the line has a `reticle` that isn't an object.
  public func settingMark(_ mark: Mark) throws(ManifestError) -> [UInt8] {
    if mark == self.mark, !problems.contains(where: \.isAboutMark) { return line }
    var top = try editor()
    let style = top.style
    let wanted = mark.members(in: style)
    guard let found = top[Mark.member] else {
      top.set(Mark.member, to: style.object(wanted))
      return top.line
    }
    guard var object = ObjectEditor(found, style: style) else {
      throw .malformedAttribute(name: Mark.member, what: "it isn't an object")
    }
    let present = self.mark.members(in: style)
    for name in Mark.names {
      let new = wanted.first { $0.name == name }?.value
      // A flag spelt with other escapes says the same; it is left alone.
      if new == present.first(where: { $0.name == name })?.value { continue }
      if let new { object.set(name, to: new) } else { object.remove(name) }
    }
    if object.isEmpty { top.remove(Mark.member) } else { top.set(Mark.member, to: object.bytes) }
    return top.line
  }
}

extension Mark {
  static let names = ["verified", "skipped", "excluded", "flag", "rejected", "corrected"]

  /// What is written: only what says something.
  func members(in style: JSONStyle) -> [(name: String, value: [UInt8])] {
    var members: [(name: String, value: [UInt8])] = []
    for (name, isSet) in zip(Self.names, [isVerified, isSkipped, isExcluded]) where isSet {
      members.append((name, Array("true".utf8)))
    }
    if let flag { members.append(("flag", JSONText.encode(flag))) }
    for (name, list) in [("rejected", rejected), ("corrected", corrected)] where !list.isEmpty {
      members.append((name, style.array(list.map { $0.bytes(in: style) })))
    }
    return members
  }
}

extension ManifestError {
  fileprivate var isAboutMark: Bool {
    if case .malformedAttribute(Mark.member, _) = self { true } else { false }
  }
}
