import Cells
import GroundTruth
import Mosaic
import Raster

extension State {
  /// Whether the models fill the screen.
  var isOnModels: Bool { if case .models = screen { true } else { false } }
  /// Whether what is shown is a file in no manifest.
  var isOnFile: Bool { isOnModels && models.file != nil }

  /// Shows the models, and has them listed anew.
  mutating func openModels() -> [Effect] {
    guard !isOnModels else { return [] }
    let effects = settleNudge()
    open(.models)
    return effects + [.models(.list)]
  }

  /// What a command means on the models' screen; `nil` if what it always means.
  mutating func performInModels(_ command: Command) -> [Effect]? {
    guard isOnModels else { return nil }
    switch command {
    case .nextBox: focus(on: models.part.moved(by: 1))
    case .previousBox: focus(on: models.part.moved(by: -1))
    case .confirm, .verify: return confirmInModels()
    case .trainModel: return trainNext()
    case .runModel: return runAgain()
    case .deleteBox: return stopModel()
    case .deleteAllBoxes: return askToRemove()
    case .nextImage: return testAnother(by: 1)
    case .previousImage: return testAnother(by: -1)
    case .lowerThreshold: moveMinimum(by: -5)
    case .raiseThreshold: moveMinimum(by: 5)
    case .firstImage: moveInModels(by: -Int.max / 2)
    case .lastImage: moveInModels(by: Int.max / 2)
    case .repaint:
      retryPictures()
      return [.repaint, .models(.list)]
    case .back, .cancel, .commandLine, .help, .save, .suspend, .quit, .evaluate, .zoomIn,
      .zoomOut, .zoomBox, .zoomActual, .panLeft, .panRight, .panUp, .panDown, .toggleBoxes,
      .cycleCaptions, .equalize, .darker, .brighter, .lessContrast, .moreContrast:
      return nil
    default:
      guard let (columns, rows) = command.direction else {
        message = .note("not on this screen: Esc goes back to the images")
        return []
      }
      if columns != 0 { return models.part == .versions ? [] : useAnother(by: columns.signum()) }
      moveInModels(by: rows)
    }
    return []
  }

  // MARK: Moving

  mutating func focus(on part: Models.Part) {
    if part != models.part { models.scroll = 0 }
    models.part = part
    if part != .versions { models.shownPart = part }
  }

  /// Moves the cursor among the versions or the results, or scrolls the lines.
  mutating func moveInModels(by step: Int) {
    func moved(_ place: Int, among count: Int) -> Int {
      let (sum, overflow) = place.addingReportingOverflow(step)
      return max(0, min(count - 1, overflow ? (step < 0 ? 0 : count - 1) : sum))
    }
    switch models.part {
    case .versions:
      guard !models.versions.isEmpty else { return }
      models.cursor = models.versions[moved(models.row, among: models.versions.count)].name
    case .results:
      let count = shownResults.count
      guard count > 0 else { return }
      models.selection =
        models.selection.map { moved($0, among: count) } ?? (step < 0 ? count - 1 : 0)
      canvas.showsBoxes = true
      if let rect = selectedResult?.rect {
        canvas.viewport = canvas.viewport?.revealing(rect.center)
      }
    case .request, .response:
      models.scroll = moved(models.scroll, among: models.lines.count)
    }
  }

  // MARK: Versions

  /// Starts the version under the cursor, or tests it; of a result, zooms to its box.
  private mutating func confirmInModels() -> [Effect] {
    if let line = pictureLine, pictures[line]?.consentQuestion != nil,
      pictures[line]?.hasConsent != true
    {
      return agree()
    }
    if models.part == .results, selectedResult?.rect != nil {
      zoomToBox()
      return []
    }
    guard models.part == .versions else { return [] }
    guard let version = models.current else {
      message = .note(models.isListed ? "there is no model yet: t trains one" : "listing…")
      return []
    }
    if version.status == .running {
      focus(on: .results)
      return use(version.name)
    }
    if version.isInterrupted { return train(version.name.version) }
    guard version.status.canStart else {
      message = .note(version.idleReason)
      return []
    }
    guard version.home == .aws else { return start(version.name, inferenceUnits: 1) }
    overlay = .dialog(ModelDialog(question: .units(version.name)))
    return []
  }

