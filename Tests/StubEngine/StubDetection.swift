import GroundTruth
import Storage

/// Answers of what was learned by heart.
struct StubDetection {
  private let folder: String

  init(_ folder: String) { self.folder = folder }

  /// Answers every request; returns the exit code.
  func run() -> Int32 {
    guard let version = StubModel.version(folder), let job = try? version.job() else { return 66 }
    let style = JSONStyle.compact
    let labels = style.array(job.labels.map(JSONText.encode))
    StubEngine.say(
      style.object([
        (
          "model",
          style.object([
            ("name", JSONText.encode("stub")),
            ("version", JSONText.encode(version.name.description)), ("labels", labels),
          ])
        )
      ]))
    let known = Dictionary(
      job.train.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    while let line = readLine() {
      guard let request = try? JSONValue(parsing: Array(line.utf8)),
        let id = request["id"]?.string, let path = request["path"]?.string
      else { continue }
      let labels = known[path].map { recalled($0, job) } ?? guessed(known.values.map { $0 }, job)
      StubEngine.say(
        style.object([("id", JSONText.encode(id)), ("CustomLabels", style.array(labels))]))
    }
    return 0
  }

  private func recalled(_ image: TrainingJob.Image, _ job: TrainingJob) -> [[UInt8]] {
    image.boxes.map { box in
      label(
        job.labels[box.label], 95,
        [box.left, box.top, box.width, box.height], Double(image.width), Double(image.height))
    } + image.labels.map { label(job.labels[$0], 95, nil, 1, 1) }
  }

  /// The mean box of each label; of whole images, every label.
  private func guessed(_ images: [TrainingJob.Image], _ job: TrainingJob) -> [[UInt8]] {
    job.labels.indices.compactMap { index in
      guard job.task == .detection else { return label(job.labels[index], 60, nil, 1, 1) }
      let boxes = images.flatMap { image in
        image.boxes.filter { $0.label == index }.map { box in
          [
            box.left / Double(image.width), box.top / Double(image.height),
            box.width / Double(image.width), box.height / Double(image.height),
          ]
        }
      }
      guard !boxes.isEmpty else { return nil }
      let mean = (0..<4).map { side in
        boxes.reduce(0) { $0 + $1[side] } / Double(boxes.count)
      }
      return label(job.labels[index], 60, mean, 1, 1)
    }
  }

  private func label(
    _ name: String, _ percent: Double, _ box: [Double]?, _ width: Double, _ height: Double
  ) -> [UInt8] {
    let style = JSONStyle.compact
    var members: [(name: String, value: [UInt8])] = [
      ("Name", JSONText.encode(name)), ("Confidence", JSONNumber.encode(percent)),
    ]
    if let box {
      let sides = zip(["Left", "Top", "Width", "Height"], [width, height, width, height])
      let ratios = zip(sides, box).map { (name: $0.0, value: JSONNumber.encode($1 / $0.1)) }
      members.append(("Geometry", style.object([("BoundingBox", style.object(ratios))])))
    }
    return style.object(members)
  }
}
