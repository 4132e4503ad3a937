/// Counts lines one after another into a part of a survey.
struct SurveyPartBuilder {
  /// How many bytes of different class maps are kept at hand.
  private static let classMapLimit = 1 << 20

  private let truth: String
  private let first: Int
  private var reader: LineReader
  private var names = NameTable()
  private var summaries: [EntrySummary] = []
  private var tallies: [Survey.Part.LabelTally] = []
  private var problems: [Int: [ManifestError]] = [:]
  /// How many lines have each state, by its bits.
  private var states = [Int](repeating: 0, count: 1 << EntryState.bitCount)
  /// The last lines on which a label was counted: at all, and for the whole image.
  private var seen: [(onLine: Int, asWhole: Int)] = []
  private var attributes: [AttributeTally] = []
  private var attributesByName = ByteTable()
  private var boxes: BoxMeasures?
  /// The class map of each metadata of a line.
  private var maps: [Int?] = []

  /// Begins a part.
  ///
  /// - Parameters:
  ///   - lines: The lines that will be added.
  ///   - truth: The bounding-box attribute whose boxes count.
  ///   - measuringBoxes: Whether its boxes are measured, too.
  init(for lines: Range<Int>, truth: String, measuringBoxes: Bool = false) {
    self.truth = truth
    reader = LineReader(measuringBoxes: measuringBoxes)
    boxes = measuringBoxes ? BoxMeasures() : nil
    first = lines.lowerBound
    summaries.reserveCapacity(lines.count)
  }

  /// What was counted.
  var part: Survey.Part {
    var counts: [EntryState: Int] = [:]
    for (bits, count) in states.enumerated() where count > 0 {
      counts[EntryState(rawValue: UInt16(bits))] = count
    }
    let unused = names.labels.count - tallies.count
    return Survey.Part(
      lines: first..<first + summaries.count, truth: truth, summaries: summaries,
      labels: names.labels, tallies: tallies + Array(repeating: .init(), count: unused),
      classes: names.classes, attributes: attributes.map(\.count), stateCounts: counts,
      problems: problems, boxes: boxes)
  }

  private var line: Int { first + summaries.count }

  /// Counts the next line.
  mutating func add(_ bytes: Span<UInt8>) {
    if names.classMapBytes > Self.classMapLimit { names.forgetClassMaps() }
    let summary =
      reader.read(bytes) && findClassMaps(bytes)
      ? count(bytes) : count(LineFacts(line: bytes.indices.map { bytes[$0] }, truth: truth))
    states[Int(summary.state.rawValue)] += 1
    summaries.append(summary)
  }

  /// Finds the class maps of the line just read.
  ///
  /// - Returns: Whether all of them are such; if not, none is taken over.
  private mutating func findClassMaps(_ bytes: Span<UInt8>) -> Bool {
    maps.removeAll(keepingCapacity: true)
    for metadata in reader.metadata {
      maps.append(metadata.classMap.isEmpty ? nil : names.classMap(bytes, metadata.classMap))
    }
    func isNew(_ attribute: LineReader.Attribute) -> Bool {
      maps[attribute.metadata] == nil && !reader.metadata[attribute.metadata].classMap.isEmpty
    }
    // Of an image-level label's metadata no class map is asked for.
    for attribute in reader.attributes where attribute.kind != .label && isNew(attribute) {
      let range = reader.metadata[attribute.metadata].classMap
      guard NameTable.isClassMap(bytes, range) else { return false }
    }
    for kind in [LineReader.Attribute.Kind.boxes, .labels] {
      for attribute in reader.attributes where attribute.kind == kind && isNew(attribute) {
        let range = reader.metadata[attribute.metadata].classMap
        maps[attribute.metadata] =
          names.classMap(bytes, range) ?? names.addClassMap(bytes, range)
      }
    }
    return true
  }

  // MARK: A line as it should be

  private mutating func count(_ bytes: Span<UInt8>) -> EntrySummary {
    var (hasLabel, hasPrediction, isAutomatic) = (false, false, false)
    var truth: LineReader.Attribute?
    for attribute in reader.attributes {
      let metadata = reader.metadata[attribute.metadata]
      if !metadata.isHuman { hasPrediction = true }
      switch attribute.kind {
      case .boxes: if tally(attribute, bytes) { truth = attribute }
      case .label where metadata.isHuman: hasLabel = true
      case .label where isTruth(attribute, bytes): (hasLabel, isAutomatic) = (true, true)
      case .label: break
      case .labels: hasLabel = hasLabel || metadata.isHuman && !attribute.ids.isEmpty
      }
    }
    var found = LabelIndexes()
    let places = truth?.ids ?? 0..<0
    if let truth {
      for place in places {
        let label = names.label(of: reader.classIDs[place], map: maps[truth.metadata])
        note(label, into: &found)
        tallies[label].boxCount += 1
        boxes?.add(width: reader.sizes[place].width, height: reader.sizes[place].height)
      }
    }
    if hasLabel { countImageLabels(bytes, into: &found) }
    var state = reader.mark
    if !places.isEmpty || hasLabel {
      state.insert(.labelled)
    } else if let truth, reader.metadata[truth.metadata].isHuman {
      state.insert(.empty)
    } else {
      state.insert(.unlabelled)
    }
    if hasPrediction { state.insert(.predicted) }
    if let truth, !places.isEmpty, !reader.metadata[truth.metadata].isHuman { isAutomatic = true }
    if isAutomatic { state.insert(.automatic) }
    return EntrySummary(state: state, boxCount: places.count, labels: found)
  }

