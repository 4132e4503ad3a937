/// Several manifests about to become one, image by image.
///
/// The lines of the first come first, in its order; then those of the next whose images are new.
/// Where several have an image, their attributes are gathered on the line of the first that has
/// it; the same attribute said differently is a conflict, which the rule settles. An image that a
/// manifest names several times is merged time by time. Labels are the same by name: the first
/// manifest's class ids stay, a label that is new keeps its id if that is free. What nobody says
/// differently keeps its bytes, so that a manifest merged with itself stays as it is.
///
/// Lines are made when asked for, so that memory doesn't grow with their length.
public struct ManifestMerge: Sendable {
  /// A line of the merged manifest.
  public struct Line: Hashable, Sendable {
    /// Which manifest it takes its form and line ending from, from 0.
    public let manifest: Int
    /// Which line of that, from 0.
    public let line: Int
    /// Its bytes where they are others than there.
    public let bytes: [UInt8]?
  }

  /// The manifests, first come first.
  public let datasets: [Dataset]
  private let options: MergeOptions
  private let classIDs: ClassIDs
  private let indexes: [NamingIndex]
  /// The lines that later manifests add.
  private let added: [(manifest: Int, line: Int)]
  private let start: MergeReport

  /// Looks through manifests.
  ///
  /// - Parameters:
  ///   - datasets: The manifests, at least one.
  ///   - options: The rule for conflicts.
  /// - Complexity: O(bytes); holds 16 bytes a line.
  public init(_ datasets: [Dataset], options: MergeOptions) {
    self.datasets = datasets
    self.options = options
    let indexes = datasets.map { NamingIndex(of: $0) }
    self.indexes = indexes
    var report = MergeReport(manifestCount: datasets.count)
    var ids = ClassIDs()
    for (number, dataset) in datasets.enumerated() {
      ids.take(from: dataset, manifest: number, report: &report)
    }
    classIDs = ids
    var added: [(manifest: Int, line: Int)] = []
    for manifest in datasets.indices.dropFirst() {
      for line in 0..<datasets[manifest].count {
        guard
          let reference = try? Entry.sourceReference(of: datasets[manifest].line(at: line)),
          !(0..<manifest).contains(where: { indexes[$0].contains(reference) })
        else { continue }
        added.append((manifest, line))
        report.addedLines[manifest] += 1
      }
      for (line, error) in indexes[manifest].unreadable
      where report.unreadable.count < NamingIndex.unreadableLimit {
        report.unreadable.append(.init(manifest: manifest, line: line, error: error))
      }
      report.unreadableCount += indexes[manifest].unreadableCount
    }
    self.added = added
    report.addedLines[0] = datasets[0].count
    report.lineCount = datasets[0].count + added.count
    start = report
  }

  /// How many lines the merged manifest has.
  public var count: Int { datasets[0].count + added.count }

  /// What is known before the first line is made; give it to `line(at:report:)` for each line.
  public var emptyReport: MergeReport { start }

  /// What the merge does, in numbers.
  ///
  /// - Complexity: O(bytes).
  public var report: MergeReport {
    var report = start
    for index in 0..<count { _ = line(at: index, report: &report) }
    return report
  }

  /// A line of the merged manifest.
  ///
  /// - Parameters:
  ///   - index: Which one, from 0.
  ///   - report: What is done to it is counted here.
  /// - Returns: The line.
  /// - Complexity: O(length of the lines of that image), and a search in each manifest.
  public func line(at index: Int, report: inout MergeReport) -> Line {
    let (manifest, number) =
      index < datasets[0].count ? (0, index) : added[index - datasets[0].count]
    let found = datasets[manifest].line(at: number)
    let base = manifest == 0 ? found : EntryVersion.reconciled(found, with: classIDs)
    guard let first = try? EntryVersion(line: base) else {
      return Line(manifest: manifest, line: number, bytes: nil)
    }
    let others = lines(of: first.entry.sourceRef, after: manifest, line: number)
    let versions = others.compactMap { other in
      // The same bytes say the same, whatever the ids.
      other == found
        ? first : try? EntryVersion(line: EntryVersion.reconciled(other, with: classIDs))
    }.filter { $0.entry.sourceRef == first.entry.sourceRef }
    let merge = EntryMerge(
      [first] + versions, options: options, classIDs: classIDs, report: &report)
    if !versions.isEmpty {
      report.commonLines += 1
      if merge.line != found { report.changedLines += 1 }
    }
    return Line(manifest: manifest, line: number, bytes: merge.line == found ? nil : merge.line)
  }

  /// The lines that later manifests have for an image, by the same count of its namings.
  private func lines(of reference: String, after manifest: Int, line: Int) -> [[UInt8]] {
    let own = indexes[manifest].namings(of: reference, around: line)
    return datasets.indices.dropFirst(manifest + 1).flatMap { later in
      // The last naming here takes what is named oftener there.
      let lines =
        own.after == 0
        ? indexes[later].lines(of: reference, namings: own.before...)
        : indexes[later].line(of: reference, naming: own.before).map { [$0] } ?? []
      return lines.map { datasets[later].line(at: $0) }
    }
  }
}

extension ClassIDs {
  /// Takes over the classes of a manifest: a label has one id, and an id one label.
  fileprivate mutating func take(
    from dataset: Dataset, manifest: Int, report: inout MergeReport
  ) {
    var seen: Set<String> = []
    for index in 0..<dataset.count {
      guard let entry = try? Entry(line: dataset.line(at: index)) else { continue }
      let maps = entry.boxSets.map(\.classMap) + entry.multiLabels.map(\.classMap)
      for map in maps {
        for (id, label) in map.sorted(by: { $0.key < $1.key }) where seen.insert(label).inserted {
          if !note(label, id: id) { add(label) }
          if manifest > 0, let new = self.id(for: label), new != id {
            report.movedClasses.append(
              .init(manifest: manifest, label: label, oldID: id, newID: new))
          }
        }
      }
    }
  }
}
