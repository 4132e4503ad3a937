import GroundTruth
import Raster

/// The image being worked on: its entry, and its boxes as seen.
struct Subject: Sendable {
  /// A box of the truth, as the image is seen.
  struct ShownBox: Hashable, Sendable {
    /// Where it is, in pixels of the upright image.
    var rect: PixelRect
    /// Its label.
    var label: String
    /// The box as it stands in the entry; `nil` for one that is not there yet.
    var source: Box?
  }

  /// The manifest line, from 0.
  var line: Int
  /// What the manifest says.
  var entry: Entry
  /// The boxes of the truth attribute.
  var boxes: [ShownBox]
  /// Whether the entry has the truth attribute, with or without boxes.
  var hasBoxSet: Bool
  /// The image-level labels, in the order of the entry.
  var imageLabels: [String]

  /// Reads an entry as it is to be seen.
  ///
  /// - Parameters:
  ///   - line: The manifest line, from 0.
  ///   - entry: What it says.
  ///   - attribute: The truth's box attribute.
  ///   - facts: What is known of the file; boxes in stored pixels are turned by it.
  ///   - boxSpace: In which pixels the boxes are.
  init(line: Int, entry: Entry, attribute: String, facts: ImageFacts?, boxSpace: BoxSpace) {
    self.line = line
    self.entry = entry
    let set = entry.boxSets.first { $0.attribute == attribute }
    hasBoxSet = set != nil
    boxes = (set?.boxes ?? []).map { box in
      let stored = PixelRect(
        left: box.left, top: box.top, width: box.width, height: box.height)
      var rect = stored
      if boxSpace == .stored, let facts {
        rect = facts.orientation.upright(stored, ofStored: facts.storedSize)
      }
      return ShownBox(rect: rect, label: box.label, source: box)
    }
    imageLabels =
      entry.imageLabels.map(\.label) + entry.multiLabels.flatMap { $0.members.map(\.label) }
  }

  /// A box as it is to be written: its own numbers if it was not moved, whole pixels otherwise.
  static func written(_ shown: ShownBox, facts: ImageFacts, boxSpace: BoxSpace) -> Box {
    var rect = shown.rect
    if boxSpace == .stored {
      rect = facts.orientation.stored(rect, ofStored: facts.storedSize)
    }
    if let source = shown.source {
      let isMoved =
        abs(rect.left - source.left) > 1e-6 || abs(rect.top - source.top) > 1e-6
        || abs(rect.width - source.width) > 1e-6 || abs(rect.height - source.height) > 1e-6
      var box = source
      box.label = shown.label
      if isMoved {
        let whole = rect.rounded
        box.left = whole.left
        box.top = whole.top
        box.width = whole.width
        box.height = whole.height
      }
      return box
    }
    let whole = rect.rounded
    return Box(
      left: whole.left, top: whole.top, width: whole.width, height: whole.height,
      label: shown.label, confidence: nil, origin: nil)
  }
}
