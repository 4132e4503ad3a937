/// Everything a person can ask for; a key, a `:` line and a click all become one of these.
///
/// The raw value is the name used in keymap files and after `:`.
public enum Command: String, CaseIterable, Sendable {
  // Going through the images.
  case nextImage = "next-image"
  case previousImage = "previous-image"
  case nextOpen = "next-open"
  case previousOpen = "previous-open"
  case firstImage = "first-image"
  case lastImage = "last-image"
  case goToImage = "go-to-image"

  // Moving the crosshair, the selected box, a corner or a list's cursor.
  case moveLeft = "move-left"
  case moveDown = "move-down"
  case moveUp = "move-up"
  case moveRight = "move-right"
  case moveLeftFar = "move-left-far"
  case moveDownFar = "move-down-far"
  case moveUpFar = "move-up-far"
  case moveRightFar = "move-right-far"
  case hintGrid = "hint-grid"

  // Boxes.
  case drawBox = "draw-box"
  case editBox = "edit-box"
  case oppositeCorner = "opposite-corner"
  case mirrorCorner = "mirror-corner"
  case confirm = "confirm"
  case nextBox = "next-box"
  case previousBox = "previous-box"
  case deleteBox = "delete-box"
  case deleteAllBoxes = "delete-all-boxes"
  case yank = "yank"
  case paste = "paste"
  case yankAll = "yank-all"
  case pullPrevious = "pull-previous"
  case stamp = "stamp"
  case carryNext = "carry-next"
  case carryPrevious = "carry-previous"

  // Labels.
  case label1 = "label-1"
  case label2 = "label-2"
  case label3 = "label-3"
  case label4 = "label-4"
  case label5 = "label-5"
  case label6 = "label-6"
  case label7 = "label-7"
  case label8 = "label-8"
  case label9 = "label-9"
  case label10 = "label-10"
  case changeLabel = "change-label"
  case imageLabels = "image-labels"

  // What is said of the whole image.
  case verify = "verify"
  case skip = "skip"
  case flag = "flag"
  case exclude = "exclude"

  // Review of predictions.
  case acceptAll = "accept-all"
  case takeBack = "take-back"
  case cycleOverlay = "cycle-overlay"
  case lowerThreshold = "lower-threshold"
  case raiseThreshold = "raise-threshold"
  case evaluate = "evaluate"
  case contactSheet = "contact-sheet"
  case mark = "mark"

  // Models.
  case models = "models"
  case runModel = "run-model"
  case trainModel = "train-model"

  // History.
  case undo = "undo"
  case redo = "redo"

  // The view.
  case zoomIn = "zoom-in"
  case zoomOut = "zoom-out"
  case zoomBox = "zoom-box"
  case zoomActual = "zoom-actual"
  case panLeft = "pan-left"
  case panDown = "pan-down"
  case panUp = "pan-up"
  case panRight = "pan-right"
  case toggleBoxes = "toggle-boxes"
  case cycleCaptions = "cycle-captions"
  case equalize = "equalize"
  case darker = "darker"
  case brighter = "brighter"
  case lessContrast = "less-contrast"
  case moreContrast = "more-contrast"
  case togglePanels = "toggle-panels"

  // The rest.
  case cycleSort = "cycle-sort"
  case info = "info"
  case filter = "filter"
  case commandLine = "command-line"
  case help = "help"
  case save = "save"
  case repaint = "repaint"
  case suspend = "suspend"
  case back = "back"
  case cancel = "cancel"
  case quit = "quit"

  /// What it does, as the help says it.
  public var explanation: String { Self.explanations[self] ?? rawValue }

  /// Which of the ten labels with a digit, from 0, if the command is about one.
  public var labelSlot: Int? {
    guard rawValue.hasPrefix("label-"), let number = Int(rawValue.dropFirst(6)) else { return nil }
    return number - 1
  }

  /// Whether it changes the dataset, and so is refused where that may only be read.
  public var isEdit: Bool {
    switch self {
    case .drawBox, .editBox, .deleteBox, .deleteAllBoxes, .paste, .pullPrevious, .stamp,
      .carryNext, .carryPrevious, .verify, .skip, .flag, .exclude, .undo, .redo,
      .acceptAll, .takeBack:
      true
    default: false
    }
  }
}
