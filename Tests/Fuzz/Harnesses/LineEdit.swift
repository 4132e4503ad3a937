import GroundTruth

/// An edit of a line, and which of its attributes may change.
struct LineEdit {
  private let name: String
  private let attributes: Set<String>
  private let change: (Entry) throws(ManifestError) -> [UInt8]

  /// The edits that an entry has something for.
  static func all(of entry: Entry) -> [LineEdit] {
    boxEdits(of: entry) + labelEdits(of: entry) + [
      LineEdit(name: "mark", attributes: ["reticle"]) { (entry) throws(ManifestError) in
        try entry.settingMark(Mark(isVerified: !entry.mark.isVerified, flag: "“é”\n\""))
      },
      LineEdit(name: "unmark", attributes: ["reticle"]) { (entry) throws(ManifestError) in
        try entry.settingMark(Mark())
      },
    ]
  }

  /// The new line, or nil where the entry refuses.
  func perform(on entry: Entry) throws(Violation) -> [UInt8]? {
    guard let new = try? change(entry) else { return nil }
    try expect((try? Entry(line: new)) != nil, "\(name): a line stays one")
    return new
  }

  // MARK: The edits

  private static let size = ImageSize(width: 640, height: 480)
  private static let classIDs = ClassIDs(names: ["a", "b"])
  private static let provenance = Provenance(
    creationDate: "2026-01-01T00:00:00.000000", jobName: "fuzz")

  private static func boxEdits(of entry: Entry) -> [LineEdit] {
    var edits: [LineEdit] = []
    func set(
      _ name: String, _ attribute: String, _ change: @escaping (inout [Box]) -> Void
    ) {
      edits.append(
        LineEdit(name: name, attributes: [attribute]) { (entry) throws(ManifestError) in
          var boxes = entry.boxSet(attribute)?.boxes ?? []
          change(&boxes)
          return try entry.settingBoxes(
            boxes, of: attribute, imageSize: size, classIDs: classIDs, provenance: provenance)
        })
    }
    for attribute in entry.boxSets.map(\.attribute).prefix(2) + ["fresh"] {
      set("add a box", attribute) {
        $0.insert(Box(left: 1, top: 0.5, width: 3, height: 4, label: "a"), at: 0)
      }
      set("move a box", attribute) { if !$0.isEmpty { $0[0].left += 1 } }
      set("relabel a box", attribute) { if !$0.isEmpty { $0[0].label = "é" } }
      set("remove a box", attribute) { _ = $0.popLast() }
      edits.append(
        LineEdit(name: "vouch", attributes: [attribute]) { (entry) throws(ManifestError) in
          try entry.vouching(for: attribute, creationDate: provenance.creationDate)
        })
      edits.append(
        LineEdit(name: "remove", attributes: [attribute]) { (entry) throws(ManifestError) in
          try entry.removingAttribute(attribute)
        })
    }
    return edits
  }

  private static func labelEdits(of entry: Entry) -> [LineEdit] {
    var edits: [LineEdit] = []
    let given =
      entry.imageLabels.map(\.label) + entry.multiLabels.flatMap { $0.members.map(\.label) }
    let sets = entry.multiLabels.map(\.attribute)
    for label in given.prefix(2) + ["a"] {
      let pairs = entry.imageLabels.filter { $0.label == label }.map(\.attribute)
      let known = Set(pairs + sets)
      edits.append(
        LineEdit(name: "remove a label", attributes: known) { (entry) throws(ManifestError) in
          try entry.removingImageLabel(label, provenance: provenance)
        })
      edits.append(
        LineEdit(name: "add a label", attributes: known.union([added])) {
          (entry) throws(ManifestError) in
          try entry.addingImageLabel(label, classIDs: classIDs, provenance: provenance)
        })
    }
    return edits
  }

  /// Stands for the one attribute whose name the entry chooses.
  private static let added = "image-label_…"

  // MARK: What it leaves alone

  /// A member that an edit isn't about.
  private struct Member: Equatable {
    let bytes: [UInt8]
    /// What stands between it and the one before, where that one is left alone too.
    let gap: [UInt8]?
  }

  /// Holds an edit to leaving all bytes alone that it isn't about.
  func check(_ entry: Entry, _ new: [UInt8]) throws(Violation) {
    let names = Set(JSONValue.names(of: entry.line))
    let (before, after) = (others(of: entry.line, names), others(of: new, names))
    try expect(
      before.map(\.bytes) == after.map(\.bytes), "\(name): an edit leaves other members alone")
    for (old, new) in zip(before, after) {
      guard let gap = old.gap, let now = new.gap else { continue }
      try expect(gap == now, "\(name): an edit leaves the space between members alone")
    }
    let (around, aroundNew) = (JSONValue.outside(of: entry.line), JSONValue.outside(of: new))
    try expect(around == aroundNew, "\(name): an edit leaves what is around the object alone")
  }

  private func others(of line: [UInt8], _ known: Set<[UInt8]>) -> [Member] {
    var members: [Member] = []
    var end: Int?
    for member in (try? JSONValue(parsing: line))?.members ?? [] {
      if mayChange(Array(member.name.utf8), known) {
        end = nil
      } else {
        let gap = end.map { Array(line[$0..<member.range.lowerBound]) }
        members.append(Member(bytes: Array(line[member.range]), gap: gap))
        end = member.range.upperBound
      }
    }
    return members
  }

  private func mayChange(_ name: [UInt8], _ known: Set<[UInt8]>) -> Bool {
    let isAdded =
      attributes.contains(Self.added) && !known.contains(name)
      && String(decoding: name, as: UTF8.self).hasPrefix("image-label_")
    return isAdded
      || attributes.contains { name == Array($0.utf8) || name == Array(($0 + "-metadata").utf8) }
  }
}

extension JSONValue {
  /// The names of an object's members.
  fileprivate static func names(of line: [UInt8]) -> [[UInt8]] {
    ((try? JSONValue(parsing: line))?.members ?? []).map { Array($0.name.utf8) }
  }

  /// What stands before a line's object and behind it, with its braces.
  fileprivate static func outside(of line: [UInt8]) -> [[UInt8]]? {
    guard let range = (try? JSONValue(parsing: line))?.range else { return nil }
    return [Array(line[...range.lowerBound]), Array(line[(range.upperBound - 1)...])]
  }
}
