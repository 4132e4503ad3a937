/// Reads manifests.
struct GroundTruthReader {
  private let options: ReadOptions
  private var labels = LabelList()
  private var images: [LabeledImage] = []
  private var notes = NoteList()
  /// The numbers that attributes of image-level labels have, by label.
  private var pairNumbers: [String: Set<Int>] = [:]

  init(options: ReadOptions) { self.options = options }

  /// What was read.
  var result: Import {
    var labels = labels
    // Such a number says something only where each label has its own, always.
    var owners: [Int: Int] = [:]
    for numbers in pairNumbers.values {
      for number in numbers { owners[number, default: 0] += 1 }
    }
    for (label, numbers) in pairNumbers {
      if numbers.count == 1, let number = numbers.first, owners[number] == 1 {
        labels.add(label, id: number)
      }
    }
    for name in options.labels { labels.add(name) }
    // A manifest has no other order of its classes than their numbers.
    let ordered = labels.labels.enumerated().sorted {
      ($0.element.id ?? Int.max, $0.offset) < ($1.element.id ?? Int.max, $1.offset)
    }
    var dataset = LabeledDataset(labels: ordered.map(\.element), images: images)
    if options.arePredictions == true { dataset.settleWhoLooked() }
    return Import(dataset: dataset, notes: notes.sentences)
  }

  mutating func read(_ files: any FileTree) throws(FormatError) {
    for path in Self.manifests(among: files.paths) {
      let bytes = try files.bytes(of: path)
      try readManifest(Self.lines(of: bytes), path: path, files: files)
    }
    guard !images.isEmpty || !notes.sentences.isEmpty else {
      throw FormatError(
        path: "", message: "there is no manifest here: a file with a JSON object a line")
    }
  }

  /// The files named `.manifest`, else those that may hold JSON lines, else a single file.
  private static func manifests(among paths: [String]) -> [String] {
    let own = paths.filter { FilePath.fileExtension(of: $0) == "manifest" }
    if !own.isEmpty { return own }
    let lines = paths.filter {
      ["jsonl", "ndjson", "json"].contains(FilePath.fileExtension(of: $0))
    }
    return lines.isEmpty && paths.count == 1 ? paths : lines
  }

