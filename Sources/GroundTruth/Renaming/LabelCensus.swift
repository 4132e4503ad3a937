/// Which of some labels a dataset has, and by which numbers.
struct LabelCensus: Sendable {
  /// The labels that are there.
  private(set) var labels: Set<String> = []
  /// The class id of each, as the first class map that names it has it.
  private(set) var ids: [String: Int] = [:]
  /// The number that stands for a label as the value of an image-level attribute.
  private(set) var numbers: [String: [String: Int]] = [:]

  private let needles: [[UInt8]]

  /// Looks for labels.
  ///
  /// - Complexity: O(bytes); only lines with the text of a label are parsed.
  init(of wanted: Set<String>, in dataset: Dataset) {
    needles = wanted.map { Array($0.utf8) }
    for index in 0..<dataset.count {
      let line = dataset.line(at: index)
      guard mayConcern(line), let entry = try? Entry(line: line) else { continue }
      for set in entry.boxSets {
        note(set.classMap, wanted)
        for box in set.boxes where !set.classMap.values.contains(box.label) {
          note(box.label, wanted)
        }
      }
      for set in entry.multiLabels {
        note(set.classMap, wanted)
        for member in set.members { note(member.label, wanted) }
      }
      for pair in entry.imageLabels where wanted.contains(pair.label) {
        labels.insert(pair.label)
        if numbers[pair.attribute]?[pair.label] == nil, let number = Self.number(of: pair, line) {
          numbers[pair.attribute, default: [:]][pair.label] = number
        }
      }
    }
  }

  /// Whether a line can have one of the labels: it holds its bytes, or some escape.
  func mayConcern(_ line: [UInt8]) -> Bool {
    line.contains(UInt8(ascii: "\\")) || needles.contains { Self.holds(line, $0) }
  }

  private mutating func note(_ map: [Int: String], _ wanted: Set<String>) {
    for (id, label) in map.sorted(by: { $0.key < $1.key }) where wanted.contains(label) {
      labels.insert(label)
      if ids[label] == nil { ids[label] = id }
    }
  }

  /// Notes a label that may stand for an id that no map names.
  private mutating func note(_ label: String, _ wanted: Set<String>) {
    guard wanted.contains(label) else { return }
    labels.insert(label)
    if ids[label] == nil, let id = Int(canonical: label) { ids[label] = id }
  }

  private static func number(of pair: ImageLabel, _ line: [UInt8]) -> Int? {
    (try? JSONValue(manifestLine: line))?[pair.attribute]?.classID
  }

  private static func holds(_ line: [UInt8], _ needle: [UInt8]) -> Bool {
    guard let first = needle.first else { return true }
    let (line, needle) = (line.span, needle.span)
    guard needle.count <= line.count else { return false }
    for start in 0...line.count - needle.count where line[start] == first {
      var length = 1
      while length < needle.count, line[start + length] == needle[length] { length += 1 }
      if length == needle.count { return true }
    }
    return false
  }
}
