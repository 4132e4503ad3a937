import Evaluation
import GroundTruth
import Testing

@testable import Training

/// From an image to the canvas and back.
@Suite struct PlacementTests {
  @Test func aFittedImageLiesInTheMiddleOfWholeGrains() {
    let (placement, canvas) = Placement.fitted(width: 640, height: 480, side: 320)
    #expect(canvas == (320, 256))
    #expect(placement == Placement(left: 0, top: 8, width: 320, height: 240))
  }

  @Test func boxesComeBackFromTheCanvas() {
    let size = (width: 640, height: 480)
    let (placement, _) = Placement.fitted(width: 640, height: 480, side: 320)
    let box = Rectangle(left: 100, top: 50, width: 80, height: 200)
    let canvas = placement.onCanvas(box, ofImage: size)
    #expect(canvas.iou(Rectangle(left: 50, top: 33, width: 40, height: 100)) > 0.999_999)
    #expect(placement.inImage(canvas, size: size).iou(box) > 0.999_999)
    let beyond = Rectangle(left: -20, top: 100, width: 400, height: 10)
    #expect(placement.inImage(beyond, size: size).width == 640)
  }

  /// The place in the bitmap that a place on the canvas is seen at.
  private func sample(_ map: [Float], _ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let numbers = map.map(Double.init)
    return (
      numbers[0] * x + numbers[1] * y + numbers[2], numbers[3] * x + numbers[4] * y + numbers[5]
    )
  }

  @Test(arguments: 0..<8)
  func pixelsAndBoxesAgree(turn: Int) {
    var random = SplitMix64(seed: 3, part: UInt64(turn))
    for _ in 0..<50 {
      var placement = Placement(
        left: random.number(-50, 50), top: random.number(-50, 50),
        width: random.number(50, 300), height: random.number(50, 300))
      placement.isTransposed = turn & 1 == 1
      placement.isMirrored = turn & 2 == 2
      placement.isUpsideDown = turn & 4 == 4
      let box = Rectangle(
        left: random.number(0, 60), top: random.number(0, 30), width: 20, height: 10)
      let onCanvas = placement.onCanvas(box, ofImage: (100, 50))
      // The bitmap is half of the image's size.
      let map = placement.sampling(width: 50, height: 25)
      let first = sample(map, onCanvas.left, onCanvas.top)
      let second = sample(
        map, onCanvas.left + onCanvas.width, onCanvas.top + onCanvas.height)
      #expect(abs(min(first.x, second.x) - box.left / 2) < 1e-3)
      #expect(abs(max(first.x, second.x) - (box.left + box.width) / 2) < 1e-3)
      #expect(abs(min(first.y, second.y) - box.top / 2) < 1e-3)
      #expect(abs(max(first.y, second.y) - (box.top + box.height) / 2) < 1e-3)
    }
  }

  @Test func boxesThatLeaveTheCanvasAreLeftOut() {
    let image = TrainingImage(
      path: "", width: 100, height: 100,
      boxes: [
        TruthBox(Rectangle(left: 0, top: 0, width: 40, height: 40), label: 0),
        TruthBox(Rectangle(left: 50, top: 50, width: 40, height: 40), label: 1),
        TruthBox(Rectangle(left: 20, top: 50, width: 40, height: 40), label: 2),
      ])
    // A canvas that shows the right of the image, from column 32 on.
    let shown = Augmentation(placement: Placement(left: -32, top: 0, width: 100, height: 100))
    let boxes = shown.boxes(of: image, on: Canvas(square: 96))
    #expect(boxes.map(\.label) == [1, 2])
    #expect(boxes[1].rectangle == Rectangle(left: 0, top: 50, width: 28, height: 40))
  }
}
