import GroundTruth
import Storage

/// Which lines of a manifest a model may label alone, and which tell how good it is.
struct AutoLabelLines {
  /// What the command line says.
  struct Options {
    /// The share of labels that is to be right; nil for the default.
    var target: Double?
    /// Which labelled lines tell how good the model is; nil for all.
    var validation: String?
    /// The model that was trained here, if it is one: what `--model` names.
    var model: String?
  }

  /// The box attribute of the truth.
  let truth: String
  /// Whether labels of whole images are given, and not boxes.
  let isImageLevel: Bool
  /// The lines that people labelled and the model has not learned from, as far as is known.
  let known: [Int]
  /// The lines that may be labelled.
  let open: [Int]
  /// How many lines people labelled and the model has learned from.
  let learnedCount: Int
  /// How many lines a model labelled before, and nobody asked to look at again.
  let automaticCount: Int
  /// What is known of a model that was trained here.
  let history: ModelHistory?
  /// The files of the known lines, for a model that was trained here.
  let knownPaths: Set<String>

  /// All lines to ask the model about.
  var asked: [Int] { (known + open).sorted() }

  /// Finds the lines.
  ///
  /// - Parameters:
  ///   - dataset: The manifest.
  ///   - truth: The box attribute of the truth.
  ///   - candidates: The lines that may be labelled if nobody has labelled them, ascending.
  ///   - isAgain: Whether what a model labelled before may be labelled anew.
  ///   - files: Knows where images lie.
  ///   - options: What the command line says.
  /// - Throws: ``Failure``, which says that there is nothing to tell how good the model is.
  init(
    _ dataset: Dataset, truth: String, candidates: [Int], isAgain: Bool, files: RemoteImages,
    options: Options
  ) throws {
    self.truth = truth
    history = try options.model.map { try ModelHistory(ofModel: $0) }
    let wanted = try Self.lines(options.validation, of: dataset, truth: truth)
    var (open, people): ([Int], [(line: Int, entry: Entry)]) = ([], [])
    var automaticCount = 0
    var rest = candidates[...]
    for line in 0..<dataset.count {
      let isCandidate = rest.first == line
      if isCandidate { rest.removeFirst() }
      guard let entry = try? Entry(line: dataset.line(at: line)), !entry.mark.isExcluded
      else { continue }
      if entry.isPersons {
        if wanted?.contains(line) ?? true { people.append((line, entry)) }
      } else if isCandidate {
        let isAutomatic = EntryState(of: entry, truth: truth).contains(.automatic)
        if isAutomatic { automaticCount += 1 }
        if !isAutomatic || isAgain { open.append(line) }
      }
    }
    let hasBoxes = people.contains { $0.entry.boxSet(truth)?.boxes.isEmpty == false }
    let hasLabels = people.contains { !$0.entry.truthImageLabels.isEmpty }
    isImageLevel = hasBoxes ? false : hasLabels || history?.isImageLevel ?? false
    var known: [Int] = []
    var (paths, learnedCount): (Set<String>, Int) = ([], 0)
    for (line, entry) in people where entry.tells(truth, isImageLevel: isImageLevel) {
      let path = history == nil ? nil : files.path(of: entry.sourceRef).map(Sources.real)
      if let history, !history.isNew(path) {
        learnedCount += 1
        continue
      }
      if let path { paths.insert(path) }
      known.append(line)
    }
    self.known = known
    self.open = open
    self.learnedCount = learnedCount
    self.automaticCount = isAgain ? 0 : automaticCount
    knownPaths = paths
  }

  /// The images of the model's own test that count beside the known lines.
  var tests: [EvaluateInput.Image] {
    guard let history, history.isImageLevel == isImageLevel else { return [] }
    return history.tests.compactMap { test in
      let isKnown = test.path.map(knownPaths.contains) ?? false
      return isKnown || !history.isNew(test.path) ? nil : test.image
    }
  }

  /// The lines that a query asks for; nil without one.
  private static func lines(
    _ query: String?, of dataset: Dataset, truth: String
  ) throws -> Set<Int>? {
    guard let query else { return nil }
    do throws(QueryError) {
      return Set(try Query(query).lines(of: dataset, truth: truth))
    } catch {
      throw Failure.saying("--validation: \(error.message)", Failure.usage)
    }
  }
}

extension Entry {
  /// Whether people said something of the image, so that no model may.
  fileprivate var isPersons: Bool {
    mark.isVerified || boxSets.contains(where: \.isHumanAnnotated)
      || imageLabels.contains(where: \.isHumanAnnotated)
      || multiLabels.contains(where: \.isHumanAnnotated)
  }

  /// Whether it tells how good a model is: all of the truth is a person's.
  fileprivate func tells(_ truth: String, isImageLevel: Bool) -> Bool {
    if EntryState(of: self, truth: truth).contains(.automatic) { return false }
    if isImageLevel { return !truthImageLabels.isEmpty || mark.isVerified }
    return boxSet(truth)?.isHumanAnnotated == true
  }
}