  /// Has a version started; it is used as soon as it runs.
  mutating func start(_ name: ListedModel.Name, inferenceUnits: Int) -> [Effect] {
    guard models.change(name, { $0.status = .starting }) else { return [] }
    models.awaited = name
    models.trouble = nil
    message = .note(
      models[name]?.home == .aws
        ? "starting \(name): billed from now on until x stops it"
        : "starting \(name) on this machine, which is free")
    return [.models(.start(name, inferenceUnits: inferenceUnits))]
  }

  /// Stops the version under the cursor; asks first if that is its training.
  private mutating func stopModel() -> [Effect] {
    let chosen = models.part == .versions ? models.current : models[models.used]
    guard let version = chosen else {
      message = .note("no version is chosen")
      return []
    }
    switch version.status {
    case .trainingInProgress where training(of: version) != nil:
      overlay = .dialog(ModelDialog(question: .stopTraining(version.name)))
    case .trainingInProgress where version.home == .aws:
      message = .note("AWS can't be told to stop a training")
    case .trainingInProgress:
      message = .note("\(version.name) is not trained by this program: stop it where it is")
    case .running, .starting:
      _ = models.change(version.name) { $0.status = .stopping }
      if models.used == version.name { forgetUsed() }
      if models.awaited == version.name { models.awaited = nil }
      message = .note("stopping \(version.name)")
      return [.models(.stop(version.name))]
    default:
      message = .note("\(version.name) does not run")
    }
    return []
  }

  private mutating func askToRemove() -> [Effect] {
    guard models.part == .versions, let version = models.current else {
      message = .note("Tab goes to the models: X removes the one under the cursor")
      return []
    }
    guard !version.status.isBusy || version.isInterrupted, version.status != .running else {
      message = .note("\(version.name) is at work: x stops it first")
      return []
    }
    overlay = .dialog(ModelDialog(question: .remove(version.name)))
    return []
  }

  /// Trains the next version, if there is something to learn from.
  mutating func trainNext() -> [Effect] {
    guard labelledCount > 0 else {
      message = .problem("nothing is labelled yet: label about ten images, then train")
      return []
    }
    return train("")
  }

  /// Has the versions listed anew if a training began or came to its end.
  func listModels(after news: TrainingNews) -> [Effect] {
    if case .progress = news { return [] }
    return models.isListed ? [.models(.list)] : []
  }

  /// How far the training of a version is, if it is the one beside the work.
  func training(of version: ListedModel) -> TrainingWork.Running? {
    guard version.home == .here, version.status == .trainingInProgress,
      let running = training.running, running.version == version.name.version
    else { return nil }
    return running
  }

  /// How many images are labelled, as far as they are counted.
  var labelledCount: Int { imageCount - openCount }

  /// Makes the request that failed again, or asks the model again.
  private mutating func runAgain() -> [Effect] {
    guard let trouble = models.trouble else { return detect() }
    models.trouble = nil
    switch trouble.request {
    case .detect: return detect()
    case .start(let name, let units): return start(name, inferenceUnits: units)
    case .list, .stop, .remove:
      message = .note("trying again")
      return [.models(trouble.request)]
    }
  }
}

extension ListedModel {
  /// Why nothing can be done with a version now.
  fileprivate var idleReason: String {
    switch status {
    case .trainingInProgress: "it is still being trained; x stops that"
    case .trainingFailed, .failed, .copyingFailed:
      statusMessage.isEmpty ? "it failed: t trains another version" : statusMessage
    case .expired: "it is too old to run: t trains another version"
    default: "nothing can be done with it while it is \(status.rawValue)"
    }
  }

  /// What Enter does with it.
  var action: String {
    switch status {
    case .running: "Enter tests it, x stops it"
    case .trainingInProgress where isInterrupted:
      "its training was interrupted: Enter goes on with it"
    case .trainingInProgress: home == .here ? "x stops its training" : "it takes AWS a while"
    case .starting: "it is being started"
    case _ where status.canStart:
      home == .aws ? "Enter starts it (billed by AWS while it runs)" : "Enter starts it (free)"
    default: ""
    }
  }
}

extension Models {
  /// The lines of the part that has some.
  var lines: [String] {
    switch part {
    case .request: request
    case .response: response
    case .versions, .results: []
    }
  }
}
