/// What is in a dataset: its labels, attributes and the state of each entry.
///
/// Made in one pass, at once or part by part, and kept up to date line by line, so that an edit
/// costs the same in a manifest of ten lines and of a million.
public struct Survey: Sendable {
  /// The bounding-box attribute whose boxes count.
  public let truth: String
  /// Which number stands for which label.
  public private(set) var classIDs: ClassIDs
  /// One summary a line, blank and broken lines included.
  public private(set) var summaries: [EntrySummary] = []
  /// What couldn't be read, by line (counted from 0); of `problemLimit` lines at most.
  public private(set) var problems: [Int: [ManifestError]] = [:]
  /// How many entries are in each state.
  public private(set) var stateCounts: [EntryState: Int] = [:]

  /// How many lines there are in all.
  private var lineCount: Int
  /// Parts whose turn has not come, by their first line.
  private var waiting: [Int: Part] = [:]
  private var counts: [LabelCount] = []
  private var indexes: [String: Int] = [:]
  private var attributes: [String: AttributeCount] = [:]

  /// The attribute that new boxes go to where nothing else is known.
  public static let defaultAttribute = "bounding-box"

  /// Of how many lines the problems are kept.
  public static let problemLimit = 10_000

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
    self.init(dataset, truth: truth) { truth in
      [Self.part(0..<dataset.count, of: dataset, truth: truth)]
    }
    for name in names { add(name) }
  }

  /// Looks at every line of a dataset by way of its parts.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - truth: The attribute whose boxes count; if it isn't known, it is chosen as for a survey
  ///     made in one piece.
  ///   - parts: Makes the parts of all lines for a truth, in any order; it may be asked twice.
  public init(_ dataset: Dataset, truth: String? = nil, parts: (_ truth: String) -> [Part]) {
    let guess = truth ?? Self.sample(of: dataset, lineCount: 64).truth
    func survey(_ truth: String) -> Survey {
      var survey = Survey(lineCount: dataset.count, truth: truth)
      for part in parts(truth) { survey.merge(part) }
      return survey
    }
    let first = survey(guess)
    let found = truth ?? first.mostVouchedFor ?? Self.defaultAttribute
    self = found == guess ? first : survey(found)
  }

  /// Creates a survey of which no line is counted yet.
  ///
  /// - Parameters:
  ///   - lineCount: How many lines the dataset has.
  ///   - truth: The bounding-box attribute whose boxes count.
  public init(lineCount: Int, truth: String) {
    self.truth = truth
    self.lineCount = lineCount
    classIDs = ClassIDs()
    summaries.reserveCapacity(lineCount)
  }

  /// Looks at some lines, evenly spread over a dataset, to know its truth and its labels at once.
  ///
  /// The survey is one of those lines alone.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - lineCount: How many lines to look at.
  ///   - truth: The attribute whose boxes count, if it is known.
  /// - Returns: The survey of those lines.
  public static func sample(
    of dataset: Dataset, lineCount: Int, truth: String? = nil
  ) -> Survey {
    let count = min(lineCount, dataset.count)
    let lines = (0..<count).map { dataset.line(at: $0 * dataset.count / count) }
    func survey(_ truth: String) -> Survey {
      var survey = Survey(lineCount: count, truth: truth)
      survey.merge(part(0..<count, of: Dataset(source: lines), truth: truth))
      return survey
    }
    if let truth { return survey(truth) }
    let first = survey(defaultAttribute)
    let found = first.mostVouchedFor ?? defaultAttribute
    return found == defaultAttribute ? first : survey(found)
  }

  /// Whether all lines are counted.
  public var isComplete: Bool { summaries.count >= lineCount }

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

  /// The line numbers (from 0) whose problems are kept, ascending.
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
    lineCount = max(lineCount, summaries.count + 1)
    merge(Self.part(summaries.count, line, truth: truth))
  }

  /// Adds what some lines count.
  ///
  /// Parts may come in any order; one that comes before its turn waits. A part for another truth,
  /// or of lines that are counted already, is ignored.
  ///
  /// - Complexity: O(number of lines and labels of the part).
  public mutating func merge(_ part: Part) {
    guard !part.lines.isEmpty, part.truth == truth, part.lines.lowerBound >= summaries.count
    else { return }
    waiting[part.lines.lowerBound] = part
    while let next = waiting.removeValue(forKey: summaries.count) {
      let labels = count(next)
      summaries += next.summaries.relabelled(labels)
      for (line, errors) in next.problems where problems.count < Self.problemLimit {
        problems[line] = errors
      }
    }
    if isComplete { nameUnnamedClasses() }
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
    discount(Self.part(line, old, truth: truth))
    let part = Self.part(line, new, truth: truth)
    let labels = count(part)
    summaries[line] = part.summaries.relabelled(labels)[0]
    problems[line] = nil
    if problems.count < Self.problemLimit { problems[line] = part.problems[line] }
  }

  /// Adds a part's counts.
  ///
  /// - Returns: The numbers that the part's labels have here.
  private mutating func count(_ part: Part) -> [Int] {
    let labels = part.labels.map { index(adding: $0) }
    for (label, tally) in zip(labels, part.tallies) {
      counts[label].boxCount += tally.boxCount
      counts[label].imageCount += tally.imageCount
      counts[label].imageLevelCount += tally.imageLevelCount
    }
    for found in part.classes { noteClass(labels[found.label], id: found.id) }
    for attribute in part.attributes {
      attributes[attribute.name, default: AttributeCount(name: attribute.name)].add(attribute)
    }
    for (state, count) in part.stateCounts { stateCounts[state, default: 0] += count }
    return labels
  }

  private mutating func discount(_ part: Part) {
    for (name, tally) in zip(part.labels, part.tallies) {
      guard let label = indexes[name] else { continue }
      counts[label].boxCount -= tally.boxCount
      counts[label].imageCount -= tally.imageCount
      counts[label].imageLevelCount -= tally.imageLevelCount
    }
    for attribute in part.attributes { attributes[attribute.name]?.remove(attribute) }
    for (state, count) in part.stateCounts {
      stateCounts[state, default: 0] -= count
      if stateCounts[state] == 0 { stateCounts[state] = nil }
    }
  }

  /// Gives ids that lines use without naming them, which come last: a name found anywhere is
  /// better.
  private mutating func nameUnnamedClasses() {
    for label in counts where label.classID == nil && label.boxCount > 0 {
      if let id = Int(canonical: label.name) { noteClass(label.index, id: id) }
    }
  }

  private mutating func noteClass(_ index: Int, id: Int) {
    guard counts[index].classID == nil, classIDs.note(counts[index].name, id: id) else { return }
    counts[index].classID = id
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
  fileprivate mutating func add(_ other: AttributeCount) {
    lineCount += other.lineCount
    humanCount += other.humanCount
    newestDate = max(newestDate, other.newestDate)
  }

  fileprivate mutating func remove(_ other: AttributeCount) {
    lineCount -= other.lineCount
    humanCount -= other.humanCount
  }
}

extension [EntrySummary] {
  /// The summaries with other numbers for their labels.
  fileprivate func relabelled(_ labels: [Int]) -> [EntrySummary] {
    if labels.elementsEqual(labels.indices) { return self }
    return map { summary in
      guard !summary.labels.isEmpty else { return summary }
      var summary = summary
      var found = LabelIndexes()
      for label in summary.labels.indexes { found.insert(labels[label]) }
      summary.labels = found
      return summary
    }
  }
}
