/// A region of Label Studio in whole pixels.
struct LabelStudioRegion {
  /// Its edges, or those of its envelope.
  let edges: PixelEdges
  /// Whether it is more than its envelope says: turned, or no rectangle.
  let isEnvelope: Bool

  /// Reads the value of a result; nil if it is no region that has a box.
  ///
  /// Numbers are percents of the image's sides; `rotation` is in degrees, clockwise about the
  /// top-left corner, in pixels and not in percents.
  init?(_ value: JSONRecord, size: ImageSize) throws(FormatError) {
    let (width, height) = (Double(size.width), Double(size.height))
    if value["width"] != nil, value["height"] != nil {
      let x = try value.number("x") / 100
      let y = try value.number("y") / 100
      let (w, h) = (try value.number("width") / 100, try value.number("height") / 100)
      guard w >= 0, h >= 0 else {
        throw value.node.error("the width or height is negative; correct it")
      }
      let turn = try value["rotation"]?.number("“rotation”") ?? 0
      guard turn.truncatingRemainder(dividingBy: 360) != 0 else {
        edges = PixelEdges(left: x, top: y, right: x + w, bottom: y + h, of: size)
        isEnvelope = false
        return
      }
      let corners = Self.corners(
        left: x * width, top: y * height, width: w * width, height: h * height, degrees: turn)
      guard let envelope = PixelEdges(around: corners) else { return nil }
      edges = envelope.rounded
    } else if value["radiusX"] != nil, value["radiusY"] != nil {
      let x = try value.number("x") / 100
      let y = try value.number("y") / 100
      let rx = try value.number("radiusX") / 100
      let ry = try value.number("radiusY") / 100
      edges = PixelEdges(left: x - rx, top: y - ry, right: x + rx, bottom: y + ry, of: size)
    } else if let points = value["points"] {
      var corners: [(x: Double, y: Double)] = []
      for point in try points.elements("“points”") {
        let numbers = try point.elements("a point")
        guard numbers.count == 2 else { throw point.error("a point isn't [x, y]; correct it") }
        let x = try numbers[0].number("a position")
        corners.append((x * width / 100, try numbers[1].number("a position") * height / 100))
      }
      guard let envelope = PixelEdges(around: corners) else { return nil }
      edges = envelope.rounded
    } else {
      return nil
    }
    isEnvelope = true
  }

  private static func corners(
    left: Double, top: Double, width: Double, height: Double, degrees: Double
  ) -> [(x: Double, y: Double)] {
    let (sine, cosine) = Turn.sineAndCosine(degrees: degrees)
    return [(0, 0), (width, 0), (0, height), (width, height)].map { x, y in
      (left + x * cosine - y * sine, top + x * sine + y * cosine)
    }
  }
}

/// Turning without the system's mathematics, which a pure module doesn't import.
enum Turn {
  /// The sine and cosine of an angle, to the last few bits.
  ///
  /// Quarter turns are exact. The rest is at most 45°, where the Taylor series ends quickly.
  static func sineAndCosine(degrees: Double) -> (sine: Double, cosine: Double) {
    let quarters = (degrees / 90).rounded()
    let angle = (degrees - quarters * 90) * Double.pi / 180
    var (sine, cosine) = (0.0, 0.0)
    var term = 1.0
    for step in 0..<20 {
      switch step % 4 {
      case 0: cosine += term
      case 1: sine += term
      case 2: cosine -= term
      default: sine -= term
      }
      term *= angle / Double(step + 1)
    }
    let quarter = Int(quarters.truncatingRemainder(dividingBy: 4))
    return switch (quarter + 4) % 4 {
    case 0: (sine, cosine)
    case 1: (cosine, -sine)
    case 2: (-sine, -cosine)
    default: (-cosine, sine)
    }
  }
}
