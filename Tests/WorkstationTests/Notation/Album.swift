import Raster

/// Annotated images as a few lines of text: what a reducer test begins with and expects.
///
///     > 100×80 | RBC 10,20 30×40* | WBC 50,8 8×8 | verified
///       100×80? | nothing there
///
/// One line an image; `>` stands before the one shown. Then its size as seen, with `?` while its
/// picture has not come, `!` if it cannot be read, `@` if its pixels are stored turned (EXIF
/// orientation 6). A box is `label left,top width×height`, with `*` if selected and `~` if moved by
/// keys and not yet an edit. `[cat]` is an image-level label; `+50,40` a crosshair that shows, at
/// the corner of a pixel; `draft 10,20 30×40` a box being drawn.
struct Album: Hashable {
  /// A box.
  struct Box: Hashable {
    var label: String
    var rect: PixelRect
    var isSelected = false
    var isPending = false
  }

  /// What became of an image's picture.
  enum File: String, CaseIterable {
    case loaded = ""
    case slow = "?"
    case broken = "!"
    case turned = "@"
  }

  /// An image.
  struct Image: Hashable {
    var isShown = false
    var size: PixelSize
    var file = File.loaded
    var boxes: [Box] = []
    var labels: [String] = []
    var marks: Set<String> = []
    var flag: String?
    var crosshair: PixelPoint?
    var draft: PixelRect?
  }

  /// What of the text cannot be read.
  struct Failure: Error { var text: Substring }

  /// What is said of an image in a word or two.
  static let marks = ["nothing there", "verified", "skipped", "left out"]

  var images: [Image]

  init(images: [Image]) { self.images = images }

  init(_ text: String) throws {
    images = try text.split(separator: "\n").map(Self.image)
    if !images.contains(where: \.isShown), !images.isEmpty { images[0].isShown = true }
  }

  // MARK: Reading

  private static func image(_ line: Substring) throws -> Image {
    let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
    var head = parts.first ?? ""
    var image = Image(size: PixelSize(width: 0, height: 0))
    image.isShown = head.hasPrefix(">")
    if image.isShown { head = trimmed(head.dropFirst()) }
    if let file = head.last.flatMap({ File(rawValue: String($0)) }) {
      image.file = file
      head.removeLast()
    }
    let size = try pair(head, "×")
    image.size = PixelSize(width: Int(size.0), height: Int(size.1))
    for part in parts.dropFirst() { try add(part, to: &image) }
    return image
  }

  private static func add(_ part: Substring, to image: inout Image) throws {
    if marks.contains(String(part)) {
      image.marks.insert(String(part))
    } else if part == "flag" || part.hasPrefix("flag: ") {
      image.flag = String(part.dropFirst(6))
    } else if part.hasPrefix("["), part.hasSuffix("]") {
      image.labels.append(String(part.dropFirst().dropLast()))
    } else if part.hasPrefix("+") {
      let place = try pair(part.dropFirst(), ",")
      image.crosshair = PixelPoint(x: place.0, y: place.1)
    } else {
      let box = try box(part)
      if box.label == "draft" { image.draft = box.rect } else { image.boxes.append(box) }
    }
  }

  private static func box(_ part: Substring) throws -> Box {
    var text = part
    let isPending = text.hasSuffix("~")
    if isPending { text.removeLast() }
    let isSelected = text.hasSuffix("*")
    if isSelected { text.removeLast() }
    let words = text.split(separator: " ")
    guard words.count >= 3 else { throw Failure(text: part) }
    let place = try pair(words[words.count - 2], ",")
    let size = try pair(words[words.count - 1], "×")
    return Box(
      label: words.dropLast(2).joined(separator: " "),
      rect: PixelRect(left: place.0, top: place.1, width: size.0, height: size.1),
      isSelected: isSelected, isPending: isPending)
  }

  private static func pair(_ text: Substring, _ separator: Character) throws -> (Double, Double) {
    let numbers = text.split(separator: separator).compactMap { Double($0) }
    guard numbers.count == 2 else { throw Failure(text: text) }
    return (numbers[0], numbers[1])
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension Album: CustomStringConvertible {
  /// The images as they are written.
  var description: String { images.map(\.description).joined(separator: "\n") }
}

extension Album.Image: CustomStringConvertible {
  /// The image as it is written.
  var description: String {
    var parts = ["\(isShown ? ">" : " ") \(size.width)×\(size.height)\(file.rawValue)"]
    parts += boxes.map { box in
      "\(box.label) \(Self.text(box.rect))\(box.isSelected ? "*" : "")\(box.isPending ? "~" : "")"
    }
    parts += labels.map { "[\($0)]" }
    parts += Album.marks.filter(marks.contains)
    if let flag { parts.append(flag.isEmpty ? "flag" : "flag: \(flag)") }
    if let crosshair { parts.append("+\(Self.text(crosshair.x)),\(Self.text(crosshair.y))") }
    if let draft { parts.append("draft \(Self.text(draft))") }
    return parts.joined(separator: " | ")
  }

  private static func text(_ rect: PixelRect) -> String {
    "\(text(rect.left)),\(text(rect.top)) \(text(rect.width))×\(text(rect.height))"
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }
}
