import Raster

/// What a person decides on a prediction.
enum Decision: Hashable, Sendable {
  /// It is right.
  case accept
  /// It is wrong.
  case reject
  /// It is right but for its label.
  case relabel(String)
  /// It is right but for its place, in whole pixels of the upright image, and maybe its label.
  case adjust(PixelRect, label: String?)
}

/// A decision that was taken, as Backspace needs it.
struct TakenDecision: Sendable {
  /// The place in the queue where it was taken, and the manifest line shown there.
  var position: Int
  var line: Int
  /// The length of the history after it; `nil` if it changed nothing.
  var historyLength: Int?
  /// What was selected.
  var selection: ReviewItem.Target?
}

/// A predicted box moved by keys.
struct PixelRectNudge: Hashable, Sendable {
  /// Its place among those of the line.
  var box: Int
  /// Where it is now, in pixels of the upright image.
  var rect: PixelRect
}
