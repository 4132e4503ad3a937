/// The settling of one attribute that several manifests have for an image.
struct AttributeMerge {
  /// What comes of it.
  enum Outcome {
    /// The attribute of the version at a place stays.
    case keep(Int)
    /// It is put together anew.
    case new(value: [UInt8], metadata: [UInt8])
    /// Nobody agrees on anything: it goes.
    case drop
  }

  let name: String
  /// The versions that have the attribute, in the order of the manifests.
  let versions: [EntryVersion]
  let options: MergeOptions
  let classIDs: ClassIDs
  /// Whether the versions are different.
  private(set) var isConflict = false
  /// Whether the rule could not be followed.
  private(set) var isUnsettled = false
  private(set) var isBelowQuorum = false
  private(set) var addedBoxes = 0
  private(set) var droppedBoxes = 0
  private(set) var movedBoxes = 0

  init(name: String, versions: [EntryVersion], options: MergeOptions, classIDs: ClassIDs) {
    self.name = name
    self.versions = versions
    self.options = options
    self.classIDs = classIDs
  }

  /// Settles it.
  mutating func settle() -> Outcome {
    let attributes = versions.compactMap { $0.attribute(name) }
    guard let first = attributes.first, attributes.count == versions.count,
      !attributes.allSatisfy({ $0.isSame(as: first) })
    else { return .keep(0) }
    isConflict = true
    switch options.rule {
    case .first: return .keep(0)
    case .newest: return .keep(newest(attributes))
    case .union: return union(attributes)
    case .quorum(let votes):
      guard versions.count >= votes else {
        isBelowQuorum = true
        return .keep(0)
      }
      return quorum(votes)
    }
  }

  private func newest(_ attributes: [EntryVersion.Attribute]) -> Int {
    // Compared as text, as ISO 8601 allows; what is spelt otherwise isn't guessed at.
    let dates = attributes.map { AttributeMetadata($0.metadata)?.creationDate ?? "" }
    let newest = dates.max() ?? ""
    return dates.firstIndex(of: newest) ?? 0
  }

  // MARK: Union

  private mutating func union(_ attributes: [EntryVersion.Attribute]) -> Outcome {
    let sets = versions.compactMap { $0.entry.boxSet(name) }
    if sets.count == versions.count {
      guard let clusters = clusters(sets) else { return unsettled() }
      let added = clusters.count { $0.members[0].author > 0 }
      addedBoxes = added
      if added == 0 { return .keep(0) }
      return boxes(
        clusters.map { cluster in
          cluster.members[0].author == 0 ? cluster.first : cluster.first.asNew
        }, sets)
    }
    let lists = versions.compactMap { $0.entry.multiLabel(name) }
    if lists.count == versions.count {
      var labels: [String] = []
      for label in lists.flatMap(\.members).map(\.label) where !labels.contains(label) {
        labels.append(label)
      }
      return multiLabel(labels, lists)
    }
    // One label can't be two: the newer one holds.
    isUnsettled = versions.contains { $0.entry.imageLabel(name) == nil }
    return .keep(newest(attributes))
  }

  // MARK: Quorum

  private mutating func quorum(_ votes: Int) -> Outcome {
    let sets = versions.compactMap { $0.entry.boxSet(name) }
    if sets.count == versions.count {
      guard let clusters = clusters(sets) else { return unsettled() }
      let kept = clusters.filter { $0.members.count >= votes }
      droppedBoxes = clusters.count - kept.count
      let means = kept.map { cluster in
        cluster.members[0].author == 0 ? cluster.mean : cluster.mean.asNew
      }
      movedBoxes = zip(kept, means).count { !$0.first.hasSameEdges(as: $1) }
      return boxes(means, sets)
    }
    let lists = versions.compactMap { $0.entry.multiLabel(name) }
    if lists.count == versions.count {
      var counts: [(label: String, votes: Int)] = []
      for list in lists {
        for label in Set(list.members.map(\.label)).sorted() {
          if let place = counts.firstIndex(where: { $0.label == label }) {
            counts[place].votes += 1
          } else {
            counts.append((label, 1))
          }
        }
      }
      return multiLabel(counts.filter { $0.votes >= votes }.map(\.label), lists)
    }
    let labels = versions.compactMap { $0.entry.imageLabel(name)?.label }
    guard labels.count == versions.count else { return unsettled() }
    let counts = labels.map { label in labels.count { $0 == label } }
    guard let most = counts.max(), most >= votes, let winner = counts.firstIndex(of: most) else {
      return .drop
    }
    return .keep(winner)
  }

