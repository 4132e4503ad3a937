import GroundTruth
import Storage

/// A manifest whose attributes are compared.
struct EvaluateManifest {
  /// What is said of an image as a whole: a label, or several.
  private struct WholeImage {
    let attribute: String
    let isHuman: Bool
    /// Whether a model gave it where the truth stands, so that it is nobody's prediction either.
    var isAutomatic = false
    let labels: [(name: String, confidence: Double?)]
  }

  private let path: String
  /// Those that can be read and aren't excluded.
  private let entries: [Entry]
  private let survey: Survey
  private let wantedTruth: String?
  /// The names of the attributes that are understood.
  private let attributes: Set<String>
  /// What a person should know of it.
  private(set) var notes: [String] = []

  /// Reads a manifest.
  ///
  /// - Throws: ``Failure``, which says what can't be read.
  init(_ path: String, truth: String?) throws {
    self.path = path
    wantedTruth = truth
    let dataset: Dataset
    do throws(StorageError) {
      dataset = Dataset(source: try ManifestFile.open(path))
    } catch {
      throw Failure.saying(error.description, error.exitCode)
    }
    var entries: [Entry] = []
    var attributes: Set<String> = []
    var broken: [Int] = []
    for index in 0..<dataset.count {
      guard let entry = try? Entry(line: dataset.line(at: index)) else {
        broken.append(index + 1)
        continue
      }
      guard !entry.mark.isExcluded else { continue }
      entries.append(entry)
      attributes.formUnion(entry.boxSets.map(\.attribute))
      attributes.formUnion(Self.wholeImages(entry).map(\.attribute))
    }
    self.entries = entries
    self.attributes = attributes
    survey = Survey(dataset, truth: truth.flatMap { Self.boxAttribute($0, in: entries) })
    if let first = broken.first {
      notes.append(
        "\(path):\(first): \(CheckReport.count(broken.count, "line")) can't be read and "
          + "\(broken.count == 1 ? "is" : "are") left out; 'reticle check \(path)' says why")
    }
  }

  /// Whether some line has an attribute of that name, or of one that goes on with `-` or `_`.
  func hasAttribute(_ name: String) -> Bool { attributes.contains { Self.stands(name, for: $0) } }

  /// The attributes there are, for people.
  var attributeList: String {
    attributes.isEmpty
      ? "it has no labels" : "its attributes are \(attributes.sorted().joined(separator: ", "))"
  }

  /// What people say.
  ///
  /// - Throws: ``Failure``, which says that there is no such attribute.
  func truth() throws -> (name: String, dataset: LabeledDataset) {
    if let wantedTruth, !hasAttribute(wantedTruth) {
      throw Failure.saying(
        "\(path) has no attribute \(wantedTruth); \(attributeList)", Failure.data)
    }
    if let name = truthBoxes {
      return (name, dataset(boxesOf: name, isTruth: true))
    }
    return (wantedTruth ?? "image-level labels", dataset(labelsOf: wantedTruth, isHuman: true))
  }

  /// What a model says.
  ///
  /// - Parameter wanted: The attribute; nil for the only one that there is.
  /// - Returns: The attribute's name, and what it says.
  /// - Throws: ``Failure``, which says which attributes there are.
  func predictions(_ wanted: String?) throws -> (name: String, dataset: LabeledDataset) {
    guard let truth = truthBoxes else {
      return (wanted ?? "image-level labels", dataset(labelsOf: wanted, isHuman: false))
    }
    let models = survey.boxAttributes.filter { $0.humanCount == 0 && $0.name != truth }
    let name = wanted.flatMap { Self.boxAttribute($0, in: entries) }
    guard let name = name ?? (wanted == nil && models.count == 1 ? models[0].name : nil) else {
      throw Failure.saying(
        wanted.map { "\($0) of \(path) holds no boxes; \(attributeList)" }
          ?? "\(path): which predictions? Add --predictions with an attribute or a file; "
          + attributeList, Failure.usage)
    }
    return (name, dataset(boxesOf: name, isTruth: false))
  }

