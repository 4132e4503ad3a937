import GroundTruth

extension TrainingJob {
  /// The version of the form that is written.
  private static let version = 1

  /// The job as `job.json` holds it.
  var json: JSONValue {
    .object([
      "version": .number(Self.version), "task": .string(task.rawValue),
      "labels": .array(labels.map { .string($0) }), "seed": .number(seed),
      "minutes": .number(minutes), "threads": .number(threads), "warmStart": .string(warmStart),
      "train": .array(train.map { $0.json(task) }),
      "validation": .array(validation.map { $0.json(task) }),
    ])
  }

  /// Reads `job.json`; `nil` if it isn't one.
  init?(json: JSONValue) {
    guard json["version"]?.integer == Self.version,
      let task = json["task"]?.string.flatMap(TrainingTask.init),
      let labels = json["labels"]?.elements?.compactMap(\.string),
      let train = json["train"]?.elements?.compactMap(Image.init),
      let validation = json["validation"]?.elements?.compactMap(Image.init)
    else { return nil }
    self.init(
      task: task, labels: labels, seed: json["seed"]?.integer ?? 1,
      minutes: json["minutes"]?.double, threads: json["threads"]?.integer ?? 1,
      warmStart: json["warmStart"]?.string, train: train, validation: validation)
  }
}

extension TrainingJob.Image {
  fileprivate func json(_ task: TrainingTask) -> JSONValue {
    let head: [JSONValue.Member] = [
      .init(key: "path", value: .string(path)), .init(key: "width", value: .number(width)),
      .init(key: "height", value: .number(height)),
    ]
    guard task == .detection else {
      return .object(head + [.init(key: "labels", value: .array(labels.map { .number($0) }))])
    }
    let boxes = boxes.map { box in
      JSONValue.array(
        [box.left, box.top, box.width, box.height].map { .number($0) } + [.number(box.label)])
    }
    return .object(head + [.init(key: "boxes", value: .array(boxes))])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let path = json["path"]?.string, let width = json["width"]?.integer,
      let height = json["height"]?.integer
    else { return nil }
    let boxes = (json["boxes"]?.elements ?? []).compactMap { element -> TrainingJob.Box? in
      guard let numbers = element.elements, numbers.count == 5, let left = numbers[0].double,
        let top = numbers[1].double, let boxWidth = numbers[2].double,
        let boxHeight = numbers[3].double, let label = numbers[4].integer
      else { return nil }
      return .init(left: left, top: top, width: boxWidth, height: boxHeight, label: label)
    }
    self.init(
      path: path, width: width, height: height, boxes: boxes,
      labels: (json["labels"]?.elements ?? []).compactMap(\.integer))
  }
}
