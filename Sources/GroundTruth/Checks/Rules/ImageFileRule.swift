/// The image file is one that the service takes, and the one that the line describes.
enum ImageFileRule {
  static func judge(
    _ line: inout CheckedLine, image: CheckedImage.Lookup, into verdict: inout Verdict
  ) {
    switch image {
    case .elsewhere(let reason): verdict.add(.imageNotOpened, reason)
    case .unreadable(let reason):
      verdict.add(.invalidImage, reason)
      verdict.outcome = .invalid
    case .found(let image):
      judgeFile(line, image, into: &verdict)
      judgeSize(&line, image, into: &verdict)
      if image.orientation != 1 {
        verdict.add(.imageOrientation, "Its EXIF orientation is \(image.orientation).")
      }
    }
  }

  private static func judgeFile(
    _ line: CheckedLine, _ image: CheckedImage, into verdict: inout Verdict
  ) {
    let sides = (min(image.width, image.height), max(image.width, image.height))
    var detail: String?
    var code = Finding.Code.invalidImage
    if image.byteCount > Limits.imageBytes {
      detail = "The file has \(image.byteCount) bytes."
    } else if sides.0 < Limits.side.lowerBound || sides.1 > Limits.side.upperBound {
      detail = "It has \(image.width)×\(image.height) pixels."
      let hasBoxes = line.attributes.contains { !$0.boxes.isEmpty }
      if hasBoxes { code = .invalidImageDimension }
    } else if sides.1 >= sides.0 * Limits.aspect {
      detail = "With \(image.width)×\(image.height) pixels it is too slim."
    }
    guard let detail else { return }
    verdict.outcome = .invalid
    // The size that the line states was found out of bounds already.
    if code == .invalidImageDimension, verdict.items.contains(where: { $0.code == code }) { return }
    verdict.add(code, detail)
  }

  private static func judgeSize(
    _ line: inout CheckedLine, _ image: CheckedImage, into verdict: inout Verdict
  ) {
    let (width, height) = (Double(image.width), Double(image.height))
    for index in line.attributes.indices where line.attributes[index].kind == .boxes {
      let attribute = line.attributes[index]
      if attribute.width == width, attribute.height == height { continue }
      verdict.add(
        .imageSizeDiffers, attribute: index,
        "image_size is \(Int(exactly: attribute.width) ?? 0)×"
          + "\(Int(exactly: attribute.height) ?? 0), the file \(image.width)×\(image.height).")
      for place in attribute.boxes where !line.boxes[place].isVoid {
        if BoxRule.isWithin(line.boxes[place], width: width, height: height) { continue }
        line.boxes[place].isVoid = true
        verdict.add(
          .invalidBox, attribute: index, annotation: place - attribute.boxes.lowerBound,
          "The file has \(image.width)×\(image.height) pixels.")
      }
    }
  }
}
