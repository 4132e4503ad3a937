import Glibc
import GroundTruth
import Prediction
import Storage
import Workstation

/// A prediction from the command line to the manifest that has it.
final class PredictJob {
  /// What the command line says.
  struct Options {
    var attribute: String
    var filter: String?
    var shard: Shard?
    var threshold: Double
    var limit: Int
    var output: String?
    var isForced: Bool
    var isAgain: Bool
    var images: String?
    var s3Prefix: String?
    var boxSpace: BoxSpace?
    /// How images are labelled that the model is sure of; nil to label none.
    var autoLabel: AutoLabelLines.Options?
  }

  let path: String
  let options: Options
  let dataset: Dataset
  private let survey: Survey
  /// The manifest, if it is to be changed in place.
  private let store: ManifestStore?
  private let output: ManifestOutput?
  private let files: RemoteImages
  private let logPath: String
  /// The lines that this run is about.
  private let range: Range<Int>
  /// The lines that are to be looked at.
  let lines: [Int]
  /// Which lines are labelled, and which tell how good the model is; nil to label none.
  let autoLabel: AutoLabelLines?

  /// Opens the manifest, and refuses what would touch a truth.
  ///
  /// - Throws: ``Failure``, which says what is wrong.
  init(_ path: String, options: Options) throws {
    self.path = path
    self.options = options
    guard FileKind.of(path) != .missing else {
      throw Failure.saying("\(path): there is no such manifest", Failure.noInput)
    }
    if let name = options.output {
      output = try ManifestOutput(name, isForced: options.isForced)
      store = nil
      dataset = try ManifestInput(path).dataset
    } else {
      output = nil
      (store, dataset) = try Self.openForWriting(path)
    }
    survey = Survey(onAllCores: dataset)
    let attribute = options.attribute
    do {
      try Self.check(attribute, in: survey, path: path)
    } catch {
      store?.close()
      throw error
    }
    files = RemoteImages(
      locator: ImageLocator(
        manifest: path, imagesFolder: options.images, s3Prefix: options.s3Prefix))
    range = options.shard?.range(of: dataset.count) ?? 0..<dataset.count
    logPath = Self.logPath(path, options)
    do {
      let chosen = try Self.lines(options.filter, of: dataset, truth: survey.truth, in: range)
      if let asked = options.autoLabel {
        autoLabel = try AutoLabelLines(
          dataset, truth: survey.truth, candidates: chosen, isAgain: options.isAgain, files: files,
          options: asked)
      } else {
        autoLabel = nil
      }
      lines = autoLabel?.asked ?? chosen
    } catch {
      store?.close()
      throw error
    }
  }

  /// The lines of a range that a query asks for.
  private static func lines(
    _ query: String?, of dataset: Dataset, truth: String, in range: Range<Int>
  ) throws -> [Int] {
    guard let query else { return Array(range) }
    do throws(QueryError) {
      return try Query(query).lines(of: dataset, truth: truth).filter(range.contains)
    } catch {
      throw Failure.saying("--filter: \(error.message)", Failure.usage)
    }
  }

  /// Lets go of the manifest.
  func close() {
    files.finish()
    store?.close()
  }

  /// What a run would do.
  var plan: String {
    let count = lines.count
    var predicted = 0
    for line in lines {
      guard let entry = try? Entry(line: dataset.line(at: line)) else { continue }
      if !entry.predictionPlace(options.attribute).jobNames.isEmpty { predicted += 1 }
    }
    let kept = PredictionLog.Contents(logPath, lineCount: dataset.count)?.count ?? 0
    var text =
      "\(path): \(CheckReport.count(count, "line")) of \(dataset.count) to look at, "
      + "\(predicted) of them with predictions in “\(options.attribute)”"
    if let autoLabel {
      text +=
        "; \(autoLabel.known.count) of them tell how good the model is, and "
        + "\(autoLabel.open.count) may be labelled"
    }
    if kept > 0 { text += ", \(kept) answers kept of a run that was interrupted" }
    return text + "; nothing was done"
  }

