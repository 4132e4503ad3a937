import Evaluation
import GroundTruth

extension TrainingJob {
  /// The most labels that a job may have.
  public static let labelLimit = 1_000
  /// The most images that a job may have.
  public static let imageLimit = 200_000
  /// The most boxes that an image may have.
  public static let boxLimit = 10_000
  /// The longest side that an image may have, in pixels.
  static let sideLimit = 250_000

  /// Reads a job.
  ///
  /// Boxes are cut to their image; those without area are left out.
  ///
  /// - Parameters:
  ///   - bytes: The content of `job.json`.
  ///   - path: Its path, for messages.
  /// - Throws: ``TrainingError`` if it isn't a job that can be done.
  public init(parsing bytes: [UInt8], path: String) throws(TrainingError) {
    let reader = try RecordReader(parsing: bytes, path: path)
    try reader.check(version: 1)
    let task = ModelTask(rawValue: try reader.string("task"))
    guard let task, task != .torchScript else {
      throw reader.wrong("task", "detection, classification or multi-label")
    }
    let labels = try reader.strings("labels", limit: Self.labelLimit)
    guard !labels.isEmpty, Set(labels).count == labels.count else {
      throw reader.wrong("labels", "a list of different names")
    }
    let minutes = reader.double("minutes")
    if let minutes, !(minutes > 0 && minutes <= 100_000) {
      throw reader.wrong("minutes", "null or a number above 0")
    }
    let steps = reader.integer("steps")
    if let steps, !(1...1_000_000).contains(steps) {
      throw reader.wrong("steps", "null or a number from 1 to 1000000")
    }
    self.init(
      task: task, labels: labels, seed: UInt64(bitPattern: Int64(reader.integer("seed") ?? 1)),
      minutes: minutes, steps: steps, threads: min(max(reader.integer("threads") ?? 1, 1), 64),
      warmStart: reader.text("warmStart"),
      train: try Self.images("train", in: reader, labelCount: labels.count),
      validation: try Self.images("validation", in: reader, labelCount: labels.count))
    guard !train.isEmpty else { throw reader.wrong("train", "a list of one image at least") }
  }

  private static func images(
    _ name: String, in reader: RecordReader, labelCount: Int
  ) throws(TrainingError) -> [TrainingImage] {
    guard let elements = reader.value[name]?.elements else { return [] }
    guard elements.count <= imageLimit else {
      throw reader.wrong(name, "a list of \(imageLimit) images at most")
    }
    var images: [TrainingImage] = []
    images.reserveCapacity(elements.count)
    for (place, element) in elements.enumerated() {
      guard let image = TrainingImage(element, labelCount: labelCount) else {
        throw reader.wrong(
          "\(name)[\(place)]", "an image with path, width, height, and boxes or labels")
      }
      images.append(image)
    }
    return images
  }

  /// The job as `job.json` holds it.
  public var json: [UInt8] {
    let style = JSONStyle.compact
    return style.object([
      ("version", JSONNumber.encode(1)), ("task", JSONText.encode(task.rawValue)),
      ("labels", style.array(labels.map(JSONText.encode))),
      ("seed", JSONNumber.encode(Int(Int64(bitPattern: seed)))),
      ("minutes", minutes.map(JSONNumber.encode) ?? JSONNumber.encode(.nan)),
      ("steps", steps.map { JSONNumber.encode($0) } ?? JSONNumber.encode(.nan)),
      ("threads", JSONNumber.encode(threads)),
      ("warmStart", warmStart.map(JSONText.encode) ?? JSONNumber.encode(.nan)),
      ("train", style.array(train.map(\.json))),
      ("validation", style.array(validation.map(\.json))),
    ])
  }
}

extension TrainingImage {
  /// Reads an image; nil if it isn't one.
  init?(_ value: JSONValue, labelCount: Int) {
    guard let path = value["path"]?.string, !path.isEmpty,
      let width = value["width"]?.integer, let height = value["height"]?.integer,
      (1...TrainingJob.sideLimit).contains(width), (1...TrainingJob.sideLimit).contains(height)
    else { return nil }
    self.init(path: path, width: width, height: height)
    for label in value["labels"]?.elements ?? [] {
      guard let label = label.integer, (0..<labelCount).contains(label) else { return nil }
      if !labels.contains(label) { labels.append(label) }
    }
    let rows = value["boxes"]?.elements ?? []
    guard rows.count <= TrainingJob.boxLimit else { return nil }
    for row in rows {
      let numbers = row.elements?.compactMap(\.double) ?? []
      guard numbers.count == 5, let label = Int(exactly: numbers[4]),
        (0..<labelCount).contains(label)
      else { return nil }
      let (left, top) = (max(numbers[0], 0), max(numbers[1], 0))
      let right = min(numbers[0] + numbers[2], Double(width))
      let bottom = min(numbers[1] + numbers[3], Double(height))
      guard right > left, bottom > top else { continue }
      boxes.append(
        TruthBox(
          Rectangle(left: left, top: top, width: right - left, height: bottom - top),
          label: label))
    }
  }

  var json: [UInt8] {
    let style = JSONStyle.compact
    let rows = boxes.map { box in
      let rectangle = box.rectangle
      let numbers = [rectangle.left, rectangle.top, rectangle.width, rectangle.height]
      return style.array(
        numbers.map { JSONNumber.encode($0) } + [JSONNumber.encode(box.label)])
    }
    return style.object([
      ("path", JSONText.encode(path)), ("width", JSONNumber.encode(width)),
      ("height", JSONNumber.encode(height)), ("boxes", style.array(rows)),
      ("labels", style.array(labels.map { JSONNumber.encode($0) })),
    ])
  }
}
