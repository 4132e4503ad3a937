import Evaluation
import Foundation
import TestSupport
import Training

/// Pictures of circles, squares and triangles on noise, 160 × 128, and where they are.
enum ShapeImages {
  static let labels = ["circle", "square", "triangle"]
  static let width = 160
  static let height = 128

  /// Draws pictures into a folder.
  static func draw(_ count: Int, in folder: String, seed: UInt64) throws -> [TrainingImage] {
    var random = SeededGenerator(seed: seed)
    return try (0..<count).map { index in
      var image = TrainingImage(
        path: "\(folder)/\(seed)-\(index).png", width: width, height: height)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let side = Double.random(in: 24...44, using: &random)
        let box = TruthBox(
          Rectangle(
            left: Double.random(in: 2...Double(width) - side - 2, using: &random).rounded(),
            top: Double.random(in: 2...Double(height) - side - 2, using: &random).rounded(),
            width: side.rounded(), height: side.rounded()),
          label: Int.random(in: 0..<3, using: &random))
        if image.boxes.allSatisfy({ $0.rectangle.iou(box.rectangle) == 0 }) {
          image.boxes.append(box)
        }
      }
      image.labels = image.boxes.prefix(1).map(\.label)
      let ink = (0..<3).map { _ in UInt8.random(in: 140...255, using: &random) }
      let bytes = PNG.encode(width: width, height: height) { x, y in
        if image.boxes.contains(where: { covers($0, Double(x) + 0.5, Double(y) + 0.5) }) {
          return (ink[0], ink[1], ink[2])
        }
        let noise = UInt8(truncatingIfNeeded: random.next() & 0x7F)
        return (noise, noise / 2 + 20, 100 - noise / 2)
      }
      try Data(bytes).write(to: URL(filePath: image.path))
      return image
    }
  }

  private static func covers(_ box: TruthBox, _ x: Double, _ y: Double) -> Bool {
    let across = (x - box.rectangle.left) / box.rectangle.width
    let down = (y - box.rectangle.top) / box.rectangle.height
    guard (0...1).contains(across), (0...1).contains(down) else { return false }
    return switch box.label {
    case 0: (across - 0.5) * (across - 0.5) + (down - 0.5) * (down - 0.5) <= 0.25
    case 1: true
    default: abs(across - 0.5) <= down / 2
    }
  }
}
