/// One thing to decide on: a member of a queue of single boxes, and of a contact sheet.
struct ReviewItem: Hashable, Sendable {
  /// What of an image it is.
  enum Target: Hashable, Sendable {
    /// A predicted box, by its place among those of the line.
    case box(Int32)
    /// A predicted label for the whole image, by its place among those of the line.
    case label(Int32)
    /// A box of the truth that no prediction found, by its place in the truth attribute.
    case missed(Int32)

    /// The place of the predicted box, if it is one.
    var boxPlace: Int? { if case .box(let place) = self { Int(place) } else { nil } }
  }

  private let storedLine: Int32
  /// What of the image.
  var target: Target

  /// The manifest line, from 0.
  var line: Int { Int(storedLine) }
  /// The place of the predicted box, if it is one.
  var box: Int? { target.boxPlace }
  /// The place of the predicted label, if it is one.
  var label: Int? { if case .label(let place) = target { Int(place) } else { nil } }
  /// The place of the missed truth, if it is one.
  var missed: Int? { if case .missed(let place) = target { Int(place) } else { nil } }

  init(line: Int, _ target: Target) {
    storedLine = Int32(clamping: line)
    self.target = target
  }

  static func box(_ place: Int, line: Int) -> ReviewItem {
    ReviewItem(line: line, .box(Int32(clamping: place)))
  }

  static func label(_ place: Int, line: Int) -> ReviewItem {
    ReviewItem(line: line, .label(Int32(clamping: place)))
  }

  static func missed(_ place: Int, line: Int) -> ReviewItem {
    ReviewItem(line: line, .missed(Int32(clamping: place)))
  }
}
