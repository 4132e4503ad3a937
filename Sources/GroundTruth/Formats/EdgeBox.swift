/// A box by its four edges: in pixels of an image, or as ratios of its sides.
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
  ///
  /// Rounding position and width each by itself would move the far edge of one box in four.
  var rounded: EdgeBox {
    // The 0 makes a rounded −0 an honest 0.
    EdgeBox(
      left: left.rounded() + 0, top: top.rounded() + 0, right: right.rounded() + 0,
      bottom: bottom.rounded() + 0)
  }

  /// Whether the box is within an image, up to what rounding in the last bits explains.
  func fits(_ size: ImageSize) -> Bool {
    let slack = 1e-6
    return left >= -slack && top >= -slack && right <= Double(size.width) + slack
      && bottom <= Double(size.height) + slack
  }

  /// The box cut to an image; without area if it lies beyond.
  func clamped(to size: ImageSize) -> EdgeBox {
    let (width, height) = (Double(size.width), Double(size.height))
    return EdgeBox(
      left: min(max(left, 0), width), top: min(max(top, 0), height),
      right: min(max(right, 0), width), bottom: min(max(bottom, 0), height))
  }

  /// The box as a label's.
  func labeled(
    _ label: String, confidence: Double? = nil, isPrediction: Bool = false
  ) -> LabeledBox {
    LabeledBox(
      left: left, top: top, width: width, height: height, label: label, confidence: confidence,
      isPrediction: isPrediction)
  }
}

/// Ratios of an image's sides, where 1 is the right and the bottom edge.
extension EdgeBox {
  /// The ratios of a box of pixels.
  func ratios(of size: ImageSize) -> EdgeBox {
    let (width, height) = (Double(size.width), Double(size.height))
    return EdgeBox(
      left: left / width, top: top / height, right: right / width, bottom: bottom / height)
  }

  /// The pixels of a box of ratios, fractions included.
  func pixels(of size: ImageSize) -> EdgeBox {
    let (width, height) = (Double(size.width), Double(size.height))
    return EdgeBox(
      left: left * width, top: top * height, right: right * width, bottom: bottom * height)
  }

  /// A box of pixels on whole ones: edges rounded, then held to the image.
  ///
  /// A box thinner than a pixel takes the pixel it lies in; one that had no area stays without.
  /// - Returns: The box, or nil if it lies beyond the image; what happened to it is noted.
  func wholePixels(
    in size: ImageSize, notes: inout NoteList, at place: @autoclosure () -> String
  ) -> EdgeBox? {
    let (left, right) = Self.side(self.left, self.right)
    let (top, bottom) = Self.side(self.top, self.bottom)
    let box = EdgeBox(left: left, top: top, right: right, bottom: bottom)
    if !hasArea { notes.add("The box has no area; it's kept as it is.", at: place()) }
    if box.fits(size) { return box }
    guard left < Double(size.width), top < Double(size.height), right > 0, bottom > 0 else {
      notes.add("The box lies beyond the image and is left out.", at: place())
      return nil
    }
    notes.add("The box reaches beyond the image and is cut to it.", at: place())
    return box.clamped(to: size)
  }

  /// A pair of edges on whole pixels, at least one apart if they were apart at all.
  private static func side(_ low: Double, _ high: Double) -> (Double, Double) {
    let (start, end) = (low.rounded() + 0, high.rounded() + 0)
    guard start == end, high > low else { return (start, end) }
    let pixel = ((low + high) / 2).rounded(.down)
    return (pixel, pixel + 1)
  }
}
