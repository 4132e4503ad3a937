/// The merging of several manifests' words on one image into one line.
struct EntryMerge {
  /// The line that comes of it; as the first version has it where nothing is to be changed.
  private(set) var line: [UInt8]

  /// Merges versions, the first of which gives the line its form.
  init(
    _ versions: [EntryVersion], options: MergeOptions, classIDs: ClassIDs,
    report: inout MergeReport
  ) {
    let base = versions[0]
    line = base.entry.line
    guard versions.count > 1, var editor = try? base.entry.editor() else { return }
    var hasChangedTruth = false
    for name in Self.unique(versions.flatMap(\.attributeNames)) {
      let having = versions.filter { $0.attribute(name) != nil }
      let isInBase = base.attribute(name) != nil
      if !isInBase, editor[name] != nil || editor[name + AttributeReader.suffix] != nil {
        report.otherDifferences += 1
        continue
      }
      var merge = AttributeMerge(
        name: name, versions: having, options: options, classIDs: classIDs)
      let outcome = merge.settle()
      report.count(merge)
      switch outcome {
      case .keep(let place):
        if place == 0, isInBase { continue }
        guard let attribute = having[place].attribute(name) else { continue }
        editor.set(name, to: Array(attribute.value.bytes))
        editor.set(name + AttributeReader.suffix, to: Array(attribute.metadata.bytes))
      case .new(let value, let metadata):
        editor.set(name, to: value)
        editor.set(name + AttributeReader.suffix, to: metadata)
        hasChangedTruth = true
      case .drop:
        editor.remove(name)
        editor.remove(name + AttributeReader.suffix)
        hasChangedTruth = true
      }
      if !isInBase { report.addedAttributes += 1 }
    }
    Self.addOthers(of: versions, to: &editor, report: &report)
    line = Self.marked(editor.line, as: versions, hasChangedTruth: hasChangedTruth)
  }

  private static func addOthers(
    of versions: [EntryVersion], to editor: inout ObjectEditor, report: inout MergeReport
  ) {
    var added: [String: JSONValue] = [:]
    let attributes = Set(versions.flatMap(\.attributeNames))
    let taken = attributes.union(attributes.map { $0 + AttributeReader.suffix })
    for version in versions.dropFirst() {
      for (name, value) in version.otherMembers {
        if taken.contains(name) {
          report.otherDifferences += 1
        } else if let found = editor[name] ?? added[name] {
          if !found.bytes.elementsEqual(value.bytes) { report.otherDifferences += 1 }
        } else {
          editor.set(name, to: Array(value.bytes))
          added[name] = value
        }
      }
    }
  }

  /// The line with what the authors noted about the image.
  ///
  /// What one left out or flagged, all do; it was put off only if all put it off; and nobody has
  /// looked over what was put together only now.
  private static func marked(
    _ line: [UInt8], as versions: [EntryVersion], hasChangedTruth: Bool
  ) -> [UInt8] {
    let marks = versions.map(\.entry.mark)
    guard hasChangedTruth || !marks.allSatisfy({ $0 == marks[0] }) else { return line }
    let mark = Mark(
      isVerified: !hasChangedTruth && marks.contains(where: \.isVerified),
      isSkipped: marks.allSatisfy(\.isSkipped), isExcluded: marks.contains(where: \.isExcluded),
      flag: marks.lazy.compactMap(\.flag).first, rejected: unique(marks.flatMap(\.rejected)),
      corrected: unique(marks.flatMap(\.corrected)))
    return (try? Entry(line: line).settingMark(mark)) ?? line
  }

  private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}

extension MergeReport {
  fileprivate mutating func count(_ merge: AttributeMerge) {
    if merge.isConflict { conflicts += 1 }
    if merge.isUnsettled { unsettled += 1 }
    if merge.isBelowQuorum { belowQuorum += 1 }
    addedBoxes += merge.addedBoxes
    droppedBoxes += merge.droppedBoxes
    movedBoxes += merge.movedBoxes
  }
}
