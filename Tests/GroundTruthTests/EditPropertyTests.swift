import Foundation
import GroundTruth
import TestSupport
import Testing

/// One kind of edit, done to an entry at random.
private enum EditKind: CaseIterable {
  case addBox, moveBox, removeBox, relabelBox, addImageLabel, removeImageLabel, mark, vouch

  /// The new line, or `nil` where the entry has nothing for this kind of edit.
  ///
  /// What must come out is checked here, against the entry that was read again.
  func edit(_ entry: Entry, _ random: inout SeededGenerator) throws -> [UInt8]? {
    switch self {
    case .addBox, .moveBox, .removeBox, .relabelBox: return try editBoxes(entry, &random)
    case .addImageLabel:
      let label = labels.randomElement(using: &random) ?? ""
      let line = try entry.addingImageLabel(label, classIDs: ids, provenance: editor)
      let after = try Entry(line: line)
      #expect(after.truthImageLabels.contains(label))
      #expect(Set(after.truthImageLabels) == Set(entry.truthImageLabels).union([label]))
      #expect(after.boxSets == entry.boxSets)
      return line
    case .removeImageLabel:
      let given =
        entry.imageLabels.map(\.label) + entry.multiLabels.flatMap { $0.members.map(\.label) }
      guard let label = given.randomElement(using: &random) else { return nil }
      let line = try entry.removingImageLabel(label, provenance: editor)
      let after = try Entry(line: line)
      // What is truth goes first; a model's says the same and stays a prediction.
      let isTruth = entry.truthImageLabels.contains(label)
      #expect(
        after.imageLabels
          == entry.imageLabels.filter { $0.label != label || $0.isTruth != isTruth })
      #expect(
        after.multiLabels.map { $0.members.map(\.label) }
          == entry.multiLabels.map { set in
            set.members.map(\.label).filter { $0 != label || set.isHumanAnnotated != isTruth }
          })
      return line
    case .mark:
      let mark = Mark(
        isVerified: .random(using: &random), isSkipped: .random(using: &random),
        isExcluded: .random(using: &random),
        flag: [nil, "", "blurred “é”\n"].randomElement(using: &random) ?? nil)
      let line = try entry.settingMark(mark)
      #expect(try Entry(line: line).mark == mark)
      if mark == Mark() { #expect(!line.text.contains("reticle")) }
      return line
    case .vouch:
      guard let set = entry.boxSets.randomElement(using: &random) else { return nil }
      let line = try entry.vouching(for: set.attribute, creationDate: editor.creationDate)
      let after = try #require(try Entry(line: line).boxSet(set.attribute))
      #expect(after.boxes == set.boxes)
      #expect(after.isHumanAnnotated)
      return line
    }
  }

  private func editBoxes(_ entry: Entry, _ random: inout SeededGenerator) throws -> [UInt8]? {
    let attribute = entry.boxSets.randomElement(using: &random)?.attribute ?? "bounding-box"
    var boxes = entry.boxSet(attribute)?.boxes ?? []
    if self == .addBox {
      boxes.insert(
        Box(
          left: Double(Int.random(in: 0..<500, using: &random)),
          top: .random(in: 0..<500, using: &random),
          width: 12, height: 0.1, label: labels.randomElement(using: &random) ?? ""),
        at: Int.random(in: 0...boxes.count, using: &random))
    } else {
      guard let index = boxes.indices.randomElement(using: &random) else { return nil }
      switch self {
      case .moveBox:
        boxes[index].left += 1
        boxes[index].height = 77
      case .relabelBox: boxes[index].label = labels.randomElement(using: &random) ?? ""
      default: boxes.remove(at: index)
      }
    }
    let line = try entry.settingBoxes(
      boxes, of: attribute, imageSize: ImageSize(width: 640, height: 480), classIDs: ids,
      provenance: editor)
    try check(boxes, attribute, entry, line)
    return line
  }

  /// Reads the boxes again, once by ourselves and once by Foundation.
  private func check(_ boxes: [Box], _ attribute: String, _ old: Entry, _ line: [UInt8]) throws {
    let set = try #require(try Entry(line: line).boxSet(attribute))
    var wanted = boxes
    for index in wanted.indices {
      wanted[index].origin = index
      wanted[index].confidence = wanted[index].confidence ?? 1
    }
    #expect(set.boxes == wanted)
    #expect(set.isHumanAnnotated && set.creationDate == editor.creationDate)
    if let before = old.boxSet(attribute) {
      #expect(set.imageSize == before.imageSize)
      #expect(before.classMap.allSatisfy { set.classMap[$0.key] == $0.value })
      try checkBytes(boxes, attribute, old.line, line)
    }
    let object = try Fixture.foundation(line)
    let value = try #require(object[attribute] as? [String: Any])
    let metadata = try #require(object[attribute + "-metadata"] as? [String: Any])
    let map = try #require(metadata["class-map"] as? [String: String])
    let annotations = try #require(value["annotations"] as? [[String: Any]])
    #expect(annotations.map { map["\($0["class_id"] ?? "")"] } == boxes.map(\.label))
    #expect((metadata["objects"] as? [Any])?.count == boxes.count)
  }

  /// Compares the bytes of the boxes that didn't change.
  private func checkBytes(
    _ boxes: [Box], _ attribute: String, _ old: [UInt8], _ new: [UInt8]
  ) throws {
    func spelt(_ line: [UInt8]) throws -> (boxes: [String], objects: [String]) {
      let top = try JSONValue(parsing: line)
      let annotations = top[attribute]?["annotations"]?.elements ?? []
      let objects = top[attribute + "-metadata"]?["objects"]?.elements ?? []
      return (annotations.map { Array($0.bytes).text }, objects.map { Array($0.bytes).text })
    }
    let (before, after) = (try spelt(old), try spelt(new))
    let found = try #require(try Entry(line: old).boxSet(attribute)).boxes
    for (index, box) in boxes.enumerated() {
      guard let origin = box.origin else { continue }
      if box == found[origin] { #expect(after.boxes[index] == before.boxes[origin]) }
      #expect(after.objects[index] == before.objects[origin])
    }
  }
}

