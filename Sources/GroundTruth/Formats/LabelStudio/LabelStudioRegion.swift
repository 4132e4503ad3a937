/// A region of Label Studio in pixels, fractions included.
struct LabelStudioRegion {
  /// Its edges, or those of its envelope.
  let edges: EdgeBox
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
        edges = EdgeBox(left: x, top: y, right: x + w, bottom: y + h).pixels(of: size)
        isEnvelope = false
        return
      }
      let corners = Self.corners(
        left: x * width, top: y * height, width: w * width, height: h * height, degrees: turn)
      guard let envelope = EdgeBox(around: corners) else { return nil }
      edges = envelope
    } else if value["radiusX"] != nil, value["radiusY"] != nil {
      let x = try value.number("x") / 100
      let y = try value.number("y") / 100
      let rx = try value.number("radiusX") / 100
      let ry = try value.number("radiusY") / 100
      edges = EdgeBox(left: x - rx, top: y - ry, right: x + rx, bottom: y + ry).pixels(of: size)
    } else if let points = value["points"] {
      var corners: [Double] = []
      for point in try points.elements("“points”") {
        let numbers = try point.elements("a point")
        guard numbers.count == 2 else { throw point.error("a point isn't [x, y]; correct it") }
        corners.append(try numbers[0].number("a position") * width / 100)
        corners.append(try numbers[1].number("a position") * height / 100)
      }
      guard let envelope = EdgeBox(around: corners) else { return nil }
      edges = envelope
    } else {
      return nil
    }
    isEnvelope = true
  }

  private static func corners(
    left: Double, top: Double, width: Double, height: Double, degrees: Double
  ) -> [Double] {
    let (sine, cosine) = Turn.sineAndCosine(degrees: degrees)
    var points: [Double] = []
    for (x, y) in [(0, 0), (width, 0), (0, height), (width, height)] {
      points += [left + x * cosine - y * sine, top + x * sine + y * cosine]
    }
    return points
  }
}
