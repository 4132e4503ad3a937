import GroundTruth
import Prediction

/// A project whose datasets are to hold what manifests hold.
struct PushPlace {
  let project: ServiceProject
  /// Where manifests for the service to read are put.
  let folder: S3Folder
  let service: AWSService

  /// Brings both datasets up to date.
  ///
  /// - Throws: ``CallFailure``, or ``Failure`` if AWS does not take it.
  func push(training: SentManifest, test: SentManifest?) throws {
    let (trainingSet, testSet) = (project.dataset(.training), project.dataset(.test))
    for set in [trainingSet, testSet].compactMap({ $0 }) { try service.settled(set.arn, set.kind) }
    let stored = try testSet.map { Entries(try service.entries(of: $0.arn, .test)) } ?? Entries([])
    // What AWS moved to the test dataset is changed there, else it would be in both.
    let moved = test == nil ? training.lines.filter { stored.has($0.sourceRef) } : []
    let own =
      test == nil ? training.lines.filter { !stored.has($0.sourceRef) } : training.lines
    let arn = try bring(own, to: trainingSet, .training)
    try tellOutcome(of: arn, .training, sent: own, from: training.path)
    if let test {
      let testARN = try bring(test.lines, to: testSet, .test)
      try tellOutcome(of: testARN, .test, sent: test.lines, from: test.path)
    } else if let testSet, !stored.isEmpty {
      if !moved.isEmpty {
        try update(moved, of: testSet.arn, .test, stored: stored)
        try tellOutcome(of: testSet.arn, .test, sent: moved, from: training.path)
      }
    } else {
      try distribute(from: arn, to: testSet?.arn)
    }
  }

  // MARK: One dataset

  /// What a dataset on AWS holds.
  private struct Entries {
    /// Lines by the image, without what the service noted.
    private let lines: [String: [UInt8]]
    let count: Int

    init(_ entries: [[UInt8]]) {
      var lines: [String: [UInt8]] = [:]
      for entry in entries {
        guard let name = ServiceLine.sourceRef(of: entry) else { continue }
        lines[name] = ServiceLine.received(entry)
      }
      self.lines = lines
      count = entries.count
    }

    var isEmpty: Bool { count == 0 }
    var names: Dictionary<String, [UInt8]>.Keys { lines.keys }
    func has(_ name: String) -> Bool { lines[name] != nil }
    subscript(name: String) -> [UInt8]? { lines[name] }
  }

  /// Makes a dataset or changes it; returns its ARN.
  private func bring(
    _ lines: [SentManifest.Line], to dataset: ServiceProject.Dataset?, _ kind: DatasetKind
  ) throws -> String {
    guard let dataset else { return try create(kind, from: lines) }
    let stored = Entries(try service.entries(of: dataset.arn, kind))
    try update(lines, of: dataset.arn, kind, stored: stored)
    let names = Set(lines.map(\.sourceRef))
    let others = stored.names.count { !names.contains($0) }
    if others > 0 {
      Failure.say(
        "\(kind.name) dataset: \(others) images are on AWS and not in the manifest; they stay, as no "
          + "call takes one out. To drop them remove the dataset by 'aws rekognition "
          + "delete-dataset --dataset-arn \(dataset.arn)' and push again")
    }
    return dataset.arn
  }

  private func create(_ kind: DatasetKind, from lines: [SentManifest.Line]) throws -> String {
    var manifest: [UInt8] = []
    for line in lines { manifest += line.bytes + [UInt8(ascii: "\n")] }
    let date = CreationDate.text(secondsSince1970: WallClock.secondsSince1970())
    let stamp = date.filter(\.isNumber).prefix(17)
    let name = "\(project.arn.project)-\(kind.name)-\(stamp).manifest"
    guard let object = S3Object(uri: "\(folder.uri)reticle/\(name)") else { return "" }
    let file = try service.scratch.write(manifest, as: name)
    defer { Scratch.remove(file) }
    _ = try service.answer(.putObject(object, file: file), about: object.uri)
    let answer = try service.answer(
      .createDataset(kind, project: project.arn.text, manifest: object),
      about: "\(kind.name) dataset")
    let arn = answer["DatasetArn"]?.string ?? ""
    try service.settled(arn, kind)
    return arn
  }

  /// Sends the lines that are new or other than there.
  private func update(
    _ lines: [SentManifest.Line], of dataset: String, _ kind: DatasetKind, stored: Entries
  ) throws {
    let changed = lines.filter { line in
      stored[line.sourceRef].map { !ServiceLine.isSame($0, line.bytes) } ?? true
    }
    guard !changed.isEmpty else {
      return Failure.say("\(kind.name) dataset: all \(lines.count) lines are as they are there")
    }
    let pieces = EntryPieces.pieces(of: changed.map(\.bytes))
    let generation = try service.generation()
    for (place, piece) in pieces.enumerated() {
      let part = pieces.count > 1 ? ", part \(place + 1) of \(pieces.count)" : ""
      Failure.say("\(kind.name) dataset: sending \(changed.count) lines\(part)")
      _ = try service.answer(
        .updateEntries(of: dataset, lines: piece, for: generation), about: "\(kind.name) dataset")
      try service.settled(dataset, kind)
    }
  }

  /// Lets AWS move one image in five to a test dataset.
  private func distribute(from training: String, to test: String?) throws {
    let arn = try test ?? createEmptyTest()
    _ = try service.answer(
      .distributeEntries(from: training, to: arn), about: "test dataset")
    let trainingSet = try service.settled(training, .training)
    let testSet = try service.settled(arn, .test)
    Failure.say(
      "AWS moved \(testSet.total) of \(testSet.total + trainingSet.total) images to the test dataset"
    )
  }

  private func createEmptyTest() throws -> String {
    let answer = try service.answer(
      .createDataset(.test, project: project.arn.text, manifest: nil), about: "test dataset")
    let arn = answer["DatasetArn"]?.string ?? ""
    try service.settled(arn, .test)
    return arn
  }

  // MARK: What came of it

  /// Says what AWS holds now, what it dropped without a word, and what it finds wrong.
  private func tellOutcome(
    of dataset: String, _ kind: DatasetKind, sent: [SentManifest.Line], from path: String
  ) throws {
    let now = try service.dataset(dataset, kind)
    Failure.say(
      "\(kind.name) dataset: \(now.total) images, \(now.labeled) labelled, \(now.labels) labels")
    guard now.total < sent.count || now.errors > 0 else { return }
    let entries = try service.entries(of: dataset, kind)
    let held = Set(entries.compactMap(ServiceLine.sourceRef))
    let dropped = sent.filter { !held.contains($0.sourceRef) }
    for line in dropped.prefix(20) {
      Failure.say("\(path):\(line.number): AWS dropped \(line.sourceRef) and gives no reason")
    }
    if dropped.count > 20 { Failure.say("\(dropped.count - 20) more were dropped") }
    let numbers = Dictionary(sent.map { ($0.sourceRef, $0.number) }) { $1 }
    let report = ServiceReport(entries, numbers: numbers)
    for line in report.lines { Failure.say("\(path): \(line)") }
  }
}
