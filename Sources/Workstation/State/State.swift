public import Cells
public import GroundTruth
import Mosaic
import Raster

/// All that a workstation knows: a value, changed only by `reduce`.
public struct State: Sendable {
  /// The manifest with the edits made.
  public internal(set) var dataset: Dataset
  /// Counts and states of all entries; of a large manifest, of those counted so far.
  public internal(set) var survey: Survey
  /// Lines that were changed before they were counted, as they were when counting began.
  var changedUncounted: [Int: [UInt8]] = [:]
  /// The images being worked through.
  public internal(set) var queue: Queue
  /// What the program was started with; `:` commands change some of it.
  public internal(set) var settings: Settings
  /// The screen's size.
  public internal(set) var size: CellSize
  /// What the message line says.
  public internal(set) var message: Message?
  /// Whether the person has left.
  public internal(set) var isFinished = false
  /// The time, in seconds since 1970, as of the event being reduced.
  public internal(set) var now = 0.0

  /// Steps taken since the start, and how many of them are safe and written.
  var progress = WriteProgress()
  /// The labels, in the order of their digits.
  public internal(set) var labels: [String]
  /// The label of the next box, as a place in `labels`.
  var nextLabel = 0
  /// The image being worked on.
  var subject: Subject?
  var canvas = Canvas()
  var pictures: [Int: PictureSlot] = [:]
  /// Counts the pictures that came, to know when the backdrop is stale.
  var pictureNumber = 0
  /// What was last asked for.
  var wanted: [PictureRequest] = []
  var overlay: Overlay?
  var draft: Draft?
  /// A box moved by keys, not yet an edit: a run of nudges is one.
  var nudge: (box: Int, rect: PixelRect)?
  /// Boxes copied.
  var clipboard: [Subject.ShownBox] = []
  /// Boxes to put on the image that is about to be shown.
  var arrivals: [Subject.ShownBox] = []
  /// The manifest line of the image they are carried to.
  var arrivalLine: Int?
  /// The size and label of the box drawn last.
  var lastBox: Subject.ShownBox?
  /// Keys pressed that begin a longer binding.
  var pendingKeys: [Key] = []
  /// Whether panels are shown where there is room.
  var showsPanels = true
  /// What was said about files, oldest first.
  var notices: [String] = []
  /// Ctrl+C was the key before.
  var wasCancelled = false
  /// Bytes a second that the way to the terminal was seen to carry.
  var linkRate: Double?
  /// Whether much of what was drawn is still on its way to the terminal.
  var isLinkBehind = false
  /// The labels before and after each renaming, by its place in the history.
  var renamings: [Int: (before: [String], after: [String])] = [:]
  /// A model's predictions and what became of them, while they are reviewed.
  var review: Review?
  /// The training in the background, and what is made of it.
  var training = TrainingWork()
  /// The model that looks at images while the person works.
  var live = LiveModel()
  /// What fills the screen.
  var screen = WorkScreen.image
  /// The contact sheet, shown or not.
  var sheet = ContactSheet()
  /// The models, and what one was asked.
  var models = Models()
  /// The screens to go back to, the last one first.
  var origins: [Origin] = []
  /// Whether the person looked at the figures.
  var hasEvaluated = false
  /// Lines typed before, by purpose.
  var typed: [Prompt.Purpose: [String]] = [:]

  /// Creates a state and asks for nothing yet: the first event starts the work.
  ///
  /// - Parameters:
  ///   - dataset: The manifest.
  ///   - survey: Its counts, taken with the truth attribute of the settings; if it isn't complete,
  ///     the rest comes as `Event.counted`, and until then all lines are taken for images.
  ///   - labels: The labels in the order of their digits; those of the survey are added.
  ///   - settings: What the program was started with.
  ///   - size: The screen's size.
  ///   - start: The manifest line to begin with.
  ///   - recovered: How many steps came back from a journal: they are safe, but not yet written.
  public init(
    dataset: Dataset, survey: Survey, labels: [String], settings: Settings, size: CellSize,
    startingAt start: Int? = nil, recovered: Int = 0
  ) {
    self.dataset = dataset
    self.survey = survey
    self.settings = settings
    self.size = size
    self.labels = labels
    progress = WriteProgress(taken: recovered, recorded: recovered)
    queue = Queue(lines: [], position: 0)
    for label in survey.labels.map(\.name) where !self.labels.contains(label) {
      self.labels.append(label)
    }
    queue.lines = isCounting ? Array(0..<dataset.count) : workableLines
    queue.position = start.flatMap { queue.position(of: $0) } ?? 0
    if let position = showablePosition(near: queue.position) { queue.position = position }
    loadSubject()
  }

  /// How long to wait for input before `Event.pause` is due; `nil` for as long as it takes.
  public var patience: Duration? {
    if let sharpening = canvas.sharpening, !isLinkBehind {
      return .milliseconds(sharpening.goal == nil ? 250 : 40)
    }
    if isNudging { return .milliseconds(400) }
    if progress.isTroubled { return .seconds(5) }
    if progress.unwritten > 0 { return .seconds(8) }
    // A terminal that never answers must not keep the picture coarse.
    return canvas.sharpening == nil ? nil : .seconds(5)
  }

  /// How many steps were taken since the start, those that came back included.
  public var stepsTaken: Int { progress.taken }
  /// Whether anything was changed since the start, or came back at it.
  public var hasEdits: Bool { progress.taken > 0 }

  /// What there is now, in a sentence for the shell.
  public var summary: String {
    if isCounting { return "saved; not all of its \(dataset.count) lines were counted yet" }
    let boxes = survey.labels.reduce(0) { $0 + $1.boxCount }
    return "\(imageCount - openCount) of \(imageCount) images done, \(boxes) boxes"
  }

  /// What the keys mean now.
  public var keyContext: KeyContext {
    if let overlay {
      switch overlay {
      case .labels, .help, .info, .report: return .list
      case .prompt, .picker, .hints, .dialog: break
      }
    }
    if isOnEvaluation { return .evaluation }
    if isOnSheet { return .sheet }
    if isOnModels { return .models }
    return draft == nil ? .image : .draw
  }

  /// What is known of the file of the image being worked on.
  var facts: ImageFacts? { subject.flatMap { pictures[$0.line]?.facts } }

  /// Whether a box is being moved by keys.
  var isNudging: Bool { nudge != nil || review?.nudge != nil }

  /// The manifest lines that are images: not blank, not broken.
  ///
  /// - Complexity: O(*n*).
  var workableLines: [Int] {
    survey.summaries.indices.filter { survey.summaries[$0].isWorkable }
  }

  /// Reads the current entry again, after a step or a move.
  mutating func loadSubject() {
    guard let line = queue.current, let entry = try? Entry(line: dataset.line(at: line)) else {
      subject = nil
      return
    }
    subject = Subject(
      line: line, entry: entry, attribute: settings.attribute, facts: pictures[line]?.facts,
      boxSpace: settings.boxSpace)
    showPredictions()
    if let selection = canvas.selection, selection >= (subject?.boxes.count ?? 0) {
      canvas.selection = nil
    }
  }
}

/// How far the steps taken are written.
struct WriteProgress: Hashable, Sendable {
  /// Steps taken.
  var taken = 0
  /// Steps safe in the journal.
  var recorded = 0
  /// Steps in the manifest itself.
  var written = 0
  /// Whether a save is under way.
  var isSaving = false
  /// What is wrong with the disk, if something is.
  var trouble: String?

  var unwritten: Int { taken - written }
  var isTroubled: Bool { trouble != nil }
}