  private mutating func unsettled() -> Outcome {
    isUnsettled = true
    return .keep(0)
  }

  // MARK: Writing

  private func clusters(_ sets: [BoxSet]) -> [BoxMatching.Cluster]? {
    // Boxes of differently sized pictures are not in the same pixels.
    let sizes = Set(sets.compactMap { $0.imageSize.map { [$0.width, $0.height] } })
    guard sizes.count == 1, sets.reduce(0, { $0 + $1.boxes.count }) <= BoxMatching.limit else {
      return nil
    }
    return BoxMatching.clusters(of: sets.map(\.boxes), overlap: options.overlap)
  }

  private mutating func boxes(_ boxes: [Box], _ sets: [BoxSet]) -> Outcome {
    if boxes == sets[0].boxes { return .keep(0) }
    guard let size = sets.lazy.compactMap(\.imageSize).first else { return unsettled() }
    var provenance = options.provenance
    provenance.isHumanAnnotated = sets.allSatisfy(\.isHumanAnnotated)
    guard
      let line = try? versions[0].entry.settingBoxes(
        boxes, of: name, imageSize: size, classIDs: classIDs, provenance: provenance),
      let attribute = (try? EntryVersion(line: line))?.attribute(name)
    else { return unsettled() }
    return .new(
      value: Array(attribute.value.bytes), metadata: Array(attribute.metadata.bytes))
  }

  private mutating func multiLabel(_ labels: [String], _ lists: [MultiLabelSet]) -> Outcome {
    if labels == lists[0].members.map(\.label) { return .keep(0) }
    guard let attribute = versions[0].attribute(name), let elements = attribute.value.elements,
      var metadata = ObjectEditor(attribute.metadata, style: JSONStyle(of: attribute.metadata))
    else { return unsettled() }
    let style = metadata.style
    var ids = LineClassIDs(
      classMap: lists[0].classMap, unnamed: Set(lists[0].members.map(\.classID)),
      dataset: classIDs)
    let members = labels.map { label in
      let found = lists.lazy.compactMap { $0.members.first { $0.label == label } }.first
      return (id: String(ids.id(for: label)), label: label, confidence: found?.confidence)
    }
    let areStrings = elements.first?.kind == .string
    metadata.set(
      "class-map", to: style.object(members.map { ($0.id, JSONText.encode($0.label)) }))
    metadata.set(
      "confidence-map",
      to: style.object(members.map { ($0.id, JSONNumber.encode($0.confidence ?? 1)) }))
    var provenance = options.provenance
    provenance.isHumanAnnotated = lists.allSatisfy(\.isHumanAnnotated)
    metadata.stamp(provenance)
    let value = style.array(
      members.map { areStrings ? JSONText.encode($0.id) : Array($0.id.utf8) })
    return .new(value: value, metadata: metadata.bytes)
  }
}

extension Box {
  /// The box as one that its attribute doesn't have yet.
  fileprivate var asNew: Box {
    var box = self
    box.origin = nil
    return box
  }
}

extension Entry {
  /// The image-level labels in array form of that name.
  fileprivate func multiLabel(_ attribute: String) -> MultiLabelSet? {
    multiLabels.last { $0.attribute == attribute }
  }

  /// The image-level label of that name.
  fileprivate func imageLabel(_ attribute: String) -> ImageLabel? {
    imageLabels.last { $0.attribute == attribute }
  }
}
