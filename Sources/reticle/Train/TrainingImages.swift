import GroundTruth
import ImageCoding
import Raster
import Storage
import Workstation

/// The images of a manifest that are here and can be opened, as a model is shown them.
struct TrainingImages {
  /// The images, with the places of their labels in the plan's.
  private(set) var images: [TrainingJob.Image] = []
  /// The line of each, from 0.
  private(set) var lines: [Int] = []
  /// Whether a model labelled each alone, so that nobody knows how right it is.
  private(set) var areAutomatic: [Bool] = []
  /// What was left out and why, for people.
  private(set) var notes: [String] = []

  private let plan: TrainingPlan
  private let places: [String: Int]

  /// How many of a kind are named.
  private static let named = 3

  /// Looks at the images of a plan.
  ///
  /// - Parameters:
  ///   - plan: What can be learned.
  ///   - locator: Knows where images lie; what lies on S3 is fetched.
  ///   - boxSpace: In which pixels the boxes of turned images are.
  ///   - isWanted: Asked before each image; no more are looked at when it says no.
  init(
    _ plan: TrainingPlan, locator: ImageLocator, boxSpace: BoxSpace, while isWanted: () -> Bool
  ) {
    self.plan = plan
    places = Dictionary(
      plan.labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let files = RemoteImages(locator: locator)
    defer { files.finish() }
    var missing: [String] = []
    var paths: Set<String> = []
    var (again, lost) = (0, 0)
    for item in plan.items {
      guard isWanted() else { return }
      do throws(Unreadable) {
        let opened = try OpenedImage(item.sourceRef, files: files)
        guard paths.insert(opened.path).inserted else {
          again += 1
          continue
        }
        let image = image(item, opened, boxSpace: boxSpace)
        lost += item.boxes.count - image.boxes.count
        images.append(image)
        lines.append(item.line)
        areAutomatic.append(item.isAutomatic)
      } catch {
        missing.append(error.reason)
      }
    }
    notes = omissionNotes
    if !missing.isEmpty {
      notes += missing.prefix(Self.named).map { "left out: \($0)" }
      let more = missing.count - Self.named
      if more > 0 { notes.append("left out: \(more) more that can't be read") }
    }
    if again > 0 {
      notes.append("left out: \(again) that lead to a file that another line has, too")
    }
    if lost > 0 {
      notes.append(
        "left out: \(lost) \(lost == 1 ? "box" : "boxes") without a whole pixel in the image")
    }
  }

  private func image(
    _ item: TrainingPlan.Item, _ opened: OpenedImage, boxSpace: BoxSpace
  ) -> TrainingJob.Image {
    let size = opened.header.uprightSize
    return TrainingJob.Image(
      path: opened.path, width: size.width, height: size.height,
      boxes: item.boxes.compactMap { box in
        guard let label = places[box.label] else { return nil }
        var rect = PixelRect(left: box.left, top: box.top, width: box.width, height: box.height)
        if boxSpace == .stored {
          rect = opened.header.orientation.upright(rect, ofStored: opened.header.storedSize)
        }
        let left = max(0, rect.left)
        let top = max(0, rect.top)
        let width = min(Double(size.width), rect.right) - left
        let height = min(Double(size.height), rect.bottom) - top
        // Less than a pixel is nothing to learn from.
        guard width >= 1, height >= 1 else { return nil }
        return TrainingJob.Box(left: left, top: top, width: width, height: height, label: label)
      },
      labels: item.labels.compactMap { places[$0] })
  }

  /// What of the manifest is not learned from.
  private var omissionNotes: [String] {
    TrainingPlan.Omission.allCases.compactMap { omission in
      guard let lines = plan.omissions[omission] else { return nil }
      let reason =
        switch omission {
        case .unlabelled: "not labelled"
        case .skipped: "skipped"
        case .excluded: "excluded"
        case .repeated: "named on a line before"
        case .broken: "not readable, the first on line \((lines.first ?? 0) + 1)"
        }
      return "left out: \(lines.count) \(reason)"
    }
  }
}

/// Why an image can't be looked at, in a sentence that names it.
struct Unreadable: Error {
  let reason: String
}

/// An image file whose head was read.
struct OpenedImage {
  /// The file, from the root, links followed.
  let path: String
  let header: ImageHeader

  /// Finds and opens an image.
  ///
  /// - Parameters:
  ///   - reference: Its `source-ref`.
  ///   - files: Knows where images lie; one that lies on S3 is waited for.
  /// - Throws: ``Unreadable``, which says why it can't be looked at.
  init(_ reference: String, files: RemoteImages) throws(Unreadable) {
    let found: String
    switch files.fetched(reference) {
    case .here(let path): found = path
    case .missing(let reason): throw Unreadable(reason: reason)
    case .coming: throw Unreadable(reason: "\(reference) could not be fetched; try again")
    }
    do {
      header = try ImageFile.open(path: found).header
    } catch {
      throw Unreadable(reason: files.explain(error, of: reference, at: found).description)
    }
    path = Sources.real(found)
  }
}
