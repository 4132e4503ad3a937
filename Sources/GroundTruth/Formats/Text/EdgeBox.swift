/// A box by its four edges, in pixels.
struct EdgeBox: Hashable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  init(_ box: LabeledBox) {
    self.init(
      left: box.left, top: box.top, right: box.left + box.width, bottom: box.top + box.height)
  }

  /// The box around points, x and y in turn; nil around none.
  init?(around points: [Double]) {
    let xs = stride(from: 0, to: points.count - 1, by: 2).map { points[$0] }
    let ys = stride(from: 1, to: points.count, by: 2).map { points[$0] }
    guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max()
    else { return nil }
    self.init(left: left, top: top, right: right, bottom: bottom)
  }

  var width: Double { right - left }
  var height: Double { bottom - top }
  var hasArea: Bool { width > 0 && height > 0 }

  /// The box with its edges on whole pixels, each rounded for itself.
  var rounded: EdgeBox {
    EdgeBox(
      left: left.rounded(), top: top.rounded(), right: right.rounded(), bottom: bottom.rounded())
  }

  /// Whether the box is within an image.
  func fits(_ size: ImageSize) -> Bool {
    left >= 0 && top >= 0 && right <= Double(size.width) && bottom <= Double(size.height)
  }

  /// The box as a label's.
  func labeled(_ label: String) -> LabeledBox {
    LabeledBox(left: left, top: top, width: width, height: height, label: label)
  }
}

/// A box by the ratios of an image's sides, brought to pixels.
struct RatioBox {
  /// The edges as ratios; 1 is the right and the bottom edge of the image.
  var edges: EdgeBox

  /// The box with its corners at the ratios of the sides.
  init(left: Double, top: Double, right: Double, bottom: Double) {
    edges = EdgeBox(left: left, top: top, right: right, bottom: bottom)
  }

  /// The box of an image's box.
  init(_ box: LabeledBox, in size: ImageSize) {
    let pixels = EdgeBox(box)
    let (width, height) = (Double(size.width), Double(size.height))
    edges = EdgeBox(
      left: pixels.left / width, top: pixels.top / height,
      right: pixels.right / width, bottom: pixels.bottom / height)
  }

  /// The box on the whole pixels of an image: edges rounded, then held to the frame.
  ///
  /// A box thinner than a pixel takes the pixel it lies in; one that had no area stays without.
  /// - Returns: The box, or nil if it lies beyond the frame; what happened to it is noted.
  func pixels(
    in size: ImageSize, notes: inout NoteList, path: String, line: Int
  ) -> EdgeBox? {
    let (width, height) = (Double(size.width), Double(size.height))
    let exact = EdgeBox(
      left: edges.left * width, top: edges.top * height,
      right: edges.right * width, bottom: edges.bottom * height)
    let (left, right) = Self.side(exact.left, exact.right)
    let (top, bottom) = Self.side(exact.top, exact.bottom)
    let box = EdgeBox(left: left, top: top, right: right, bottom: bottom)
    if !exact.hasArea {
      notes.add("The box has no area; it's kept as it is.", path: path, line: line)
    }
    if box.fits(size) { return box }
    guard left < width, top < height, right > 0, bottom > 0 else {
      notes.add("The box lies beyond the image and is left out.", path: path, line: line)
      return nil
    }
    notes.add("The box reaches beyond the image and is cut to it.", path: path, line: line)
    return EdgeBox(
      left: max(0, left), top: max(0, top), right: min(width, right), bottom: min(height, bottom))
  }

  /// A pair of edges on whole pixels, at least one apart if they were apart at all.
  private static func side(_ low: Double, _ high: Double) -> (Double, Double) {
    // The 0 makes a rounded −0 an honest 0.
    let (start, end) = (low.rounded() + 0, high.rounded() + 0)
    guard start == end, high > low else { return (start, end) }
    let pixel = ((low + high) / 2).rounded(.down)
    return (pixel, pixel + 1)
  }
}
