/// What one line adds to a survey.
///
/// Worked out from the line's bytes alone, so that a line's part can be taken away again.
struct LineFacts {
  /// A label on the line.
  struct Tally {
    let name: String
    var boxCount = 0
    var isImageLevel = false
  }

  private(set) var state: EntryState
  private(set) var boxCount = 0
  /// The labels in the order seen.
  private(set) var tallies: [Tally] = []
  private(set) var classMap: [(id: Int, name: String)] = []
  private(set) var boxSets: [BoxSet] = []
  private(set) var problems: [ManifestError] = []
  /// Where the labels of a line with many are, by name.
  private var places: [String: Int] = [:]

  /// Up to so many labels are searched one by one, which is faster for few.
  private static let searchLimit = 16

  /// Reads a line whose boxes that count are those of an attribute.
  init(line: [UInt8], truth: String) {
    do throws(ManifestError) {
      let entry = try Entry(line: line)
      state = EntryState(of: entry, truth: truth)
      problems = entry.problems
      boxSets = entry.boxSets
      if let boxes = entry.boxSet(truth)?.boxes {
        boxCount = boxes.count
        for box in boxes { tallies[place(of: box.label)].boxCount += 1 }
      }
      for label in entry.truthImageLabels { tallies[place(of: label)].isImageLevel = true }
      for set in entry.boxSets { note(set.classMap) }
      for set in entry.multiLabels { note(set.classMap) }
    } catch {
      state = error == .blankLine ? .blank : .broken
      problems = [error]
    }
  }

  private mutating func note(_ map: [Int: String]) {
    for (id, name) in map.sorted(by: { $0.key < $1.key }) { classMap.append((id, name)) }
  }

  private mutating func place(of name: String) -> Int {
    let isShort = tallies.count <= Self.searchLimit
    let found = isShort ? tallies.firstIndex { $0.name == name } : places[name]
    if let found { return found }
    tallies.append(Tally(name: name))
    if tallies.count > Self.searchLimit {
      for place in places.count..<tallies.count { places[tallies[place].name] = place }
    }
    return tallies.count - 1
  }
}
