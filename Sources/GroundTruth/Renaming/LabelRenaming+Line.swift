extension LabelRenaming {
  /// A line with its labels renamed; `nil` if it has none of them.
  ///
  /// What can't be read is left as it is.
  ///
  /// - Parameters:
  ///   - line: The line's bytes.
  ///   - counts: What is found is added to these, by old name.
  /// - Returns: The new bytes.
  /// - Complexity: O(length).
  public func renamed(_ line: [UInt8], counting counts: inout [String: Count]) -> [UInt8]? {
    guard census.mayConcern(line), let entry = try? Entry(line: line),
      let object = try? JSONValue(manifestLine: line), let members = object.members
    else { return nil }
    var renamer = LineRenamer(renaming: self, entry: entry, object: object, members: members)
    renamer.run()
    guard let new = renamer.line else { return nil }
    for (label, count) in renamer.counts {
      counts[label, default: Count()].lineCount += 1
      counts[label, default: Count()].boxCount += count.boxCount
      counts[label, default: Count()].imageLevelCount += count.imageLevelCount
    }
    return new
  }
}

/// The renaming of one line.
private struct LineRenamer {
  let renaming: LabelRenaming
  let entry: Entry
  let object: JSONValue
  let members: [JSONMember]
  var counts: [String: LabelRenaming.Count] = [:]
  private var replacements = ByteReplacements()
  private var attributesToRemove: [String] = []
  private var newAttributes: Set<String> = []
  private let style: JSONStyle

  init(renaming: LabelRenaming, entry: Entry, object: JSONValue, members: [JSONMember]) {
    self.renaming = renaming
    self.entry = entry
    self.object = object
    self.members = members
    style = JSONStyle(of: object)
  }

  /// The line after the changes; `nil` if there are none.
  var line: [UInt8]? {
    var line = replacements.applied(to: object.line)
    if !attributesToRemove.isEmpty, let object = try? JSONValue(manifestLine: line),
      var editor = ObjectEditor(object, style: style)
    {
      for attribute in attributesToRemove {
        editor.remove(attribute)
        editor.remove(attribute + AttributeReader.suffix)
      }
      line = editor.line
    }
    return line == object.line ? nil : line
  }

  mutating func run() {
    for set in entry.boxSets {
      rewrite(set.attribute, classMap: set.classMap)
      for box in set.boxes where renaming.names[box.label] != nil {
        counts[box.label, default: LabelRenaming.Count()].boxCount += 1
      }
      note(set.classMap)
    }
    for set in entry.multiLabels {
      rewrite(set.attribute, classMap: set.classMap)
      for member in set.members where renaming.names[member.label] != nil {
        counts[member.label, default: LabelRenaming.Count()].imageLevelCount += 1
      }
      note(set.classMap)
    }
    for pair in entry.imageLabels {
      guard let new = renaming.names[pair.label] else { continue }
      counts[pair.label, default: LabelRenaming.Count()].imageLevelCount += 1
      if Self.isOwn(pair), isAlreadyThere(new, besides: pair) {
        attributesToRemove.append(pair.attribute)
      }
    }
    for pair in entry.imageLabels where !attributesToRemove.contains(pair.attribute) {
      if let new = renaming.names[pair.label] { rename(pair, to: new) }
    }
  }

  /// Labels that a class map names without any box of them are renamed too.
  private mutating func note(_ map: [Int: String]) {
    for label in map.values where renaming.names[label] != nil && counts[label] == nil {
      counts[label] = LabelRenaming.Count()
    }
  }

  // MARK: Class maps

  private mutating func rewrite(_ attribute: String, classMap: [Int: String]) {
    guard let value = members.last(named: attribute),
      let metadata = members.last(named: attribute + AttributeReader.suffix)
    else { return }
    let rewriting = ClassRewriting(
      value: value, metadata: metadata, classMap: classMap, style: style
    ) { old in
      guard let new = renaming.names[old.label] else { return old }
      return ClassRewriting.Class(id: id(of: new, insteadOf: old, in: classMap), label: new)
    }
    for (range, bytes) in rewriting.replacements.all { replacements.replace(range, by: bytes) }
  }

