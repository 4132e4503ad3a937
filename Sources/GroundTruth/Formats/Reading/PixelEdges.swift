/// The edges of a box, in pixels of its image.
struct PixelEdges {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  /// Edges as shares of an image's sides, rounded to whole pixels.
  ///
  /// The edges are rounded, half away from zero, and the width is what lies between them; rounding
  /// position and width each by itself would move the far edge of one box in four.
  init(left: Double, top: Double, right: Double, bottom: Double, of size: ImageSize) {
    let (width, height) = (Double(size.width), Double(size.height))
    self.left = (left * width).rounded()
    self.top = (top * height).rounded()
    self.right = (right * width).rounded()
    self.bottom = (bottom * height).rounded()
  }

  /// The envelope of points; nil if there are none.
  init?(around points: [(x: Double, y: Double)]) {
    guard let first = points.first else { return nil }
    (left, right, top, bottom) = (first.x, first.x, first.y, first.y)
    for point in points.dropFirst() {
      left = min(left, point.x)
      right = max(right, point.x)
      top = min(top, point.y)
      bottom = max(bottom, point.y)
    }
  }

  /// The edges rounded to whole pixels.
  var rounded: PixelEdges {
    var edges = self
    edges.left.round()
    edges.top.round()
    edges.right.round()
    edges.bottom.round()
    return edges
  }

  /// Whether there are pixels between the edges.
  var hasArea: Bool { right > left && bottom > top }

  /// The edges cut to an image, and whether that moved one.
  func clamped(to size: ImageSize) -> (edges: PixelEdges, isCut: Bool) {
    let (width, height) = (Double(size.width), Double(size.height))
    var edges = self
    edges.left = min(max(left, 0), width)
    edges.right = min(max(right, 0), width)
    edges.top = min(max(top, 0), height)
    edges.bottom = min(max(bottom, 0), height)
    let isCut =
      edges.left != left || edges.right != right || edges.top != top || edges.bottom != bottom
    return (edges, isCut)
  }

  /// The box between the edges.
  func box(_ label: String, confidence: Double? = nil, isPrediction: Bool = false) -> LabeledBox {
    LabeledBox(
      left: left, top: top, width: right - left, height: bottom - top, label: label,
      confidence: confidence, isPrediction: isPrediction)
  }
}

extension LabeledBox {
  /// Whether the box reaches beyond an image by more than rounding explains.
  func isBeyond(_ size: ImageSize) -> Bool {
    let slack = 1e-6
    return left < -slack || top < -slack || left + width > Double(size.width) + slack
      || top + height > Double(size.height) + slack
  }
}

extension LabeledImage {
  /// Notes what is odd about the boxes of an image, which keep their own numbers.
  func noteOddBoxes(in notes: inout NoteTally, at place: @autoclosure () -> String) {
    for box in boxes {
      if box.width == 0 || box.height == 0 {
        notes.add("a box has no area; it is kept as it is", at: place())
      }
      if let size, box.isBeyond(size) {
        notes.add("a box reaches beyond its image; it is kept as it is", at: place())
      }
    }
  }
}
