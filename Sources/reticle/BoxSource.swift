import Glibc
import GroundTruth
import Storage

/// The boxes that a manifest has for images.
struct BoxSource {
  private let dataset: Dataset
  private let locator: ImageLocator
  private let survey: Survey

  /// Opens a manifest to look at.
  ///
  /// - Throws: ``Failure``, which says what is wrong.
  init(_ path: String, attribute: String?) throws {
    do {
      guard FileKind.of(path) == .file else {
        throw Failure.saying("\(path): there is no such manifest", Failure.noInput)
      }
      dataset = Dataset(source: try ManifestFile.open(path))
    } catch let error as StorageError {
      throw Failure.saying(error.description, error.exitCode)
    }
    locator = ImageLocator(manifest: path)
    survey = Survey(dataset, truth: attribute)
  }

  /// The labels in their order, which decides their colours.
  var labels: [String] { survey.labels.map(\.name) }

  /// The boxes of an image: of the entry with its path, else of the first with its name.
  func boxes(of image: String) -> [Box] {
    var byName: Entry?
    for index in 0..<dataset.count {
      guard let entry = try? Entry(line: dataset.line(at: index)) else { continue }
      if entry.sourceRef == image { return boxes(of: entry) }
      if let path = locator.path(for: entry.sourceRef), Self.isSame(path, image) {
        return boxes(of: entry)
      }
      if byName == nil, Self.name(entry.sourceRef) == Self.name(image) { byName = entry }
    }
    return byName.map(boxes) ?? []
  }

  private func boxes(of entry: Entry) -> [Box] { entry.boxSet(survey.truth)?.boxes ?? [] }

  private static func name(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }

  private static func isSame(_ first: String, _ second: String) -> Bool {
    var (a, b) = (stat(), stat())
    guard stat(first, &a) == 0, stat(second, &b) == 0 else { return false }
    return a.st_ino == b.st_ino && a.st_dev == b.st_dev
  }
}
