import Evaluation

/// What a person should know of a detector before trusting it.
public enum ModelWarnings {
  /// Objects smaller than this on the canvas, in pixels, are likely missed.
  static let smallSide = 12.0

  /// Warnings about what there is to learn from, a sentence each.
  ///
  /// - Parameters:
  ///   - images: The images to learn from.
  ///   - labels: The names of the labels.
  ///   - canvas: The canvas.
  /// - Returns: The warnings.
  public static func before(
    _ images: [TrainingImage], labels: [String], canvas: Canvas
  ) -> [String] {
    var warnings: [String] = []
    let sides = Canvas.smallSides(of: images)
    for (label, name) in labels.enumerated() {
      guard let side = sides[label] else {
        warnings.append("No box has the label “\(name)”: the model can't know it; label some.")
        continue
      }
      if side * Double(canvas.side) < smallSide {
        let pixels = Int((side * Double(canvas.side)).rounded())
        warnings.append(
          "“\(name)”: the smallest tenth are about \(pixels) pixels on the model's canvas and "
            + "likely missed; cut the images into smaller ones to find them.")
      }
      let count = images.reduce(0) { $0 + $1.boxes.count { $0.label == label } }
      if count < 10 {
        warnings.append(
          "“\(name)” has \(count) \(count == 1 ? "box" : "boxes") to learn from; label more of it.")
      }
    }
    return warnings
  }

  /// Warnings about how the model did on images held out, a sentence each.
  ///
  /// - Parameters:
  ///   - result: How it did; nil if no image was held out.
  ///   - imageCount: The number of images it learned from.
  /// - Returns: The warnings.
  public static func after(
    _ result: ModelDescription.Validation?, imageCount: Int
  ) -> [String] {
    guard let result else {
      return ["No image was held out, so nobody knows what it is worth; label a few more."]
    }
    guard result.meanAveragePrecision < 0.4 else { return [] }
    let percent = Int((result.meanAveragePrecision * 100).rounded())
    return [
      "It is weak on images it hasn't seen (average precision \(percent) %): the objects look too "
        + "different from one another for \(imageCount) images; take its boxes for hints, and "
        + "label more."
    ]
  }
}
