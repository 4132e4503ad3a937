import Cells
import GroundTruth
import Mosaic
import Storage
import Terminal
import Workstation

/// A manifest opened for labelling, with all that belongs to it.
struct Project: Sendable {
  /// A line for the message row when the work starts.
  struct Notice: Sendable {
    var text: String
    var isProblem: Bool
  }

  let store: ManifestStore
  /// The manifest as the person named it.
  let outputPath: String
  let dataset: Dataset
  /// The counts of all lines, or of a sample that tells what the manifest is about.
  var survey: Survey
  /// Whether all lines are counted; those of a large manifest are while it is worked on.
  var isCounted: Bool
  /// Steps to be recorded before the first edit: the lines of images that the manifest lacks.
  let preamble: [JournalRecord]
  let locator: ImageLocator
  let labels: [String]
  let labelFile: String?
  var attribute: String
  let remembered: ManifestState
  let readOnlyReason: String?
  var notices: [Notice]
  let keymap: Keymap

  /// The state to begin with.
  @MainActor
  func state(for screen: CursesScreen, preferences: Preferences, options: ProjectOptions) -> State {
    let space =
      options.work.boxSpace ?? remembered.settings[Self.boxSpace].flatMap { BoxSpace(rawValue: $0) }
    let settings = Settings(
      title: outputPath, task: options.work.task ?? task, attribute: attribute,
      jobName: options.work.job,
      boxSpace: space ?? .upright, readOnlyReason: readOnlyReason,
      glyphs: options.work.drawing.glyphs ?? preferences.glyphs ?? .auto,
      bandwidth: options.work.drawing.bandwidth ?? preferences.bandwidth ?? .auto,
      isRemote: CursesScreen.isRemote, spread: .overCores,
      capabilities: screen.capabilities, keymap: keymap,
      workingFolder: Sources.real("."), ownBindings: preferences.bindings)
    let others = survey.labels.map(\.name).filter { !labels.contains($0) }
    return State(
      dataset: dataset,
      survey: isCounted ? survey : Survey(lineCount: dataset.count, truth: attribute),
      labels: labels + others, settings: settings, size: screen.size, startingAt: startLine,
      recovered: recovered)
  }

  /// What is labelled, by what the manifest holds: boxes unless there are only image-level labels.
  private var task: LabellingTask {
    let hasBoxes = survey.labels.contains { $0.boxCount > 0 } || !survey.boxAttributes.isEmpty
    let hasImageLabels = survey.labels.contains { $0.imageLevelCount > 0 }
    return hasImageLabels && !hasBoxes ? .classification : .boxes
  }

  /// The line where the work was left off, if its image is still the same.
  private var startLine: Int? {
    guard let line = remembered.line, line < dataset.count,
      let entry = try? Entry(line: dataset.line(at: line)),
      entry.sourceRef == remembered.sourceReference
    else { return nil }
    return line
  }

  // MARK: What is kept between sittings

  /// The name of the setting that says in which pixels boxes are.
  static let boxSpace = "box-space"

  /// Changes what is remembered of the manifest.
  func change(_ change: (inout ManifestState) -> Void) {
    guard readOnlyReason == nil, let folder = StateFolder.standard else { return }
    var state = folder.state(of: store.path)
    change(&state)
    folder.keep(state, of: store.path)
  }

  /// How many steps came back from a journal and are not in the manifest.
  var recovered: Int { store.unsavedCount }

  /// Keeps a label added at work; returns what went wrong.
  func keepLabel(_ label: String) -> String? {
    guard readOnlyReason == nil else { return nil }
    if let labelFile {
      do throws(StorageError) {
        var file = try LabelFile(at: labelFile)
        try file.add([label])
        return nil
      } catch {
        return error.description
      }
    }
    change { if !$0.labels.contains(label) { $0.labels.append(label) } }
    return nil
  }

  /// Keeps where the work was left off, the labels in the order of their digits, the box space.
  func rememberPlace(of state: State) {
    guard let line = state.queue.current, let entry = try? Entry(line: state.dataset.line(at: line))
    else { return }
    let hasManifest = state.hasEdits || dataset.source.lineCount > 0
    guard hasManifest else { return }
    change {
      $0.line = line
      $0.sourceReference = entry.sourceRef
      $0.labels = labelFile == nil ? state.labels : []
      $0.settings[Self.boxSpace] = state.settings.boxSpace.rawValue
    }
  }
}
