/// How far a prediction is settled.
enum Standing: UInt8, Sendable {
  /// It asks for a decision.
  case open
  /// The truth has it already: a box of its label lies where it lies.
  case agreed
  /// A person found it wrong.
  case rejected
  /// A person took it with another label or in another place.
  case corrected

  /// From which IoU on a truth and a prediction of one label need no decision: the place of a box
  /// drawn twice by one person differs by as much.
  static let agreement = 0.75
  /// From which IoU on a prediction is the one that was settled before, so that a model trained
  /// anew doesn't bring it back.
  static let sameness = 0.9
}
