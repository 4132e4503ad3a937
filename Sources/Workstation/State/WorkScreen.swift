import Evaluation

/// What fills the screen under the header; lists, prompts and help lie over it.
enum WorkScreen: Sendable {
  /// The image being worked on.
  case image
  /// How good the predictions are.
  case evaluation(EvaluationScreen)
  /// The queue as a contact sheet.
  case sheet
  /// The models, and what one finds in an image.
  case models
}

/// Where the person was before going to another screen.
struct Origin: Sendable {
  var screen: WorkScreen
  /// The queue there, if going on changed it.
  var queue: QueueChoice?
  /// The threshold there, in hundredths.
  var hundredths: Int?
}

/// What the queue of a review is made of, to make it again.
struct QueueChoice: Sendable {
  var order: Queue.Order
  var filterText: String
  var unit: ReviewUnit
  var cell: ChosenCell?
  /// Where in it the person was.
  var line: Int?
  var item: ReviewItem?
}

/// A cell of a confusion matrix whose predictions and truths are gone through.
struct ChosenCell: Hashable, Sendable {
  /// Which cell.
  var cell: ConfusionMatrix.Cell
  /// Whether the matrix is of labels for whole images.
  var isOfImages: Bool
}

extension State {
  /// How many screens can be gone back through; the oldest are forgotten.
  private static let originLimit = 8

  /// Goes to another screen, and remembers the way back.
  mutating func open(_ new: WorkScreen, leaving queue: QueueChoice? = nil) {
    origins.append(Origin(screen: screen, queue: queue, hundredths: review?.hundredths))
    if origins.count > Self.originLimit { origins.removeFirst() }
    screen = new
    draft = nil
    canvas.pan = nil
  }

  /// Goes back to the screen before; `false` where there was none.
  mutating func goBack() -> Bool {
    guard let origin = origins.popLast() else { return false }
    screen = origin.screen
    if let queue = origin.queue {
      restore(queue)
    } else if review?.hundredths != origin.hundredths, !isOnEvaluation {
      rebuildReviewQueue()
    }
    return true
  }

  /// What the queue is made of now.
  var queueChoice: QueueChoice? {
    review.map { review in
      QueueChoice(
        order: queue.order, filterText: queue.filterText, unit: review.unit, cell: review.cell,
        line: queue.current, item: review.items[safe: queue.position])
    }
  }

  private mutating func restore(_ choice: QueueChoice) {
    queue.order = choice.order
    queue.filterText = choice.filterText
    review?.unit = choice.unit
    review?.cell = choice.cell
    rebuildReviewQueue()
    let place =
      choice.item.flatMap { review?.items.firstIndex(of: $0) }
      ?? choice.line.flatMap { queue.lines.firstIndex(of: $0) }
    if let place { _ = go(to: place) }
  }

  /// Whether something else than the image fills the screen.
  var isElsewhere: Bool {
    switch screen {
    case .image, .models: false
    default: true
    }
  }

  /// Whether the figures fill the screen.
  var isOnEvaluation: Bool { if case .evaluation = screen { true } else { false } }
}
