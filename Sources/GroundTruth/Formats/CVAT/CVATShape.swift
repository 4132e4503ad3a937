/// A shape of CVAT's XML, of which only the upright box around it is wanted.
struct CVATShape {
  /// The box around the shape; nil if it has none, such as single points and skeletons.
  let envelope: EdgeBox?

  /// Reads a shape by the name of its element.
  init(_ element: XMLElement, path: String) throws(FormatError) {
    switch element.name {
    case "box": envelope = try Self.box(element, path)
    case "ellipse": envelope = try Self.ellipse(element, path)
    case "polygon", "polyline": envelope = try Self.outline(element, path)
    case "mask": envelope = try Self.mask(element, path)
    case "cuboid": envelope = try Self.cuboid(element, path)
    default: envelope = nil
    }
  }

  /// The degrees by which a shape is turned about its centre, clockwise.
  static func turn(of element: XMLElement) -> Double {
    element.attributes["rotation"].flatMap { DecimalText.value($0) } ?? 0
  }

  private static func box(_ element: XMLElement, _ path: String) throws(FormatError) -> EdgeBox? {
    let corners = [
      try element.pixel("xtl", path: path), try element.pixel("ytl", path: path),
      try element.pixel("xbr", path: path), try element.pixel("ybr", path: path),
    ]
    guard let upright = EdgeBox(around: corners) else { return nil }
    let turn = turn(of: element)
    if turn == 0 { return upright }
    let (sine, cosine) = Turn.sineAndCosine(degrees: turn)
    let (halfWidth, halfHeight) = (upright.width / 2, upright.height / 2)
    return around(
      x: upright.left + halfWidth, y: upright.top + halfHeight,
      halfWidth: abs(halfWidth * cosine) + abs(halfHeight * sine),
      halfHeight: abs(halfWidth * sine) + abs(halfHeight * cosine))
  }

  private static func ellipse(
    _ element: XMLElement, _ path: String
  ) throws(FormatError) -> EdgeBox? {
    let (rx, ry) = (try element.pixel("rx", path: path), try element.pixel("ry", path: path))
    let (sine, cosine) = Turn.sineAndCosine(degrees: turn(of: element))
    return around(
      x: try element.pixel("cx", path: path), y: try element.pixel("cy", path: path),
      halfWidth: (rx * rx * cosine * cosine + ry * ry * sine * sine).squareRoot(),
      halfHeight: (rx * rx * sine * sine + ry * ry * cosine * cosine).squareRoot())
  }

  private static func outline(
    _ element: XMLElement, _ path: String
  ) throws(FormatError) -> EdgeBox? {
    var points: [Double] = []
    for point in (element.attributes["points"] ?? "").split(separator: ";") {
      let pair = point.split(separator: ",").map { DecimalText.pixel($0.trimmingBlanks) }
      guard pair.count == 2, let x = pair[0], let y = pair[1] else {
        throw FormatError(
          path: path, line: element.line, message: "“\(point.prefix(40))” is no point.")
      }
      points += [x, y]
    }
    return EdgeBox(around: points)
  }

  private static func mask(_ element: XMLElement, _ path: String) throws(FormatError) -> EdgeBox? {
    let (left, top) = (try element.pixel("left", path: path), try element.pixel("top", path: path))
    return EdgeBox(
      left: left, top: top, right: left + (try element.length("width", path: path)),
      bottom: top + (try element.length("height", path: path)))
  }

  /// A cuboid has eight corners in attributes such as `xtl1` and `ytl1`.
  private static func cuboid(
    _ element: XMLElement, _ path: String
  ) throws(FormatError) -> EdgeBox? {
    var points: [Double] = []
    for corner in ["tl1", "bl1", "tr1", "br1", "tl2", "bl2", "tr2", "br2"] {
      points.append(try element.pixel("x" + corner, path: path))
      points.append(try element.pixel("y" + corner, path: path))
    }
    return EdgeBox(around: points)
  }

  private static func around(
    x: Double, y: Double, halfWidth: Double, halfHeight: Double
  ) -> EdgeBox {
    EdgeBox(
      left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight)
  }
}
