import GroundTruth

extension ModelDescription {
  /// Reads a description.
  ///
  /// - Parameters:
  ///   - bytes: The content of `model.json`.
  ///   - path: Its path, for messages.
  /// - Throws: ``TrainingError`` if it isn't one of a model that can be used.
  public init(parsing bytes: [UInt8], path: String) throws(TrainingError) {
    let reader = try RecordReader(parsing: bytes, path: path)
    try reader.check(version: 1)
    guard let task = ModelTask(rawValue: try reader.string("task")) else {
      throw reader.wrong("task", "detection, classification, multi-label or torchscript")
    }
    let labels = try reader.strings("labels", limit: TrainingJob.labelLimit)
    guard !labels.isEmpty, Set(labels).count == labels.count else {
      throw reader.wrong("labels", "a list of different names")
    }
    guard let canvas = reader.integer("canvas"), (Canvas.grain...2_048).contains(canvas) else {
      throw reader.wrong("canvas", "a number of pixels from \(Canvas.grain) to 2048")
    }
    self.init(task: task, labels: labels, canvas: canvas)
    for member in reader.value["thresholds"]?.members ?? [] {
      guard let value = member.value.double, (0...1).contains(value) else {
        throw reader.wrong("thresholds", "a number from 0 to 1 for each label")
      }
      thresholds[member.name] = value
    }
    for member in reader.value["calibration"]?.members ?? [] {
      let pair = member.value.elements?.compactMap(\.double) ?? []
      guard pair.count == 2, pair[0] > 0 else {
        throw reader.wrong("calibration", "two numbers for each label, the first above 0")
      }
      calibration[member.name] = PlattScaling(slope: pair[0], offset: pair[1])
    }
    if let half = reader.value["usualHalf"]?.elements?.compactMap(\.double) {
      guard half.count == 2, half.allSatisfy({ (0.1...4_096).contains($0) }) else {
        throw reader.wrong("usualHalf", "two numbers of pixels")
      }
      (usualHalfWidth, usualHalfHeight) = (half[0], half[1])
    }
    if let blend = reader.text("blend") {
      guard let blend = Blend(rawValue: blend) else {
        throw reader.wrong("blend", "patches, network or both")
      }
      self.blend = blend
    }
    readHistory(reader)
  }

  private mutating func readHistory(_ reader: RecordReader) {
    if let result = reader.value["validation"], let images = result["images"]?.integer {
      validation = Validation(
        images: images, meanAveragePrecision: result["meanAveragePrecision50"]?.double ?? 0,
        f1: result["f1"]?.double ?? 0)
    }
    heldOut = reader.value["heldOut"]?.elements?.compactMap(\.string) ?? []
    warnings = reader.value["warnings"]?.elements?.compactMap(\.string) ?? []
    seed = UInt64(bitPattern: Int64(reader.integer("seed") ?? 1))
    steps = reader.integer("steps") ?? 0
    cpuSeconds = reader.double("cpuSeconds") ?? 0
    engine = reader.text("engine") ?? ""
  }

  /// The description as `model.json` holds it.
  public var json: [UInt8] {
    let style = JSONStyle.compact
    func number(_ value: Double) -> [UInt8] {
      JSONNumber.encode(value)
    }
    let result = validation.map { result in
      style.object([
        ("images", JSONNumber.encode(result.images)),
        ("meanAveragePrecision50", number(result.meanAveragePrecision)),
        ("f1", number(result.f1)),
      ])
    }
    let named = labels.filter { thresholds[$0] != nil }
    let scaled = labels.filter { calibration[$0] != nil }
    return style.object([
      ("version", JSONNumber.encode(1)), ("task", JSONText.encode(task.rawValue)),
      ("labels", style.array(labels.map(JSONText.encode))),
      ("canvas", JSONNumber.encode(canvas)),
      ("usualHalf", style.array([number(usualHalfWidth), number(usualHalfHeight)])),
      ("blend", JSONText.encode(blend.rawValue)),
      ("thresholds", style.object(named.map { ($0, number(thresholds[$0] ?? 0.5)) })),
      (
        "calibration",
        style.object(
          scaled.map { label in
            let scaling = calibration[label] ?? .identity
            return (label, style.array([number(scaling.slope), number(scaling.offset)]))
          })
      ),
      ("validation", result ?? Array("null".utf8)),
      ("heldOut", style.array(heldOut.map(JSONText.encode))),
      ("seed", JSONNumber.encode(Int(Int64(bitPattern: seed)))),
      ("steps", JSONNumber.encode(steps)), ("cpuSeconds", number(cpuSeconds)),
      ("engine", JSONText.encode(engine)),
      ("warnings", style.array(warnings.map(JSONText.encode))),
    ])
  }
}
