import Mosaic
import Raster

/// A box being drawn or changed, not yet in the dataset.
struct Draft: Hashable, Sendable {
  /// What moves.
  enum Grip: Hashable, Sendable {
    /// The corner at `moving`; the opposite one stays at `fixed`.
    case corner
    /// Only a left or right edge.
    case verticalEdge
    /// Only a top or bottom edge.
    case horizontalEdge
    /// All of the box; `moving` is the point that was taken hold of.
    case whole(from: PixelPoint, original: PixelRect)
  }

  var fixed: PixelPoint
  var moving: PixelPoint
  var grip: Grip = .corner
  /// Which box is changed; `nil` while a new one is drawn.
  var target: Int?
  /// Which predicted box is changed, by its place on the line.
  var prediction: Int?
  /// Whether the mouse began it.
  var isFromPointer = false
  /// Whether the button is held.
  var isDragging = false
  /// Whether the mouse moved while the button was held: letting it go sets the box.
  var wasDragged = false
  /// Whether a first click was made, so that the next one sets the box.
  var isArmed = false
  /// Whether the press was inside the box: a click there selects, only a drag moves.
  var isInside = false
  /// Where the button was pressed after the keys began a box: a drag begins it anew from there.
  var pressedAgainst: PixelPoint?

  /// The box in whole pixels, inside the image; empty while it has no extent.
  func rect(in image: PixelSize) -> PixelRect {
    let width = Double(image.width)
    let height = Double(image.height)
    if case .whole(let start, let original) = grip {
      let box = original.rounded
      let left = (box.left + (moving.x - start.x).rounded()).clamped(to: 0, width - box.width)
      let top = (box.top + (moving.y - start.y).rounded()).clamped(to: 0, height - box.height)
      return PixelRect(left: left, top: top, width: box.width, height: box.height)
    }
    let left = min(fixed.x, moving.x).rounded().clamped(to: 0, width)
    let right = max(fixed.x, moving.x).rounded().clamped(to: 0, width)
    let top = min(fixed.y, moving.y).rounded().clamped(to: 0, height)
    let bottom = max(fixed.y, moving.y).rounded().clamped(to: 0, height)
    return PixelRect(left: left, top: top, width: right - left, height: bottom - top)
  }

  /// Moves the corner, edge or box to where the pointer or the keys say.
  mutating func move(to point: PixelPoint) {
    switch grip {
    case .corner, .whole: moving = point
    case .verticalEdge: moving.x = point.x
    case .horizontalEdge: moving.y = point.y
    }
  }

  /// Goes to the opposite corner: what was fixed moves now.
  mutating func swapCorners() {
    guard case .corner = grip else { return }
    swap(&fixed, &moving)
  }

  /// Goes to the other corner of the same horizontal side.
  mutating func mirror() {
    guard case .corner = grip else { return }
    swap(&fixed.x, &moving.x)
  }
}

extension PixelRect {
  /// The rectangle with its edges, not its extent, rounded to whole pixels; at least one of them.
  var rounded: PixelRect {
    let left = left.rounded()
    let top = top.rounded()
    return PixelRect(
      left: left, top: top, width: max(1, right.rounded() - left),
      height: max(1, bottom.rounded() - top))
  }

  /// Whether there is at least a pixel in it.
  var hasExtent: Bool { width >= 1 && height >= 1 }

  /// The rectangle moved and, if it must be, shrunk so that it lies in an image.
  func confined(to image: PixelSize) -> PixelRect {
    let width = min(width, Double(image.width))
    let height = min(height, Double(image.height))
    return PixelRect(
      left: left.clamped(to: 0, Double(image.width) - width),
      top: top.clamped(to: 0, Double(image.height) - height), width: width, height: height)
  }
}

extension Double {
  /// The nearest value between two bounds; the lower one wins if they cross.
  func clamped(to lower: Double, _ upper: Double) -> Double {
    Swift.max(lower, Swift.min(self, upper))
  }
}
