import Cells
import GroundTruth
import Raster

extension State {
  /// Does what a command says.
  ///
  /// - Parameters:
  ///   - command: What to do.
  ///   - key: The key that asked for it; `go-to-image` starts with its digit.
  /// - Returns: What the world must do about it.
  mutating func perform(_ command: Command, typed key: Key? = nil) -> [Effect] {
    if command != .cancel { wasCancelled = false }
    let effects = command.isNudge ? [] : settleNudge()
    if case .labels(let cursor) = overlay, let more = performInLabels(command, cursor: cursor) {
      return effects + more
    }
    if let more = performInReading(command) { return effects + more }
    if let more = performInEvaluation(command) { return effects + more }
    if let more = performInSheet(command) { return effects + more }
    if let more = performInModels(command) { return effects + more }
    if command.isEdit, let reason = settings.readOnlyReason {
      message = .problem(reason)
      return effects
    }
    let done = performOnImage(command, typed: key)
    if command.goesOn { showWaitingPredictions() }
    return effects + done
  }

  private mutating func performOnImage(_ command: Command, typed key: Key?) -> [Effect] {
    switch command {
    case .nextImage: return step(by: 1)
    case .previousImage: return step(by: -1)
    case .nextOpen: return stepToOpen(forward: true)
    case .previousOpen: return stepToOpen(forward: false)
    case .firstImage: return go(to: 0)
    case .lastImage: return go(to: queue.lines.count - 1)
    case .goToImage: askForNumber(startingWith: key)
    case .moveLeft: move(-1, 0)
    case .moveDown: move(0, 1)
    case .moveUp: move(0, -1)
    case .moveRight: move(1, 0)
    case .moveLeftFar: move(-10, 0)
    case .moveDownFar: move(0, 10)
    case .moveUpFar: move(0, -10)
    case .moveRightFar: move(10, 0)
    case .hintGrid: startHints()
    case .drawBox: return drawBox()
    case .editBox: editSelected()
    case .oppositeCorner: changeDraft { $0.swapCorners() }
    case .mirrorCorner: changeDraft { $0.mirror() }
    case .confirm:
      guard draft == nil else { return setDraft() }
      return agree() + acceptSelected()
    case .nextBox: select(by: 1)
    case .previousBox: select(by: -1)
    case .deleteBox: return deleteSelected()
    case .deleteAllBoxes: return review == nil ? deleteAll() : rejectAll()
    case .yank: copySelected()
    case .yankAll: copyAll()
    case .paste: return pasteBoxes(clipboard, summary: "paste")
    case .pullPrevious: return pullPrevious()
    case .stamp: return stamp()
    case .carryNext: return carry(by: 1)
    case .carryPrevious: return carry(by: -1)
    case .changeLabel: startPicker()
    case .imageLabels: overlay = .labels(cursor: min(nextLabel, max(0, labels.count - 1)))
    case .verify: return verify()
    case .skip: return changeMark("skip", step: true) { $0.isSkipped.toggle() }
    case .flag: askForNote()
    case .exclude: return changeMark("leave out", step: false) { $0.isExcluded.toggle() }
    case .acceptAll: return acceptAll()
    case .takeBack: return takeBack()
    case .cycleOverlay: cycleOverlay()
    case .lowerThreshold: moveThreshold(by: -5)
    case .raiseThreshold: moveThreshold(by: 5)
    case .evaluate: openEvaluation()
    case .contactSheet: return openSheet()
    case .models: return openModels()
    case .trainModel: return trainNext()
    case .runModel: return runModelHere()
    case .undo: return undo()
    case .redo: return redo()
    default:
      if let slot = command.labelSlot { return chooseLabel(slot) }
      return performOnView(command)
    }
    return []
  }

  private mutating func performOnView(_ command: Command) -> [Effect] {
    switch command {
    case .zoomIn: zoom(by: 1.5)
    case .zoomOut: zoom(by: 1 / 1.5)
    case .zoomBox: zoomToBox()
    case .zoomActual: zoom(toColumnsPerPixel: 1)
    case .panLeft: pan(columns: -10, rows: 0)
    case .panRight: pan(columns: 10, rows: 0)
    case .panUp: pan(columns: 0, rows: -5)
    case .panDown: pan(columns: 0, rows: 5)
    case .toggleBoxes:
      canvas.showsBoxes.toggle()
      message = .note(canvas.showsBoxes ? "boxes on" : "boxes off; b shows them")
    case .cycleCaptions: cycleCaptions()
    case .equalize:
      canvas.adjustment.equalize.toggle()
      message = .note(canvas.adjustment.equalize ? "equalised (the view only)" : "as it is")
    case .darker: adjust { $0.brightness -= 10 }
    case .brighter: adjust { $0.brightness += 10 }
    case .lessContrast: adjust { $0.contrast -= 10 }
    case .moreContrast: adjust { $0.contrast += 10 }
    case .togglePanels: showsPanels.toggle()
    default: return performOnProgram(command)
    }
    return []
  }

  private mutating func performOnProgram(_ command: Command) -> [Effect] {
    switch command {
    case .cycleSort: cycleOrder()
    case .info: overlay = .info(scroll: 0)
    case .filter: overlay = .prompt(Prompt(purpose: .filter, line: LineEditor(queue.filterText)))
    case .commandLine: overlay = .prompt(Prompt(purpose: .command, line: LineEditor()))
    case .help: overlay = .help(scroll: 0, context: keyContext)
    case .save: return saveNow()
    case .repaint:
      retryPictures()
      return [.repaint]
    case .suspend: return [.suspend]
    case .back: return back()
    case .cancel: return cancel()
    case .quit: leave()
    default: break
    }
    return []
  }

  /// One level back: the list, the box being drawn, the selection, the filter, the program.
  private mutating func back() -> [Effect] {
    if stopLooking() { return [] }
    if overlay != nil {
      overlay = nil
    } else if draft != nil {
      draft = nil
    } else if goBack() {
      return []
    } else if selectedRect != nil {
      canvas.selection = nil
      review?.selection = nil
    } else if !queue.filterText.isEmpty || review?.cell != nil {
      applyFilter("")
    } else {
      leave()
    }
    return []
  }

  private mutating func cancel() -> [Effect] {
    if wasCancelled {
      leave()
      return []
    }
    wasCancelled = true
    if stopLooking() { return [] }
    overlay = nil
    draft = nil
    pendingKeys = []
    message = .note("Ctrl+C again quits; everything is saved")
    return []
  }

  private mutating func saveNow() -> [Effect] {
    let effects = saveIfNeeded()
    message = .note(
      progress.unwritten == 0 ? "the manifest is up to date" : "writing the manifest")
    return effects
  }
}

extension Command {
  /// Whether it may go on with a run of nudges, which is one edit.
  var isNudge: Bool {
    switch self {
    case .moveLeft, .moveDown, .moveUp, .moveRight, .moveLeftFar, .moveDownFar, .moveUpFar,
      .moveRightFar, .zoomIn, .zoomOut, .panLeft, .panRight, .panUp, .panDown, .darker, .brighter,
      .toggleBoxes, .equalize:
      true
    default: false
    }
  }
}
