import Evaluation
import Foundation
import GroundTruth
import Training

/// Trains models with the engine's program and asks them about test images.
struct TrainingBench: Sendable {
  let program: String
  let folder: String

  /// What came of one training.
  struct Outcome: Sendable {
    /// The mean over labels of average precision at IoU 0.5; for image-level labels accuracy.
    var precision: Double
    /// Average precision by label.
    var byLabel: [Double]
    /// The mean over labels of F1 at the model's own thresholds.
    var f1: Double
    /// How far confidences are from how often they are right, weighted by their number.
    var calibrationError: Double
    /// Processor seconds of training.
    var trainSeconds: Double
    /// The most anonymous memory, in megabytes.
    var memory: Double
    /// Processor milliseconds for each test image, the start of the program left out.
    var detection: Double
    /// What one mean box of each label gives; for image-level labels the commonest label.
    var baseline: Double
  }

  /// Trains a model and asks it.
  ///
  /// - Parameters:
  ///   - split: The images.
  ///   - name: A name for the model's folder.
  ///   - seed: The seed.
  ///   - minutes: How long it may take; nil for quick training.
  ///   - warmStart: The folder of a model to go on from.
  /// - Returns: What came of it.
  /// - Throws: ``BenchmarkError`` if the program fails.
  func measure(
    _ split: TrainingSplit, name: String, seed: UInt64, minutes: Double? = nil,
    warmStart: String? = nil
  ) throws -> Outcome {
    let path = model(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let job = TrainingJob(
      task: split.task, labels: split.labels, seed: seed, minutes: minutes, warmStart: warmStart,
      train: split.train)
    try Data(job.json).write(to: URL(filePath: "\(path)/job.json"))
    let training = try ChildProcess(program, ["train", path])
    let board = try answers(of: path, split)
    let isDetection = split.task == .detection
    let figures = board.scoreboard
    return Outcome(
      precision: (isDetection ? figures.overall.ap50 : figures.surestHits.recall) ?? 0,
      byLabel: figures.labelFigures.map { $0.curve.ap50 ?? 0 },
      f1: board.f1, calibrationError: Self.error(figures.reliability()),
      trainSeconds: training.processor / 1_000, memory: training.peakMemory,
      detection: board.milliseconds, baseline: Self.baseline(split))
  }

  /// The folder of a model.
  func model(_ name: String) -> String { "\(folder)/\(name)" }

  private func answers(
    of model: String, _ split: TrainingSplit
  ) throws -> (scoreboard: Scoreboard, f1: Double, milliseconds: Double) {
    let output = "\(model)/answers"
    let requests = split.test.enumerated().map { place, image in
      let members: [(name: String, value: [UInt8])] = [
        ("id", JSONText.encode(String(place))), ("path", JSONText.encode(image.path)),
        ("width", JSONNumber.encode(image.width)), ("height", JSONNumber.encode(image.height)),
      ]
      return JSONStyle.compact.object(members) + [UInt8(ascii: "\n")]
    }
    let idle = try ChildProcess(program, ["detect", model], feed: { _ in })
    let busy = try ChildProcess(
      program, ["detect", model], outputPath: output,
      feed: { file in
        for request in requests {
          _ = request.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        }
      })
    let lines = try Data(contentsOf: URL(filePath: output)).split(separator: UInt8(ascii: "\n"))
      .map { try JSONValue(parsing: [UInt8]($0)) }
    let thresholds = split.labels.map {
      (lines.first?["model"]?["thresholds"]?[$0]?.double ?? 50) / 100
    }
    var found = Array(repeating: [PredictedBox](), count: split.test.count)
    for line in lines.dropFirst() {
      guard let place = line["id"]?.string.flatMap({ Int($0) }), found.indices.contains(place)
      else { continue }
      let image = split.test[place]
      found[place] = (line["CustomLabels"]?.elements ?? []).compactMap {
        Self.box($0, in: image, labels: split.labels)
      }
    }
    let all = board(split, found)
    var sure = board(
      split, found.map { $0.filter { $0.confidence >= thresholds[$0.label] } })
    sure.choose(.common(0))
    let time = (busy.processor - idle.processor) / Double(max(split.test.count, 1))
    return (all, sure.overall.f1 ?? 0, time)
  }

  private func board(_ split: TrainingSplit, _ found: [[PredictedBox]]) -> Scoreboard {
    Scoreboard(
      labels: split.labels,
      scores: zip(split.test, found).map { image, found in
        guard split.task != .detection else {
          return ImageScore(truths: image.boxes, predictions: found)
        }
        return ImageScore(
          truthLabels: image.labels,
          predictions: found.map { .init(label: $0.label, confidence: $0.confidence) })
      })
  }

  private static func box(
    _ value: JSONValue, in image: TrainingImage, labels: [String]
  ) -> PredictedBox? {
    guard let label = value["Name"]?.string.flatMap({ labels.firstIndex(of: $0) }),
      let confidence = value["Confidence"]?.double
    else { return nil }
    let place = value["Geometry"]?["BoundingBox"]
    func side(_ name: String, _ length: Int) -> Double {
      (place?[name]?.double ?? 0) * Double(length)
    }
    return PredictedBox(
      Rectangle(
        left: side("Left", image.width), top: side("Top", image.height),
        width: side("Width", image.width), height: side("Height", image.height)),
      label: label, confidence: confidence / 100)
  }

  private static func error(_ bins: [ReliabilityBin]) -> Double {
    let count = bins.reduce(0) { $0 + $1.count }
    let gaps = bins.map { bin in
      abs((bin.confidence ?? 0) - (bin.precision ?? 0)) * Double(bin.count)
    }
    return gaps.reduce(0, +) / Double(max(count, 1))
  }

  /// What has to be beaten.
  private static func baseline(_ split: TrainingSplit) -> Double {
    guard split.task == .detection else {
      let counts = split.labels.indices.map { label in
        split.test.count { $0.labels.contains(label) }
      }
      return Double(counts.max() ?? 0) / Double(max(split.test.count, 1))
    }
    let mean = MeanBox(
      split.train.map {
        MeanBox.Example(boxes: $0.boxes, width: Double($0.width), height: Double($0.height))
      })
    let scores = split.test.map { image in
      ImageScore(
        truths: image.boxes,
        predictions: mean.predictions(width: Double(image.width), height: Double(image.height)))
    }
    return Scoreboard(labels: split.labels, scores: scores).overall.ap50 ?? 0
  }
}