  /// Asks, and writes the manifest.
  ///
  /// - Parameter predictor: Makes who predicts, given whom to tell its remarks.
  /// - Returns: What was done.
  /// - Throws: ``Failure``; what was answered until then is kept.
  func run(
    _ predictor: (@escaping @Sendable (String) -> Void) throws -> any Predictor
  ) throws -> PredictSummary {
    try checkEvidence()
    let remarks = Remarks()
    let model = try predictor { remarks.add($0) }
    defer { model.finish() }
    let run = PredictionRun(
      dataset, attribute: options.attribute, files: files, predictor: model,
      isAgain: options.isAgain || autoLabel != nil)
    let signals = StopSignals { run.stop() }
    defer { signals.end() }
    var bar = ProgressBar()
    let told = try ask(run, lanes: model.lanes, remarks: remarks, bar: &bar)
    bar.clear()
    remarks.say()
    if let failure = told.tally.fatal {
      let kept = told.kept > 0 ? "; \(told.kept) answers are kept for the next run" : ""
      throw Failure.saying(failure.message + kept, failure.code)
    }
    if run.wasStopped {
      throw Failure.saying(
        "stopped; \(told.kept) answers are kept, and the same command goes on", Failure.temporary)
    }
    guard let who = told.model else {
      throw Failure.saying(
        "\(path): none of \(CheckReport.count(lines.count, "line")) has an image that can be shown "
          + "to the model: is --images DIR right?",
        Failure.data)
    }
    // From here on there is nothing to lose by an end.
    return try write(who, told.tally)
  }

  // MARK: Asking

  private func ask(
    _ run: PredictionRun, lanes: Int, remarks: Remarks, bar: inout ProgressBar
  ) throws -> (model: PredictionModel?, tally: PredictionRun.Tally, kept: Int) {
    let about = JSONStyle.compact.object([
      ("predicting", JSONText.encode(Sources.real(path))),
      ("attribute", JSONText.encode(options.attribute)),
    ])
    var kept = PredictionLog.Contents(logPath, lineCount: dataset.count)
    if kept?.run != about { kept = nil }
    var tally = PredictionRun.Tally()
    guard
      let (model, probe) = run.identify(
        among: lines, isKept: { [kept] in kept?.has($0) ?? false })
    else { return (nil, run.takeTally(), kept?.count ?? 0) }
    if let before = kept?.model, before.jobName != model.jobName {
      Failure.say("answers of \(before.title) are dropped: it is \(model.title) that predicts now")
      kept = nil
    }
    if let count = kept?.count, count > 0 {
      Failure.say("going on after \(CheckReport.count(count, "answer"))")
    }
    let log = try PredictionLog(logPath, about: about, isNew: kept == nil)
    if kept?.model == nil { try log.add(model) }
    if let probe { try log.add(probe) }
    let began = kept?.count ?? 0
    let wanted = lines.lazy.filter { [kept] line in
      !(kept?.has(line) ?? false) && line != probe?.line
    }
    let total = lines.count
    let extra = began + (probe == nil ? 0 : 1)
    run.ask(for: wanted, model: model, keepingIn: log) {
      let news = run.takeTally()
      tally = news
      if !news.news.isEmpty || remarks.areThere { bar.clear() }
      for text in news.news { Failure.say(text) }
      remarks.say()
      bar.show(
        min(total, news.done + extra), of: total, began: extra,
        detail: news.failed > 0 ? "\(news.failed) failed" : "")
    }
    let last = run.takeTally()
    bar.clear()
    for text in last.news { Failure.say(text) }
    tally = last
    if tally.newsCount > PredictionRun.newsLimit {
      Failure.say("and \(tally.newsCount - PredictionRun.newsLimit) more of the kind")
    }
    tally.predicted += extra
    return (model, tally, tally.predicted)
  }

  // MARK: Writing

  private func write(
    _ model: PredictionModel, _ tally: PredictionRun.Tally
  ) throws -> PredictSummary {
    guard let contents = PredictionLog.Contents(logPath, lineCount: dataset.count) else {
      throw Failure.saying("\(logPath): was removed; run it again", Failure.data)
    }
    let rules = rules(model, contents)
    if autoLabel != nil { return try label(by: model, tally, contents, rules) }
    let wanted = options.filter.map { _ in Set(self.lines) }
    let lines = PredictedLines(
      dataset, writtenRange, contents, rules: rules, isWanted: { wanted?.contains($0) ?? true })
    let written = try keep(lines, isChanged: contents.count > 0)
    for problem in lines.tally.problems { Failure.say(problem) }
    return PredictSummary(
      manifest: path, output: written, attribute: options.attribute, model: model,
      images: self.lines.count, predicted: lines.tally.images, skipped: tally.skipped,
      failed: tally.failed + lines.tally.problems.count, boxes: lines.tally.boxes,
      imageLabels: lines.tally.imageLabels, order: rules.classIDs)
  }