  /// The attribute with the boxes of the truth; nil if the truth is of whole images.
  private var truthBoxes: String? {
    if let wantedTruth { return Self.boxAttribute(wantedTruth, in: entries) }
    return survey.boxAttributes.contains { $0.name == survey.truth } ? survey.truth : nil
  }

  // MARK: Reading

  /// Whether a confidence means that a model found nothing: a snapshot lists what was missed, too.
  private static func isMissing(_ confidence: Double?, in attribute: String) -> Bool {
    confidence == 0 && stands(EvaluateSnapshot.evaluation, for: attribute)
  }

  private func dataset(boxesOf name: String, isTruth: Bool) -> LabeledDataset {
    var labels = isTruth ? survey.labels.filter { $0.boxCount > 0 }.map(\.name) : []
    var seen = Set(labels)
    // What a model labelled alone among what people did is no test.
    let areMixed = survey.boxAttributes.contains { $0.name == name && $0.humanCount > 0 }
    let images = entries.map { entry in
      let set = entry.boxSet(name).flatMap {
        isTruth && areMixed && !$0.isHumanAnnotated ? nil : $0
      }
      var image = LabeledImage(
        name: entry.sourceRef,
        size: set?.imageSize ?? entry.boxSets.lazy.compactMap(\.imageSize).first,
        isAnnotated: set != nil)
      let boxes = (set?.boxes ?? []).filter { !Self.isMissing($0.confidence, in: name) }
      image.boxes = boxes.map { box in
        if seen.insert(box.label).inserted { labels.append(box.label) }
        return LabeledBox(
          left: box.left, top: box.top, width: box.width, height: box.height, label: box.label,
          confidence: box.confidence, isPrediction: !isTruth)
      }
      return image
    }
    return LabeledDataset(labels: labels.map { .init(name: $0) }, images: images)
  }

  /// Labels of whole images: of attributes that bear the name, and that are people's or a model's.
  private func dataset(labelsOf name: String?, isHuman: Bool) -> LabeledDataset {
    let images = entries.map { entry in
      let found = Self.wholeImages(entry).filter { item in
        if item.attribute == name { return true }
        return item.isHuman == isHuman && !item.isAutomatic
          && (name.map { Self.stands($0, for: item.attribute) } ?? true)
      }
      var image = LabeledImage(name: entry.sourceRef, isAnnotated: !found.isEmpty)
      image.size = entry.boxSets.lazy.compactMap(\.imageSize).first
      image.imageLabels = found.flatMap(\.labels).map {
        .init(label: $0.name, confidence: $0.confidence, isPrediction: !isHuman)
      }
      return image
    }
    let used = Set(images.flatMap { $0.imageLabels.map(\.label) })
    let known = survey.labels.map(\.name).filter(used.contains)
    let others = used.subtracting(known).sorted()
    return LabeledDataset(labels: (known + others).map { .init(name: $0) }, images: images)
  }

  private static func wholeImages(_ entry: Entry) -> [WholeImage] {
    entry.imageLabels.map {
      WholeImage(
        attribute: $0.attribute, isHuman: $0.isHumanAnnotated,
        isAutomatic: $0.isTruth && !$0.isHumanAnnotated,
        labels: isMissing($0.confidence, in: $0.attribute) ? [] : [($0.label, $0.confidence)])
    }
      + entry.multiLabels.map { set in
        WholeImage(
          attribute: set.attribute, isHuman: set.isHumanAnnotated,
          labels: set.members.map { ($0.label, $0.confidence) })
      }
  }

  /// The attribute with boxes that a name stands for, its own first.
  private static func boxAttribute(_ name: String, in entries: [Entry]) -> String? {
    var other: String?
    for set in entries.lazy.flatMap(\.boxSets) {
      if set.attribute == name { return name }
      if other == nil, stands(name, for: set.attribute) { other = set.attribute }
    }
    return other
  }

  /// Whether a name is an attribute's, or its beginning up to a `-` or `_`.
  private static func stands(_ name: String, for attribute: String) -> Bool {
    attribute == name || attribute.hasPrefix(name + "-") || attribute.hasPrefix(name + "_")
  }
}
