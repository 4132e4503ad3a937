/// Which boxes are shown in a review.
public enum ReviewOverlay: String, CaseIterable, Sendable {
  /// Those of the truth.
  case truth
  /// Those predicted.
  case predictions
  /// Both.
  case both
  /// What became of them: true positives with their IoU, false positives, false negatives.
  case outcomes

  /// The next one in turn.
  var next: ReviewOverlay {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  /// What the message line says.
  var explanation: String {
    switch self {
    case .truth: "overlay: the truth (T)"
    case .predictions: "overlay: the predictions (P)"
    case .both: "overlay: truth (T, solid) and predictions (P, dashed)"
    case .outcomes: "overlay: TP solid, FP dashed, FN dotted"
    }
  }
}