private let labels = ["RBC", "name", "red car", "é", "0", "anomaly", "x-metadata", "dog"]
private let ids = ClassIDs(names: ["RBC", "WBC", "dog"])

@Suite("Properties of edits on real lines")
struct EditPropertyTests {
  private let seed = SeededGenerator.seed(424_242)

  @Test("an edit leaves everything else alone, and comes back", arguments: Fixture.all)
  func everyLine(fixture: Fixture) throws {
    var random = SeededGenerator(seed: seed)
    for (number, line) in fixture.lines.prefix(60).enumerated() {
      guard let entry = try? Entry(line: line) else { continue }
      for kind in EditKind.allCases {
        guard let new = try kind.edit(entry, &random) else { continue }
        let place: Comment = "seed \(seed), \(fixture.name) line \(number + 1), \(kind)"
        let splice = Splice(line: number, from: line, to: new)
        #expect(try splice.applied(to: line) == new, place)
        #expect(try splice.inverse.applied(to: new) == line, place)
        try checkOthers(entry, new, place)
      }
    }
  }

  /// Checks that at most two pairs of members changed, were added or went; the rest keeps bytes
  /// and order.
  private func checkOthers(_ entry: Entry, _ new: [UInt8], _ place: Comment) throws {
    func members(_ line: [UInt8]) throws -> [(name: String, text: String)] {
      (try JSONValue(parsing: line).members ?? []).map { ($0.name, Array(line[$0.range]).text) }
    }
    let (before, after) = (try members(entry.line), try members(new))
    let touched = Set(
      before.filter { old in !after.contains { $0 == old } }.map(\.name)
        + after.filter { new in !before.contains { $0 == new } }.map(\.name))
    let attributes = Set(touched.map { $0.replacing("-metadata", with: "") })
    #expect(attributes.count <= 1, place)
    #expect(!touched.contains("source-ref"), place)
    #expect(
      before.filter { !touched.contains($0.name) }.map(\.text)
        == after.filter { !touched.contains($0.name) }.map(\.text), place)
    let order = after.map(\.name)
    #expect(
      order.filter { name in before.contains { $0.name == name } }
        == before.map(\.name).filter(order.contains), place)
  }

  @Test("random sequences with undo and redo return to identical bytes")
  func sequences() throws {
    var random = SeededGenerator(seed: seed)
    for fixture in Fixture.all {
      let lines = Array(fixture.lines.prefix(5))
      var dataset = Dataset(source: lines)
      var states = [lines]
      for step in 0..<40 {
        let position = dataset.history.position
        let place: Comment = "seed \(seed), \(fixture.name), step \(step)"
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where position > 0:
          try dataset.perform(.undo)
          #expect(current(dataset) == states[position - 1], place)
        case 1 where position < dataset.history.edits.count:
          try dataset.perform(.redo)
          #expect(current(dataset) == states[position + 1], place)
        default:
          guard let edit = try randomEdit(dataset, &random) else { continue }
          try dataset.perform(.edit(edit))
          states = Array(states[...position]) + [current(dataset)]
        }
      }
      let last = states.count - 1
      while dataset.history.undoable != nil { try dataset.perform(.undo) }
      #expect(current(dataset) == lines)
      while dataset.history.redoable != nil { try dataset.perform(.redo) }
      #expect(current(dataset) == states[last])
    }
  }

  private func randomEdit(
    _ dataset: Dataset, _ random: inout SeededGenerator
  ) throws -> Edit? {
    let number = Int.random(in: 0..<dataset.count, using: &random)
    let old = dataset.line(at: number)
    guard let entry = try? Entry(line: old),
      let kind = EditKind.allCases.randomElement(using: &random),
      let new = try kind.edit(entry, &random)
    else { return nil }
    return Edit(summary: "\(kind)", splices: [Splice(line: number, from: old, to: new)])
  }

  private func current(_ dataset: Dataset) -> [[UInt8]] {
    (0..<dataset.count).map(dataset.line(at:))
  }
}
