/// What is in a dataset: its labels, attributes and the state of each entry.
///
/// Made in one pass and kept up to date line by line, so that an edit costs the same in a manifest
/// of ten lines and of a million.
public struct Survey: Sendable {
  /// The bounding-box attribute whose boxes count.
  public let truth: String
  /// Which number stands for which label.
  public private(set) var classIDs: ClassIDs
  /// One summary a line, blank and broken lines included.
  public private(set) var summaries: [EntrySummary] = []
  /// What couldn't be read, by line (counted from 0).
  public private(set) var problems: [Int: [ManifestError]] = [:]
  /// How many entries are in each state.
  public private(set) var stateCounts: [EntryState: Int] = [:]

  private var counts: [LabelCount] = []
  private var indexes: [String: Int] = [:]
  private var attributes: [String: AttributeCount] = [:]

  /// The attribute that new boxes go to where nothing else is known.
  public static let defaultAttribute = "bounding-box"

  /// Looks at every line of a dataset.
  ///
  /// The truth is the attribute named, else the one that a human vouches for on most lines (on a
  /// tie the one with the newest date), else `bounding-box`.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - truth: The attribute whose boxes count, if it is known.
  ///   - names: Labels that are to have ids even where no line uses them. Ids that the lines give
  ///     go first, since ids never move.
  /// - Complexity: O(bytes); a second pass if the first lines misled about the truth.
  public init(_ dataset: Dataset, truth: String? = nil, names: [String] = []) {
    let guess = truth ?? Self.truth(in: dataset, lines: 0..<min(64, dataset.count))
    let survey = Survey(dataset, scanningFor: guess)
    let found = truth ?? survey.mostVouchedFor ?? Self.defaultAttribute
    self = found == guess ? survey : Survey(dataset, scanningFor: found)
    for name in names { add(name) }
  }

  private init(_ dataset: Dataset, scanningFor truth: String) {
    self.truth = truth
    classIDs = ClassIDs()
    summaries.reserveCapacity(dataset.count)
    for line in 0..<dataset.count { append(dataset.line(at: line)) }
    // Ids that lines use without naming them come last: a name found anywhere is better.
    for label in counts where label.classID == nil && label.boxCount > 0 {
      if let id = Int(canonical: label.name) { noteClass(label.name, id: id) }
    }
  }

  private static func truth(in dataset: Dataset, lines: Range<Int>) -> String {
    let few = Dataset(source: lines.map { dataset.line(at: $0) })
    return Survey(few, scanningFor: defaultAttribute).mostVouchedFor ?? defaultAttribute
  }

  /// The labels by class id, then those without one in the order seen.
  ///
  /// - Complexity: O(*n* log *n*) in the number of labels.
  public var labels: [LabelCount] {
    counts.sorted {
      ($0.classID ?? Int.max, $0.index) < ($1.classID ?? Int.max, $1.index)
    }
  }

  /// The label of a number in `EntrySummary.labels`.
  public func label(_ index: Int) -> LabelCount { counts[index] }

  /// The number of a label in `EntrySummary.labels`.
  public func index(of label: String) -> Int? { indexes[label] }

  /// The bounding-box attributes, those that humans vouch for most first.
  public var boxAttributes: [AttributeCount] {
    attributes.values.filter { $0.lineCount > 0 }.sorted {
      if $0.humanCount != $1.humanCount { return $0.humanCount > $1.humanCount }
      if $0.newestDate != $1.newestDate { return $0.newestDate > $1.newestDate }
      return ($1.lineCount, $0.name) < ($0.lineCount, $1.name)
    }
  }

  private var mostVouchedFor: String? {
    boxAttributes.first.flatMap { $0.humanCount > 0 ? $0.name : nil }
  }

  /// How many entries have all these bits.
  ///
  /// - Complexity: O(number of different states).
  public func count(of state: EntryState) -> Int {
    stateCounts.reduce(0) { $0 + ($1.key.isSuperset(of: state) ? $1.value : 0) }
  }

  /// The line numbers (from 0) with problems, ascending.
  public var problemLines: [Int] { problems.keys.sorted() }

  /// Gives a label an id if it has none, and lists it.
  ///
  /// - Returns: The class id.
  @discardableResult
  public mutating func add(_ name: String) -> Int {
    let id = classIDs.add(name)
    counts[index(adding: name)].classID = id
    return id
  }

  /// Counts one more line.
  ///
  /// - Complexity: O(length of the line).
  public mutating func append(_ line: [UInt8]) {
    let facts = LineFacts(line: line, truth: truth)
    let number = summaries.count
    if !facts.problems.isEmpty { problems[number] = facts.problems }
    summaries.append(summary(counting: facts))
  }

  /// Counts a line as it is now in place of how it was.
  ///
  /// The newest date of an attribute isn't taken back; it only decides between equals when a
  /// survey is made.
  ///
  /// - Parameters:
  ///   - line: The line, counted from 0; others are ignored.
  ///   - old: The bytes that were counted for it.
  ///   - new: The bytes it has now.
  /// - Complexity: O(length of the line).
  public mutating func replace(line: Int, from old: [UInt8], with new: [UInt8]) {
    guard summaries.indices.contains(line) else { return }
    discount(LineFacts(line: old, truth: truth))
    let facts = LineFacts(line: new, truth: truth)
    problems[line] = facts.problems.isEmpty ? nil : facts.problems
    summaries[line] = summary(counting: facts)
  }

  private mutating func summary(counting facts: LineFacts) -> EntrySummary {
    var labels = LabelIndexes()
    for (id, name) in facts.classMap { noteClass(name, id: id) }
    for tally in facts.tallies {
      let index = index(adding: tally.name)
      labels.insert(index)
      counts[index].boxCount += tally.boxCount
      counts[index].imageCount += 1
      if tally.isImageLevel { counts[index].imageLevelCount += 1 }
    }
    for set in facts.boxSets {
      attributes[set.attribute, default: AttributeCount(name: set.attribute)].add(set)
    }
    stateCounts[facts.state, default: 0] += 1
    return EntrySummary(state: facts.state, boxCount: facts.boxCount, labels: labels)
  }

  private mutating func discount(_ facts: LineFacts) {
    for tally in facts.tallies {
      guard let index = indexes[tally.name] else { continue }
      counts[index].boxCount -= tally.boxCount
      counts[index].imageCount -= 1
      if tally.isImageLevel { counts[index].imageLevelCount -= 1 }
    }
    for set in facts.boxSets { attributes[set.attribute]?.remove(set) }
    stateCounts[facts.state, default: 0] -= 1
    if stateCounts[facts.state] == 0 { stateCounts[facts.state] = nil }
  }

  private mutating func noteClass(_ name: String, id: Int) {
    let index = index(adding: name)
    if counts[index].classID == nil, classIDs.note(name, id: id) { counts[index].classID = id }
  }

  private mutating func index(adding name: String) -> Int {
    if let index = indexes[name] { return index }
    let index = counts.count
    counts.append(LabelCount(name: name, index: index))
    indexes[name] = index
    return index
  }
}

extension AttributeCount {
  fileprivate mutating func add(_ set: BoxSet) {
    lineCount += 1
    guard set.isHumanAnnotated else { return }
    humanCount += 1
    newestDate = max(newestDate, set.creationDate ?? "")
  }

  fileprivate mutating func remove(_ set: BoxSet) {
    lineCount -= 1
    if set.isHumanAnnotated { humanCount -= 1 }
  }
}
