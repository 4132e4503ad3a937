import CTorch
import Evaluation
import Training

extension Network {
  /// The most boxes that are taken from one image before those on one another are left out.
  private static let capacity = 2_000
  /// The least score that is looked at.
  static let leastScore = 0.02

  /// Learns from a batch, each label's boxes counting as much as its weight; returns its loss.
  ///
  /// `boxes` are those of each canvas.
  func learn(
    _ views: [View], boxes: [[TruthBox]], weights: [Double], canvas: Canvas, pace: ct_pace
  ) throws(TrainingError) -> Double {
    let raw = views.map(\.raw)
    let targets = boxes.enumerated().flatMap { canvas, boxes in
      boxes.map { box in
        let rectangle = box.rectangle
        return ct_box(
          canvas: Int32(canvas), label: Int32(box.label), left: Float(rectangle.left),
          top: Float(rectangle.top), right: Float(rectangle.left + rectangle.width),
          bottom: Float(rectangle.top + rectangle.height),
          weight: Float(weights[box.label]))
      }
    }
    var loss: Float = 0
    try Torch.check { message in
      withExtendedLifetime(views) {
        raw.withUnsafeBufferPointer { raw in
          targets.withUnsafeBufferPointer { targets in
            ct_detector_step(
              pointer, raw.baseAddress, Int32(raw.count), Int32(canvas.width),
              Int32(canvas.height), targets.baseAddress, Int32(targets.count), pace, &loss,
              message)
          }
        }
      }
    }
    return Double(loss)
  }

  /// The boxes that are found in an image, in its pixels, the surest first, with raw scores.
  ///
  /// - Parameters:
  ///   - pixels: The image's pixels, at any scale.
  ///   - size: The image's size.
  ///   - side: The longer side of the canvas.
  ///   - upsideDown: Whether to show it upside down; the boxes are those of the image as it is.
  /// - Returns: The boxes.
  /// - Throws: ``TrainingError`` if the tensor library fails.
  func detect(
    _ pixels: PixelBuffer, size: (width: Int, height: Int), side: Int, upsideDown: Bool = false
  ) throws(TrainingError) -> [PredictedBox] {
    let (placement, canvas) = Placement.fitted(width: size.width, height: size.height, side: side)
    var seen = placement
    seen.isUpsideDown = upsideDown
    let view = View(pixels: pixels, augmentation: Augmentation(placement: seen))
    var found: Int32 = 0
    var detections = [ct_detection](repeating: ct_detection(), count: Self.capacity)
    var raw = view.raw
    try Torch.check { message in
      withExtendedLifetime(view) {
        detections.withUnsafeMutableBufferPointer {
          ct_detector_detect(
            pointer, &raw, 1, Int32(canvas.width), Int32(canvas.height), Float(Self.leastScore),
            $0.baseAddress, Int32(Self.capacity), &found, message)
        }
      }
    }
    let boxes = detections.prefix(Int(found)).map { box in
      let rectangle = Rectangle(
        left: Double(box.left), top: Double(box.top), width: Double(box.right - box.left),
        height: Double(box.bottom - box.top))
      var inImage = placement.inImage(rectangle, size: size)
      if upsideDown { inImage.top = Double(size.height) - inImage.top - inImage.height }
      return PredictedBox(inImage, label: Int(box.label), confidence: Double(box.score))
    }
    return NonMaximumSuppression.survivors(of: boxes)
  }
}