  private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
  }

  private mutating func readManifest(
    _ lines: [[UInt8]], path: String, files: any FileTree
  ) throws(FormatError) {
    let survey = Survey(Dataset(source: lines), truth: options.attribute)
    if let asked = options.attribute, !survey.boxAttributes.contains(where: { $0.name == asked }) {
      let names = survey.boxAttributes.map { "“\($0.name)”" }.joined(separator: ", ")
      throw FormatError(
        path: path,
        message: "no line has boxes in “\(asked)”; there is \(names.isEmpty ? "none" : names)")
    }
    for label in survey.labels where !label.name.isEmpty {
      if !labels.add(label.name, id: label.classID) {
        notes.add(
          "A class has another number than in an earlier manifest; that one holds.", at: path)
      }
    }
    for (index, line) in lines.enumerated() {
      do throws(ManifestError) {
        let entry = try Entry(line: line)
        read(entry, truth: survey.truth, place: "\(path):\(index + 1)", files: files)
      } catch {
        if error == .blankLine {
          // The piece after the last line break is no line.
          if index < lines.count - 1 { notes.add("A line is blank.", at: "\(path):\(index + 1)") }
        } else {
          throw FormatError(path: path, line: index + 1, message: error.message)
        }
      }
    }
  }

  private mutating func read(
    _ entry: Entry, truth: String, place: String, files: any FileTree
  ) {
    for problem in entry.problems { notes.add("Left aside: \(problem.message).", at: place) }
    for name in entry.otherAttributes where !entry.problems.contains(where: { $0.names(name) }) {
      notes.add("Attribute “\(name)” is neither boxes nor image-level labels.", at: place)
    }
    if entry.mark.isExcluded {
      notes.add("An image was left out of the dataset; so it is here.", at: place)
      return
    }
    if entry.mark.flag != nil { notes.add("A flag is left aside.", at: place) }
    var image = LabeledImage(name: entry.sourceRef, isAnnotated: entry.mark.isVerified)
    for set in entry.boxSets { read(set, truth: truth, into: &image, place: place) }
    readLabels(of: entry, into: &image, place: place)
    if image.size == nil { image.size = files.imageSize(of: entry.sourceRef) }
    notes.addOddities(of: image, at: place)
    images.append(image)
  }

  private mutating func read(
    _ set: BoxSet, truth: String, into image: inout LabeledImage, place: String
  ) {
    let isTruth =
      set.attribute == truth || Self.isFeedback(truth) && Self.isFeedback(set.attribute)
    // Until the truth states a size, any attribute's will do.
    if let size = set.imageSize, size.width > 0, size.height > 0, isTruth || image.size == nil {
      image.size = size
    }
    guard isTruth || !set.isHumanAnnotated else {
      notes.add(
        "Boxes of “\(set.attribute)” are left aside, since those of “\(truth)” count; "
          + "--attribute chooses others.", at: place)
      return
    }
    if set.isHumanAnnotated { image.isAnnotated = true }
    for box in set.boxes {
      guard box.width >= 0, box.height >= 0 else {
        notes.add("A box has a negative width or height; it's left out.", at: place)
        continue
      }
      guard !box.label.isEmpty else {
        notes.add("a box's label is empty; the box is left out", at: place)
        continue
      }
      labels.add(box.label)
      image.boxes.append(
        LabeledBox(
          left: box.left, top: box.top, width: box.width, height: box.height, label: box.label,
          confidence: box.confidence.map { min(max($0, 0), 1) },
          isPrediction: options.arePredictions ?? !set.isHumanAnnotated))
    }
  }

  /// Whether an attribute is one of those that AWS's feedback solution lets people adjust: it makes a
  /// job, and so an attribute, for each group of labels, and all of them together are the truth
  /// (`get-feedback.py` of aws-samples' Custom Labels feedback solution).
  private static func isFeedback(_ attribute: String) -> Bool {
    attribute == "bounding-box-new" || attribute.hasSuffix("-bounding-box-new")
  }

  /// A label of a whole image, however sure anybody is of it.
  private struct LabelSeen: Hashable {
    let label: String
    let isPrediction: Bool
  }

  private mutating func readLabels(
    of entry: Entry, into image: inout LabeledImage, place: String
  ) {
    var seen: Set<LabelSeen> = []
    func add(_ label: String, _ confidence: Double?, isHuman: Bool) {
      guard !label.isEmpty else {
        return notes.add("a label of the whole image is empty; it is left out", at: place)
      }
      if isHuman { image.isAnnotated = true }
      labels.add(label)
      let new = LabeledImage.ImageLabel(
        label: label, confidence: confidence.map { min(max($0, 0), 1) },
        isPrediction: options.arePredictions ?? !isHuman)
      let own = LabelSeen(label: label, isPrediction: new.isPrediction)
      if seen.insert(own).inserted { image.imageLabels.append(new) }
    }
    let numbers = entry.imageLabels.isEmpty ? [:] : entry.classNumbers
    for pair in entry.imageLabels {
      add(pair.label, pair.confidence, isHuman: pair.isHumanAnnotated)
      if !pair.label.isEmpty, let number = numbers[pair.attribute] {
        pairNumbers[pair.label, default: []].insert(number)
      }
    }
    for set in entry.multiLabels {
      if set.isHumanAnnotated { image.isAnnotated = true }
      for member in set.members {
        add(member.label, member.confidence, isHuman: set.isHumanAnnotated)
      }
    }
  }
}

extension Entry {
  /// The numbers that attributes have, as those of image-level labels do.
  fileprivate var classNumbers: [String: Int] {
    let members = (try? JSONValue(parsing: line))?.members ?? []
    return Dictionary(
      members.compactMap { member in member.value.classID.map { (member.name, $0) } }
    ) { $1 }
  }
}

extension ManifestError {
  /// Whether the error is about an attribute.
  fileprivate func names(_ attribute: String) -> Bool {
    if case .malformedAttribute(attribute, _) = self { true } else { false }
  }
}
