import ArgumentParser
import GroundTruth
import Storage
import Workstation

extension Project {
  /// Opens what the command line names.
  ///
  /// - Throws: ``Failure``, which says what is wrong and the way out.
  static func open(_ options: ProjectOptions, preferences: Preferences) throws -> Project {
    let keymap = try preferences.keymap(preset: options.work.preset)
    let (labels, labelFile) = try readLabels(options.work.labels)
    let sources = try Sources(options)
    let (opened, readOnlyReason) = try openStore(sources.manifest, options: options)
    do {
      return try assemble(
        opened, sources, options, readOnlyReason: readOnlyReason, keymap: keymap, labels: labels,
        labelFile: labelFile)
    } catch {
      // Nothing is left behind, the lock least of all.
      opened.store.close()
      throw error
    }
  }

  private static func assemble(
    _ opened: ManifestStore.Opened, _ sources: Sources, _ options: ProjectOptions,
    readOnlyReason: String?,
    keymap: Keymap, labels: [String], labelFile: String?
  ) throws -> Project {
    var notices: [Notice] = []
    if let recovery = opened.recovery {
      notices.append(Notice(text: recovery.description, isProblem: recovery.hadTornEnd))
    }
    if let problem = opened.problem {
      notices.append(Notice(text: problem.description, isProblem: true))
    }
    let locator = ImageLocator(
      manifest: sources.manifest, imagesFolder: options.work.images,
      s3Prefix: options.work.s3.prefix)
    var dataset = opened.dataset
    let preamble = try sources.newLines(for: dataset, locator: locator)
    for record in preamble { try dataset.perform(record) }
    notices += sources.notes.map { Notice(text: $0, isProblem: false) }
    let (survey, isSample) = look(over: dataset, attribute: options.attribute)
    try check(survey, manifest: sources.manifest)
    if !isSample, let notice = survey.noticeOfBrokenLines {
      notices.append(Notice(text: notice, isProblem: true))
    }
    if let readOnlyReason { notices.append(Notice(text: readOnlyReason, isProblem: true)) }
    let remembered = remembered(of: opened)
    return Project(
      store: opened.store, outputPath: sources.manifest, dataset: dataset, survey: survey,
      isCounted: !isSample, preamble: preamble, locator: locator,
      labels: labels + remembered.labels.filter { !labels.contains($0) }, labelFile: labelFile,
      attribute: survey.truth, remembered: remembered, readOnlyReason: readOnlyReason,
      notices: notices, keymap: keymap)
  }

  /// Counts a manifest, or looks at a sample of its lines if counting all would keep one waiting.
  private static func look(
    over dataset: Dataset, attribute: String?
  ) -> (survey: Survey, isSample: Bool) {
    let byteCount = (dataset.source as? ManifestFile)?.fingerprint.byteCount ?? 0
    if byteCount <= 16_000_000, dataset.count <= 50_000 {
      return (Survey(dataset, truth: attribute), false)
    }
    let sample = Survey.sample(of: dataset, lineCount: 1_024, truth: attribute)
    let hasImages = sample.summaries.contains { $0.state.isImage }
    return hasImages ? (sample, true) : (Survey(onAllCores: dataset, truth: attribute), false)
  }

  /// Opens the manifest for writing; if another has it, for looking.
  private static func openStore(
    _ manifest: String, options: ProjectOptions
  ) throws
    -> (ManifestStore.Opened, String?)
  {
    let program = "reticle \(Reticle.version)"
    do throws(StorageError) {
      if options.work.readOnly {
        return (
          try ManifestStore.open(manifest, access: .read, program: program),
          "opened with --read-only: nothing can be changed"
        )
      }
      do throws(StorageError) {
        return (try ManifestStore.open(manifest, access: .write, program: program), nil)
      } catch {
        guard case .locked = error else { throw error }
        return (
          try ManifestStore.open(manifest, access: .read, program: program), error.description
        )
      }
    } catch {
      throw Failure.saying(error.description, error.exitCode)
    }
  }

  /// What is remembered of the manifest; nothing if it was there once and is gone.
  private static func remembered(of opened: ManifestStore.Opened) -> ManifestState {
    let state = StateFolder.standard?.state(of: opened.store.path) ?? ManifestState()
    return opened.dataset.count == 0 && state.line != nil ? ManifestState() : state
  }

  private static func check(_ survey: Survey, manifest: String) throws {
    let hasImages = survey.summaries.contains { $0.state.isImage }
    guard !hasImages else { return }
    guard let line = survey.problemLines.first, let first = survey.problems[line]?.first else {
      throw Failure.saying("\(manifest): is empty: there is no line in it to label", Failure.data)
    }
    throw Failure.saying(
      "\(manifest):\(line + 1): \(first.message) (no line of it can be labelled)",
      Failure.data)
  }

  /// Labels given as `cat,dog` or as a file.
  static func readLabels(_ text: String?) throws -> (labels: [String], file: String?) {
    guard let text else { return ([], nil) }
    if FileKind.of(text) == .file {
      do throws(StorageError) {
        return (try LabelFile(at: text).labels, text)
      } catch {
        throw Failure.saying(error.description, Failure.data)
      }
    }
    if text.contains("/") || text.hasSuffix(".json") || text.hasSuffix(".txt") {
      throw Failure.saying("\(text): there is no such label file", Failure.noInput)
    }
    var labels: [String] = []
    for name in text.split(separator: ",").map({ $0.trimmingPrefix(" ") }) where !name.isEmpty {
      if !labels.contains(String(name)) { labels.append(String(name)) }
    }
    return (labels, nil)
  }
}

extension StorageError {
  /// The exit code of `sysexits.h` for this error.
  var exitCode: ExitCode {
    switch self {
    case .locked: Failure.temporary
    case .system(.read, _, _), .notAFile, .badPath: Failure.noInput
    case .system, .noSuchFolder, .changedElsewhere: Failure.cannotCreate
    default: Failure.data
    }
  }
}
