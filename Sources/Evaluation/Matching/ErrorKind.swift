/// What kind of mistake a prediction or a missing one is.
///
/// The kinds of TIDE (Bolya et al., “TIDE: A General Toolbox for Identifying Object Detection
/// Errors”, ECCV 2020), told by one rule: the truth with the greatest IoU decides, of any label,
/// the prediction's own if two are equal. It *overlaps* from ``MatchRules/iou`` on and is *near*
/// from ``MatchRules/nearIoU`` on. None depends on the confidence threshold except `missed`.
public enum ErrorKind: UInt8, CaseIterable, Hashable, Sendable {
  /// Overlaps a truth of its label that a surer prediction has found already.
  case duplicate
  /// Is near a truth of its label, and not near enough.
  case localisation
  /// Overlaps a truth of another label.
  case classification
  /// Is near a truth of another label: wrong in label and place.
  case both
  /// Is near no truth.
  case background
  /// A truth that nothing found, and that is nearest to no wrong place or wrong label either.
  case missed
}