  /// The lines that are written.
  var writtenRange: Range<Int> { store == nil ? range : 0..<dataset.count }

  /// How what a model says is written.
  private func rules(
    _ model: PredictionModel, _ contents: PredictionLog.Contents
  ) -> PredictedLines.Rules {
    var ids = survey.classIDs
    for label in model.labels { ids.add(label) }
    var (givesBoxes, givesLabels) = (false, false)
    contents.forEachRecord { record in
      for label in record.labels {
        ids.add(label.name)
        if label.place != nil { givesBoxes = true } else { givesLabels = true }
      }
    }
    return PredictedLines.Rules(
      attribute: options.attribute, classIDs: ids,
      provenance: Provenance(
        creationDate: CreationDate.text(secondsSince1970: WallClock.secondsSince1970()),
        jobName: model.jobName, isHumanAnnotated: false),
      boxSpace: options.boxSpace ?? rememberedSpace, threshold: options.threshold,
      limit: options.limit, givesBoxes: givesBoxes || !givesLabels)
  }

  /// Writes the manifest, after which the answers need not be kept.
  ///
  /// - Parameters:
  ///   - lines: Its lines.
  ///   - isChanged: Whether any of them is other than it was.
  /// - Returns: What was written.
  /// - Throws: ``Failure``; the answers are kept then.
  func keep(_ lines: some Sequence<ManifestLine>, isChanged: Bool) throws -> String {
    if let store {
      do throws(StorageError) {
        if isChanged {
          try store.replace(by: ManifestText(lines, like: dataset))
        }
      } catch {
        throw Failure.saying(
          "\(error.description); the answers are kept for the next run", error.exitCode)
      }
    } else if let output {
      try output.write(lines, like: dataset)
    }
    unlink(logPath)
    return output?.path ?? path
  }

  private var rememberedSpace: BoxSpace {
    let settings = StateFolder.standard?.state(of: Sources.real(path)).settings
    return settings?[Project.boxSpace].flatMap { BoxSpace(rawValue: $0) } ?? .upright
  }

  // MARK: Opening

  private static func openForWriting(_ path: String) throws -> (ManifestStore, Dataset) {
    do throws(StorageError) {
      let opened = try ManifestStore.open(
        path, access: .write, program: "reticle \(Reticle.version)")
      if opened.store.unsavedCount > 0 { _ = try opened.store.save(opened.dataset) }
      return (opened.store, opened.dataset)
    } catch {
      let wayOut = if case .locked = error { ", or name another file with -o" } else { "" }
      throw Failure.saying(error.description + wayOut, error.exitCode)
    }
  }

  /// Sees to it that predictions go nowhere where a truth is, or is going to be.
  private static func check(_ attribute: String, in survey: Survey, path: String) throws {
    let found = survey.boxAttributes.first { $0.name == attribute }
    if let found, found.humanCount > 0 {
      throw Failure.saying(
        "\(path): people vouch for “\(attribute)” on \(CheckReport.count(found.humanCount, "line")); "
          + "name another --attribute for predictions", Failure.usage)
    }
    let isOfTruth = attribute == Survey.defaultAttribute || attribute == survey.truth
    if isOfTruth && found == nil || attribute + "_" == ImageLabel.truthPrefix {
      throw Failure.saying(
        "“\(attribute)” is where the truth goes; name another --attribute for predictions",
        Failure.usage)
    }
  }

  /// Where the answers of a run are kept until they are in a manifest.
  private static func logPath(_ path: String, _ options: Options) -> String {
    let target = options.output.map(Sources.real) ?? ""
    let key = [Sources.real(path), target, options.attribute, options.shard?.text ?? ""]
    let name = "\(Fingerprint(of: Array(key.joined(separator: "\n").utf8)))-predictions"
    if let folder = StateFolder.standard { return "\(folder.path)/\(name)" }
    return "\(options.output ?? path).predictions"
  }
}
