import GroundTruth
import Storage

/// Finds and reads what is to be compared.
struct EvaluateSource {
  private let options: Evaluate
  private let readOptions: ReadOptions

  init(_ options: Evaluate) throws {
    self.options = options
    readOptions = ReadOptions(labels: try Project.readLabels(options.labels).labels)
  }

  /// Reads the truth and the predictions.
  ///
  /// - Throws: ``Failure``, which says what can't be read.
  func input() throws -> EvaluateInput {
    let files = try open(options.dataset)
    let input =
      try files.guessedFormat() == .groundTruth
      ? try manifestInput(files) : try filesInput(files)
    guard !input.images.isEmpty else {
      throw Failure.saying(
        "\(options.dataset): nobody looked at any image, so that there is nothing to compare with",
        Failure.data)
    }
    return input
  }

  private func open(_ path: String) throws -> ConvertInput {
    try ConvertInput(path, images: options.images, s3Prefix: nil)
  }

  // MARK: A manifest

  private func manifestInput(_ files: ConvertInput) throws -> EvaluateInput {
    guard FileKind.of(options.dataset) == .file else {
      throw Failure.saying("\(options.dataset) is a folder; name the manifest", Failure.usage)
    }
    let manifest = try EvaluateManifest(options.dataset, truth: options.truth)
    let truth = try manifest.truth()
    if let given = options.predictions, !manifest.hasAttribute(given) {
      guard FileKind.of(given) != .missing else {
        throw Failure.saying(
          "\(given) is neither an attribute of \(options.dataset) nor a file; "
            + manifest.attributeList, Failure.noInput)
      }
      let (dataset, notes) = try predictions(in: given, of: truth.dataset, beside: nil)
      return EvaluateInput(
        truth: truth, predictions: (given, dataset), isPaired: false, notes: manifest.notes + notes)
    }
    return EvaluateInput(
      truth: truth, predictions: try manifest.predictions(options.predictions), isPaired: true,
      notes: manifest.notes)
  }

  // MARK: Other formats

  private func filesInput(_ files: ConvertInput) throws -> EvaluateInput {
    if options.truth != nil {
      throw Failure.saying(
        "\(options.dataset) is no manifest and has no attributes; leave --truth out",
        Failure.usage)
    }
    let (found, notes) = try read(files, of: try files.guessedFormat(), at: files)
    var truth = found
    truth.keep { !$0 }
    guard let given = options.predictions else {
      var predicted = found
      predicted.keep { $0 }
      guard predicted.hasLabels else {
        throw Failure.saying(
          "\(options.dataset) holds no predictions; name them with --predictions", Failure.usage)
      }
      return EvaluateInput(
        truth: (options.dataset, truth), predictions: (options.dataset, predicted), isPaired: true,
        notes: notes)
    }
    guard FileKind.of(given) != .missing else {
      throw Failure.saying("\(given): there is no such file or folder", Failure.noInput)
    }
    let (dataset, more) = try predictions(in: given, of: truth, beside: files)
    return EvaluateInput(
      truth: (options.dataset, truth), predictions: (given, dataset), isPaired: false,
      notes: notes + more)
  }

  /// What a model says in files: what is marked as a prediction, or all if nothing is.
  ///
  /// COCO's results name images and labels by numbers alone: the instances beside them are read
  /// along.
  private func predictions(
    in path: String, of truth: LabeledDataset, beside truthFiles: ConvertInput?
  ) throws -> (LabeledDataset, [String]) {
    let files = try open(path)
    let format = try options.from ?? files.guessedFormat()
    var tree: any FileTree = SizedFiles(files, sizesOf: truth.images)
    var isJoined = false
    if let truthFiles, format == .coco, files.paths.count == 1 {
      isJoined = try truthFiles.guessedFormat() == .coco
      if isJoined { tree = JoinedFiles(truthFiles, files) }
    }
    var (dataset, notes) = try read(tree, of: format, at: files)
    if isJoined || dataset.hasPredictions { dataset.keep { $0 } }
    guard dataset.hasLabels else {
      throw Failure.saying("\(path): no predictions are in it", Failure.data)
    }
    // What the truth's own files have to say was said.
    if isJoined { notes = notes.filter { !$0.contains(JoinedFiles.prefix) } }
    return (dataset, notes)
  }

  private func read(
    _ tree: any FileTree, of format: Format, at files: ConvertInput
  ) throws -> (LabeledDataset, [String]) {
    do throws(FormatError) {
      let found = try format.coding.read(tree, options: readOptions)
      return (found.dataset, found.notes)
    } catch {
      throw Failure.saying(files.locating(error), Failure.data)
    }
  }
}

extension LabeledDataset {
  /// Whether a box or a label is there.
  fileprivate var hasLabels: Bool {
    images.contains { !$0.boxes.isEmpty || !$0.imageLabels.isEmpty }
  }

  /// Whether something is marked as a prediction.
  fileprivate var hasPredictions: Bool {
    images.contains { image in
      image.boxes.contains(where: \.isPrediction)
        || image.imageLabels.contains(where: \.isPrediction)
    }
  }

  /// Leaves out what isn't a prediction, or what is.
  fileprivate mutating func keep(where isWanted: (Bool) -> Bool) {
    for index in images.indices {
      images[index].boxes.removeAll { !isWanted($0.isPrediction) }
      images[index].imageLabels.removeAll { !isWanted($0.isPrediction) }
    }
  }
}
