import Evaluation
import Glibc

/// What a network sees: each image fitted into a rectangle of pixels.
public struct Canvas: Hashable, Sendable {
  /// Sides are multiples of this, the network's coarsest step.
  public static let grain = 32
  /// The canvases to choose from, by their longer side.
  static let sides = [192, 256, 320]

  /// The longer side that an image is fitted into, in canvas pixels.
  public let side: Int
  /// The width of a batch.
  public let width: Int
  /// The height of a batch.
  public let height: Int

  /// The canvas for some images: the smallest on which small objects can be seen.
  ///
  /// A label's small boxes are its tenth percentile by the geometric mean of their sides; on the
  /// canvas they should have 16 pixels, twice the distance of the network's cells.
  ///
  /// - Parameters:
  ///   - images: The images, with boxes.
  ///   - side: The longer side, where it is settled already.
  /// - Precondition: There is an image.
  public init(for images: [TrainingImage], side: Int? = nil) {
    let side = side ?? Self.side(for: images)
    let fitted = images.map { Self.fitted($0.width, $0.height, side: side) }
    self.side = side
    width = Self.roundedUp(Self.percentile(fitted.map(\.width), 0.9))
    height = Self.roundedUp(Self.percentile(fitted.map(\.height), 0.9))
  }

  /// A square canvas, of whole grains.
  public init(square side: Int) {
    self.side = side
    width = side
    height = side
  }

  /// The size of an image on a canvas, in canvas pixels.
  public static func fitted(
    _ width: Int, _ height: Int, side: Int
  ) -> (width: Double, height: Double) {
    let scale = Double(side) / Double(max(width, height, 1))
    return (max(1, Double(width) * scale), max(1, Double(height) * scale))
  }

  /// The least multiple of the grain that is no less.
  public static func roundedUp(_ length: Double) -> Int {
    max(1, Int(((length - 0.5) / Double(grain)).rounded(.up))) * grain
  }

  private static func side(for images: [TrainingImage]) -> Int {
    let small = smallSides(of: images).values.min() ?? 1
    let side = sides.first { Double($0) * small >= 16 } ?? sides[sides.count - 1]
    // Enlarging an image adds nothing to it.
    let longest = images.map { max($0.width, $0.height) }.max() ?? side
    return min(side, roundedUp(Double(longest)))
  }

  /// The side of each label's small boxes, as a part of the image's longer side.
  static func smallSides(of images: [TrainingImage]) -> [Int: Double] {
    var byLabel: [Int: [Double]] = [:]
    for image in images {
      let longer = Double(max(image.width, image.height))
      for box in image.boxes {
        byLabel[box.label, default: []].append(box.rectangle.area.squareRoot() / longer)
      }
    }
    return byLabel.mapValues { percentile($0, 0.1) }
  }

  /// Half of a usual box, in canvas pixels: the geometric mean of all.
  public func usualHalf(of images: [TrainingImage]) -> (width: Double, height: Double) {
    var (across, down, count) = (0.0, 0.0, 0.0)
    for image in images {
      let scale = Double(side) / Double(max(image.width, image.height))
      for box in image.boxes {
        across += log(max(box.rectangle.width * scale, 1))
        down += log(max(box.rectangle.height * scale, 1))
        count += 1
      }
    }
    guard count > 0 else { return (16, 16) }
    return (exp(across / count) / 2, exp(down / count) / 2)
  }

  /// The value that a part of all are no greater than.
  static func percentile(_ values: [Double], _ part: Double) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.last else { return 0 }
    let place = Int((Double(sorted.count) * part).rounded(.down))
    return place < sorted.count ? sorted[place] : last
  }
}
