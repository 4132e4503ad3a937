/// From which confidence on predictions count.
public enum ThresholdChoice: Hashable, Sendable {
  /// Each label has the threshold with its best F1, as in Custom Labels.
  ///
  /// A label of which nothing is found at any threshold has 0.5.
  case assumed
  /// All labels have one.
  case common(Double)
  /// Each label has one that was chosen elsewhere, on images that don't count here.
  case given(Thresholds)
}
