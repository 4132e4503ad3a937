import GroundTruth

/// A survey by way of entries: slow, and plain to see.
struct ReferenceSurvey {
  struct Label: Hashable {
    var boxCount = 0
    var imageCount = 0
    var imageLevelCount = 0
    var classID: Int?
  }

  struct Summary: Hashable {
    var state: EntryState
    var boxCount = 0
    var labels: [Int] = []
  }

  struct Attribute: Hashable {
    var lineCount = 0
    var humanCount = 0
    var newestDate = ""
  }

  private(set) var names: [String] = []
  private(set) var labels: [Label] = []
  private(set) var summaries: [Summary] = []
  private(set) var attributes: [String: Attribute] = [:]
  private(set) var problems: [Int: [ManifestError]] = [:]
  private(set) var stateCounts: [EntryState: Int] = [:]
  private(set) var classIDs = ClassIDs()

  init(_ lines: [[UInt8]], truth: String) {
    for line in lines { add(line, truth: truth) }
    for place in names.indices where labels[place].boxCount > 0 {
      if let id = Int(names[place]), String(id) == names[place] { note(place, id) }
    }
  }

  init(_ survey: Survey) {
    let counts = survey.labels.sorted { $0.index < $1.index }
    names = counts.map(\.name)
    labels = counts.map {
      Label(
        boxCount: $0.boxCount, imageCount: $0.imageCount, imageLevelCount: $0.imageLevelCount,
        classID: $0.classID)
    }
    summaries = survey.summaries.map {
      Summary(state: $0.state, boxCount: $0.boxCount, labels: $0.labels.indexes)
    }
    for attribute in survey.boxAttributes {
      attributes[attribute.name] = Attribute(
        lineCount: attribute.lineCount, humanCount: attribute.humanCount,
        newestDate: attribute.newestDate)
    }
    problems = survey.problems
    stateCounts = survey.stateCounts
    classIDs = survey.classIDs
  }

  private mutating func add(_ line: [UInt8], truth: String) {
    var summary: Summary
    do throws(ManifestError) {
      let entry = try Entry(line: line)
      if !entry.problems.isEmpty { problems[summaries.count] = entry.problems }
      summary = count(entry, truth: truth)
    } catch {
      problems[summaries.count] = [error]
      summary = Summary(state: error == .blankLine ? .blank : .broken)
    }
    stateCounts[summary.state, default: 0] += 1
    summaries.append(summary)
  }

  private mutating func count(_ entry: Entry, truth: String) -> Summary {
    for map in entry.boxSets.map(\.classMap) + entry.multiLabels.map(\.classMap) {
      for (id, name) in map.sorted(by: { $0.key < $1.key }) { note(place(of: name), id) }
    }
    let boxes = entry.boxSet(truth)?.boxes ?? []
    var onLine: Set<Int> = []
    for box in boxes {
      let place = place(of: box.label)
      labels[place].boxCount += 1
      if onLine.insert(place).inserted { labels[place].imageCount += 1 }
    }
    var asWhole: Set<Int> = []
    for label in entry.truthImageLabels {
      let place = place(of: label)
      if onLine.insert(place).inserted { labels[place].imageCount += 1 }
      if asWhole.insert(place).inserted { labels[place].imageLevelCount += 1 }
    }
    for set in entry.boxSets {
      attributes[set.attribute, default: Attribute()].lineCount += 1
      guard set.isHumanAnnotated else { continue }
      attributes[set.attribute]?.humanCount += 1
      let newest = attributes[set.attribute]?.newestDate ?? ""
      attributes[set.attribute]?.newestDate = max(newest, set.creationDate ?? "")
    }
    return Summary(
      state: EntryState(of: entry, truth: truth), boxCount: boxes.count, labels: onLine.sorted())
  }

  private mutating func place(of name: String) -> Int {
    if let place = names.firstIndex(of: name) { return place }
    names.append(name)
    labels.append(Label())
    return names.count - 1
  }

  private mutating func note(_ place: Int, _ id: Int) {
    if labels[place].classID == nil, classIDs.note(names[place], id: id) {
      labels[place].classID = id
    }
  }
}

extension ReferenceSurvey: Equatable {}