  /// The id that a renamed class has on this line.
  private func id(
    of new: String, insteadOf old: ClassRewriting.Class, in classMap: [Int: String]
  ) -> Int {
    guard renaming.mergedNames.contains(new) else { return old.id }
    let wanted =
      renaming.names[new] == nil
      ? classMap.filter { $0.value == new }.keys.min() ?? renaming.mergedIDs[new]
      : renaming.mergedIDs[new]
    guard let wanted else { return old.id }
    // On a line that numbers its classes otherwise, the id may be another label's.
    guard let other = classMap[wanted] else { return wanted }
    return other == new || renaming.names[other] == new ? wanted : old.id
  }

  // MARK: Image-level labels

  private mutating func rename(_ pair: ImageLabel, to new: String) {
    guard let metadata = members.last(named: pair.attribute + AttributeReader.suffix),
      let name = metadata.members?.last(named: "class-name")
    else { return }
    replacements.replace(name.range, by: JSONText.encode(new))
    rewriteNumber(of: pair, to: new)
    if Self.isOwn(pair) { renameAttribute(pair.attribute, to: freeName(for: new)) }
  }

  /// Whether the image has the label already, said by the same kind of author.
  private func isAlreadyThere(_ new: String, besides pair: ImageLabel) -> Bool {
    renaming.mergedNames.contains(new)
      && entry.imageLabels.contains { other in
        guard other.attribute != pair.attribute, other.isHumanAnnotated == pair.isHumanAnnotated
        else { return false }
        if renaming.names[other.label] == nil { return other.label == new }
        // Of two that are renamed to the same, the first stays.
        return renaming.names[other.label] == new && !attributesToRemove.contains(other.attribute)
          && precedes(other.attribute, pair.attribute)
      }
  }

  private func precedes(_ first: String, _ second: String) -> Bool {
    let names = entry.imageLabels.map(\.attribute)
    return (names.firstIndex(of: first) ?? 0) < (names.firstIndex(of: second) ?? 0)
  }

  /// Gives the attribute the number that others of the new label have in attributes of that name.
  private mutating func rewriteNumber(of pair: ImageLabel, to new: String) {
    guard renaming.mergedNames.contains(new), let value = members.last(named: pair.attribute)
    else { return }
    let attribute = Self.isOwn(pair) ? Self.ownName(of: new) : pair.attribute
    guard let number = renaming.census.numbers[attribute]?[new],
      value.classID != number
    else { return }
    replacements.replace(
      value.range,
      by: value.kind == .string ? JSONText.encode(String(number)) : JSONNumber.encode(number))
  }

  private mutating func renameAttribute(_ old: String, to new: String) {
    newAttributes.insert(new)
    for member in members {
      if member.isNamed(old) {
        replacements.replace(member.key, by: JSONText.encode(new))
      } else if member.isNamed(old + AttributeReader.suffix) {
        replacements.replace(member.key, by: JSONText.encode(new + AttributeReader.suffix))
      }
    }
  }

  private func freeName(for label: String) -> String {
    // Names that are given up on this line are free: labels may swap theirs.
    let givenUp = Set(
      entry.imageLabels.filter { renaming.names[$0.label] != nil && Self.isOwn($0) }
        .map(\.attribute)
    ).subtracting(attributesToRemove)
    func isFree(_ name: String) -> Bool {
      guard AttributeName.isLegal(name), !newAttributes.contains(name) else { return false }
      return givenUp.contains(name)
        || !members.contains { $0.isNamed(name) || $0.isNamed(name + AttributeReader.suffix) }
    }
    let name = Self.ownName(of: label)
    if isFree(name) { return name }
    // A line has finitely many members, so a free number is found.
    return (0...).lazy.map { Self.ownName(of: String($0)) }.first(where: isFree) ?? name
  }

  private static func isOwn(_ pair: ImageLabel) -> Bool {
    pair.attribute == ownName(of: pair.label)
  }

  /// The name of an attribute written here for an image-level label.
  private static func ownName(of label: String) -> String { "image-label_" + label }
}