  /// Whether an image-level label by itself is no prediction.
  private func isTruth(_ attribute: LineReader.Attribute, _ bytes: Span<UInt8>) -> Bool {
    if reader.metadata[attribute.metadata].isHuman { return true }
    let (prefix, name) = (Self.truthPrefix, attribute.name)
    guard name.count >= prefix.count else { return false }
    return prefix.indices.allSatisfy { bytes[name.lowerBound + $0] == prefix[$0] }
  }

  private static let truthPrefix = Array(ImageLabel.truthPrefix.utf8)

  /// Counts the image-level labels that are no predictions: those by themselves, then those in
  /// arrays.
  private mutating func countImageLabels(_ bytes: Span<UInt8>, into found: inout LabelIndexes) {
    for attribute in reader.attributes where attribute.kind == .label {
      guard isTruth(attribute, bytes) else { continue }
      let spelled = reader.metadata[attribute.metadata].className
      noteWhole(names.label(spelled: spelled, bytes), into: &found)
    }
    for attribute in reader.attributes where attribute.kind == .labels {
      guard reader.metadata[attribute.metadata].isHuman else { continue }
      for place in attribute.ids {
        let label = names.label(of: reader.classIDs[place], map: maps[attribute.metadata])
        noteWhole(label, into: &found)
      }
    }
  }

  /// Counts a bounding-box attribute; tells whether it is the truth.
  private mutating func tally(
    _ attribute: LineReader.Attribute, _ bytes: Span<UInt8>
  ) -> Bool {
    let place: Int
    if let known = attributesByName.value(of: bytes, attribute.name) {
      place = known
    } else {
      let name = String(decoding: attribute.name.map { bytes[$0] }, as: UTF8.self)
      place = self.place(ofAttribute: name)
      attributesByName.insert(place, for: bytes, attribute.name)
    }
    let metadata = reader.metadata[attribute.metadata]
    attributes[place].lineCount += 1
    if metadata.isHuman {
      attributes[place].humanCount += 1
      attributes[place].noteDate(bytes, metadata.creationDate)
    }
    return attributes[place].isTruth
  }

  // MARK: A line that something is wrong with, or odd

  private mutating func count(_ facts: LineFacts) -> EntrySummary {
    if !facts.problems.isEmpty, problems.count < Survey.problemLimit {
      problems[line] = facts.problems
    }
    for (id, name) in facts.classMap { names.noteClass(names.label(named: name), id: id) }
    var found = LabelIndexes()
    for tally in facts.tallies {
      let label = names.label(named: tally.name)
      note(label, into: &found)
      tallies[label].boxCount += tally.boxCount
      if tally.isImageLevel { noteWhole(label, into: &found) }
    }
    for set in facts.boxSets {
      if set.attribute == truth {
        for box in set.boxes { boxes?.add(width: box.width, height: box.height) }
      }
      let place = place(ofAttribute: set.attribute)
      attributes[place].lineCount += 1
      if set.isHumanAnnotated {
        attributes[place].humanCount += 1
        attributes[place].noteDate(Array((set.creationDate ?? "").utf8))
      }
    }
    return EntrySummary(state: facts.state, boxCount: facts.boxCount, labels: found)
  }

  private mutating func place(ofAttribute name: String) -> Int {
    if let place = attributes.firstIndex(where: { $0.name == name }) { return place }
    attributes.append(AttributeTally(name: name, isTruth: name == truth))
    return attributes.count - 1
  }

  // MARK: Labels of the line

  private mutating func note(_ label: Int, into found: inout LabelIndexes) {
    while tallies.count <= label {
      tallies.append(Survey.Part.LabelTally())
      seen.append((-1, -1))
    }
    guard seen[label].onLine != line else { return }
    seen[label].onLine = line
    tallies[label].imageCount += 1
    found.insert(label)
  }

  private mutating func noteWhole(_ label: Int, into found: inout LabelIndexes) {
    note(label, into: &found)
    guard seen[label].asWhole != line else { return }
    seen[label].asWhole = line
    tallies[label].imageLevelCount += 1
  }
}
