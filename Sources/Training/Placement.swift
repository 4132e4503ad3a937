public import Evaluation

/// How an image lies on a canvas: turned, scaled and shifted.
public struct Placement: Hashable, Sendable {
  /// The left edge of the image on the canvas, in canvas pixels.
  public var left: Double
  /// The top edge of the image on the canvas, in canvas pixels.
  public var top: Double
  /// The width of the image on the canvas, in canvas pixels.
  public var width: Double
  /// The height of the image on the canvas, in canvas pixels.
  public var height: Double
  /// Whether the image's rows run down the canvas; before it is mirrored.
  public var isTransposed = false
  /// Whether left and right are exchanged.
  public var isMirrored = false
  /// Whether top and bottom are exchanged.
  public var isUpsideDown = false

  /// Places an image as it is.
  public init(left: Double, top: Double, width: Double, height: Double) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  /// Places an image in the middle of a canvas, as large as it may be there.
  ///
  /// - Parameters:
  ///   - width: The image's width.
  ///   - height: The image's height.
  ///   - side: The longer side on the canvas, in canvas pixels.
  ///   - canvas: The canvas's size; nil for the least one that holds the image.
  /// - Returns: The placement, and the canvas's size.
  public static func fitted(
    width: Int, height: Int, side: Int, canvas: (width: Int, height: Int)? = nil
  ) -> (placement: Placement, canvas: (width: Int, height: Int)) {
    let size = Canvas.fitted(width, height, side: side)
    let canvas = canvas ?? (Canvas.roundedUp(size.width), Canvas.roundedUp(size.height))
    let placement = Placement(
      left: (Double(canvas.width) - size.width) / 2,
      top: (Double(canvas.height) - size.height) / 2, width: size.width, height: size.height)
    return (placement, canvas)
  }

  /// The way from a place on the canvas to one in a bitmap of the image, both in pixels.
  ///
  /// - Parameters:
  ///   - width: The width of the bitmap.
  ///   - height: The height of the bitmap.
  /// - Returns: Six coefficients: x' = a x + b y + c, y' = d x + e y + f.
  public func sampling(width: Int, height: Int) -> [Float] {
    // From the canvas to the unit square, then to the bitmap.
    let (across, down) = (1 / self.width, 1 / self.height)
    let u = isMirrored ? (-across, 1 + left * across) : (across, -left * across)
    let v = isUpsideDown ? (-down, 1 + top * down) : (down, -top * down)
    let (w, h) = (Double(width), Double(height))
    let map =
      isTransposed
      ? [0, v.0 * w, v.1 * w, u.0 * h, 0, u.1 * h] : [u.0 * w, 0, u.1 * w, 0, v.0 * h, v.1 * h]
    return map.map { Float($0) }
  }

  /// Where a box of the image lies on the canvas.
  ///
  /// - Parameters:
  ///   - box: The box, in pixels of the image.
  ///   - size: The size of the image that the pixels are of.
  /// - Returns: The box in canvas pixels, which may lie beyond the canvas.
  public func onCanvas(_ box: Rectangle, ofImage size: (width: Int, height: Int)) -> Rectangle {
    let (w, h) = (Double(size.width), Double(size.height))
    var unit = Rectangle(
      left: box.left / w, top: box.top / h, width: box.width / w, height: box.height / h)
    if isTransposed {
      unit = Rectangle(left: unit.top, top: unit.left, width: unit.height, height: unit.width)
    }
    if isMirrored { unit.left = 1 - unit.left - unit.width }
    if isUpsideDown { unit.top = 1 - unit.top - unit.height }
    return Rectangle(
      left: left + unit.left * width, top: top + unit.top * height, width: unit.width * width,
      height: unit.height * height)
  }

  /// Where a box on the canvas lies in an image that isn't turned, cut to the image.
  ///
  /// - Parameters:
  ///   - box: The box, in canvas pixels.
  ///   - size: The size of the image, whose pixels the result is in.
  /// - Returns: The box; without area if it lies beyond the image.
  public func inImage(_ box: Rectangle, size: (width: Int, height: Int)) -> Rectangle {
    let (w, h) = (Double(size.width), Double(size.height))
    func across(_ value: Double) -> Double { min(max((value - left) / width, 0), 1) * w }
    func down(_ value: Double) -> Double { min(max((value - top) / height, 0), 1) * h }
    let (x, y) = (across(box.left), down(box.top))
    return Rectangle(
      left: x, top: y, width: across(box.left + box.width) - x,
      height: down(box.top + box.height) - y)
  }
}
