public import Evaluation
import Glibc
package import GroundTruth

/// How an image is changed so that a network never sees it twice the same.
public struct Augmentation: Hashable, Sendable {
  /// Which turned images are as good as those taken.
  public struct Turns: Hashable, Sendable {
    /// Left and right may be exchanged.
    public var mirrored: Bool
    /// Up and down may be exchanged, and rows with columns: the data have no upright.
    public var anyWay: Bool

    /// Creates turns.
    public init(mirrored: Bool, anyWay: Bool) {
      self.mirrored = mirrored
      self.anyWay = anyWay
    }
  }

  /// How the image lies on the canvas.
  public var placement: Placement
  /// What the brightness of red, green and blue, 0…1, is multiplied by.
  public var gain: [Float]
  /// What is then added.
  public var offset: [Float]

  /// The natural logarithms of the greatest change of scale and of proportions.
  static let scaleRange = 0.35
  static let aspectRange = 0.1
  /// The part of a box that must stay on the canvas for it to count.
  static let leastPart = 0.35

  /// An image as it is.
  public init(placement: Placement) {
    self.placement = placement
    gain = [1, 1, 1]
    offset = [0, 0, 0]
  }

  /// Draws a change of an image.
  ///
  /// - Parameters:
  ///   - width: The image's width.
  ///   - height: The image's height.
  ///   - canvas: The canvas it goes on.
  ///   - turns: Which turns are allowed.
  ///   - quarter: The quarter of the canvas that the image goes on; nil for all of it.
  ///   - random: What chance is drawn from.
  package init(
    width: Int, height: Int, canvas: Canvas, turns: Turns, quarter: Mosaic.Quarter? = nil,
    random: inout SplitMix64
  ) {
    let isTransposed = turns.anyWay && random.coin()
    let (w, h) = isTransposed ? (height, width) : (width, height)
    let size = Canvas.fitted(w, h, side: canvas.side)
    let scale =
      (quarter == nil ? 1 : Mosaic.scale) * exp(random.number(-Self.scaleRange, Self.scaleRange))
    let aspect = exp(random.number(-Self.aspectRange, Self.aspectRange) / 2)
    let (across, down) = (size.width * scale * aspect, size.height * scale / aspect)
    let slack = (Double(canvas.width) - across, Double(canvas.height) - down)
    let left = random.unit() * slack.0
    let top = random.unit() * slack.1
    placement = Placement(
      left: quarter.map { $0.isRight ? $0.x : $0.x - across } ?? left,
      top: quarter.map { $0.isBelow ? $0.y : $0.y - down } ?? top, width: across, height: down)
    placement.isTransposed = isTransposed
    placement.isMirrored = turns.mirrored && random.coin()
    placement.isUpsideDown = turns.anyWay && random.coin()
    let contrast = exp(random.number(-0.25, 0.25))
    let brightness = random.number(-0.12, 0.12)
    gain = (0..<3).map { _ in Float(contrast * exp(random.number(-0.08, 0.08))) }
    offset = gain.map { Float(brightness) + (1 - $0) / 2 }
  }

  /// The boxes of the image that are still on the canvas, cut to it.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - canvas: The canvas's size.
  /// - Returns: The boxes, in canvas pixels.
  public func boxes(of image: TrainingImage, on canvas: Canvas) -> [TruthBox] {
    image.boxes.compactMap { box in
      let whole = placement.onCanvas(box.rectangle, ofImage: (image.width, image.height))
      let left = max(whole.left, 0)
      let top = max(whole.top, 0)
      let right = min(whole.left + whole.width, Double(canvas.width))
      let bottom = min(whole.top + whole.height, Double(canvas.height))
      let part = Rectangle(left: left, top: top, width: right - left, height: bottom - top)
      guard part.width > 1, part.height > 1, part.area >= whole.area * Self.leastPart else {
        return nil
      }
      return TruthBox(part, label: box.label)
    }
  }
}
