import Cells
import Mosaic
import Raster

extension State {
  /// Takes an event and tells what the world must do about it.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - now: The time, in seconds since 1970: edits bear it.
  /// - Returns: The effects, in the order in which they are to be performed.
  public mutating func reduce(_ event: Event, at now: Double) -> [Effect] {
    self.now = now
    var effects: [Effect] = []
    switch event {
    case .input(let input): effects = reduce(input)
    case .pause:
      // The picture first: what is on its way to the disk is safe in the journal.
      if !isFinished, !isLinkBehind, sharpen() { return [] }
      effects = settleNudge() + saveIfNeeded()
    case .drained(let rate): linkRate = rate
    case .link(let isBehind): isLinkBehind = isBehind
    case .picture(let request, let outcome):
      if !takeForSheet(outcome, of: request) { take(outcome, of: request) }
    case .recorded(let count):
      progress.recorded = max(progress.recorded, count)
      progress.trouble = nil
    case .saved(let count):
      progress.written = max(progress.written, count)
      progress.recorded = max(progress.recorded, count)
      progress.isSaving = false
      progress.trouble = nil
    case .storageFailed(let reason):
      progress.isSaving = false
      progress.trouble = reason
      message = .problem(reason)
    case .counted(let part): take(part)
    case .performed(let command, let outcome): effects = take(outcome, of: command)
    case .models(let report): effects = take(report)
    case .training(let news): effects = take(news) + listModels(after: news)
    case .looked(let news): take(news)
    case .notice(let text, let isProblem): take(text, isProblem: isProblem)
    }
    effects += arrive() + trainIfDue() + look()
    return effects + refresh()
  }

  private mutating func reduce(_ input: InputEvent) -> [Effect] {
    switch input {
    case .key(let key):
      review?.pace.press(at: now)
      message = progress.trouble.map { .problem($0) }
      return press(key)
    case .pointer(let pointer): return point(pointer)
    case .paste(let text):
      pasteText(text)
      return []
    case .resize(let size):
      self.size = size
      // Its tiles were cut for the old pane.
      if case .hints = overlay { overlay = nil }
      return []
    case .focus: return []
    case .terminate:
      isFinished = true
      return settleNudge()
    }
  }

  /// Keeps a notice for the info screen, and says it unless a problem stands there.
  mutating func take(_ notice: String, isProblem: Bool) {
    notices.append(notice)
    guard isProblem || message?.kind != .problem else { return }
    let more = notices.count > 1 ? " (i shows all \(notices.count) notices)" : ""
    message = Message(text: notice + more, kind: isProblem ? .problem : .note)
  }

  /// Brings all that follows from the rest up to date: the view, the pictures, the backdrop.
  mutating func refresh() -> [Effect] {
    updateViewport()
    updateBackdrop()
    updateEvaluation()
    updateSheet()
    let requests = wantedPictures()
    guard requests != wanted else { return [] }
    wanted = requests
    return [.want(requests)]
  }

  /// Writes the manifest if steps are not in it yet and no save is under way.
  mutating func saveIfNeeded() -> [Effect] {
    guard progress.unwritten > 0, !progress.isSaving, !isNudging else { return [] }
    progress.isSaving = true
    return [.save(dataset, through: progress.taken)]
  }
}
