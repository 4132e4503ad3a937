import Evaluation
import GroundTruth
import TestSupport
import Training

/// Images to learn from, and others to be judged by.
struct TrainingSplit {
  var task: ModelTask
  var labels: [String]
  var train: [TrainingImage]
  var test: [TrainingImage]

  /// The first images to learn from.
  func first(_ count: Int) -> TrainingSplit {
    var split = self
    split.train = Array(train.prefix(count))
    return split
  }

  /// The first images of each label to learn from.
  func first(ofEachLabel count: Int) -> TrainingSplit {
    var split = self
    var counts = Array(repeating: 0, count: labels.count)
    split.train = train.filter { image in
      guard let label = image.labels.first else { return false }
      counts[label] += 1
      return counts[label] <= count
    }
    return split
  }

  /// Pascal VOC with its own lists `trainval` and `test`.
  static func listed(_ root: String) throws -> TrainingSplit {
    let files = TrainingFiles(root)
    let (labels, images) = try detection(files)
    func list(_ name: String) throws -> [TrainingImage] {
      guard let bytes = files.contents(of: "ImageSets/Main/\(name).txt") else {
        throw BenchmarkError(description: "\(root)/ImageSets/Main/\(name).txt isn't there")
      }
      let names = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      let byName = Dictionary(images.map { (stem($0.path), $0) }) { first, _ in first }
      return names.compactMap { byName[String($0)] }
    }
    return TrainingSplit(
      task: .detection, labels: labels, train: try list("trainval"), test: try list("test"))
  }

  /// Pascal VOC without lists: 40 images by chance to be judged by, the others to learn from; images
  /// whose files are the same stay on one side.
  static func dealt(_ root: String, seed: UInt64) throws -> TrainingSplit {
    let files = TrainingFiles(root)
    let (labels, images) = try detection(files)
    var groups: [[UInt8]: [TrainingImage]] = [:]
    for image in images {
      let path = String(image.path.dropFirst(root.utf8.count + 1))
      groups[files.contents(of: path) ?? [], default: []].append(image)
    }
    var random = SeededGenerator(seed: seed)
    var order = groups.values.sorted { $0[0].path < $1[0].path }
    order.shuffle(using: &random)
    var split = TrainingSplit(task: .detection, labels: labels, train: [], test: [])
    for group in order {
      if split.test.count < 40 { split.test += group } else { split.train += group }
    }
    return split
  }

  /// A folder a label, in `train` and in `test`.
  static func folders(_ root: String) throws -> TrainingSplit {
    let sides = try ["train", "test"].map { side in
      try LabelFolders.read(TrainingFiles("\(root)/\(side)"), options: ReadOptions()).dataset
    }
    let labels = sides[0].labels.map(\.name)
    let images = zip(["train", "test"], sides).map { side, dataset in
      dataset.images.compactMap { image -> TrainingImage? in
        guard let size = image.size else { return nil }
        return TrainingImage(
          path: "\(root)/\(side)/\(image.name)", width: size.width, height: size.height,
          labels: image.imageLabels.compactMap { labels.firstIndex(of: $0.label) })
      }
    }
    return TrainingSplit(
      task: .classification, labels: labels, train: images[0], test: images[1])
  }

  private static func detection(
    _ files: TrainingFiles
  ) throws -> (labels: [String], images: [TrainingImage]) {
    let dataset = try PascalVOC.read(files, options: ReadOptions()).dataset
    let labels = dataset.labels.map(\.name)
    let paths = Dictionary(
      files.paths.map { (String($0.split(separator: "/").last ?? ""), $0) }
    ) { first, _ in first }
    let images = dataset.images.compactMap { image -> TrainingImage? in
      let name = String(image.name.split(separator: "/").last ?? "")
      guard let path = paths[name], let size = image.size else { return nil }
      let boxes = image.boxes.compactMap { box in
        labels.firstIndex(of: box.label).map {
          TruthBox(
            Rectangle(left: box.left, top: box.top, width: box.width, height: box.height),
            label: $0)
        }
      }
      return TrainingImage(
        path: "\(files.root)/\(path)", width: size.width, height: size.height,
        boxes: boxes.filter { $0.rectangle.area > 0 })
    }
    return (labels, images.sorted { $0.path < $1.path })
  }

  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex))
  }
}
