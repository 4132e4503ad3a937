/// What a model can learn from a dataset: the task, the labels, and the lines that are labelled.
///
/// Boxes decide for detection, whatever else is there; else labels of whole images, one or several
/// of an image, decide. Lines that nobody labelled, that were skipped or that stay out of the
/// dataset are left out; "looked at, nothing there" is an example of nothing. What a model labelled
/// alone counts like what people did, as for Custom Labels.
public struct TrainingPlan: Hashable, Sendable {
  /// Why a line is left out.
  public enum Omission: CaseIterable, Hashable, Sendable {
    /// Nobody said what is on it.
    case unlabelled
    /// It was put off.
    case skipped
    /// It stays out of the dataset.
    case excluded
    /// Its image stands on a line before.
    case repeated
    /// It can't be read.
    case broken
  }

  /// An image to learn from.
  public struct Item: Hashable, Sendable {
    /// The line, from 0.
    public let line: Int
    /// The image.
    public let sourceRef: String
    /// Its boxes, in pixels as the manifest has them; none means that nothing is there.
    public let boxes: [Box]
    /// Its labels as a whole.
    public let labels: [String]
    /// Whether a model labelled it, and no person vouches for it yet.
    public let isAutomatic: Bool
  }

  /// What the model is to tell.
  public let task: TrainingTask
  /// The attribute that the boxes are from.
  public let attribute: String
  /// The labels of the items, known ones first.
  public let labels: [String]
  /// The images to learn from, in the order of the lines.
  public let items: [Item]
  /// The lines left out, from 0, in order.
  public let omissions: [Omission: [Int]]

  /// Finds out what can be learned.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - survey: Its counts, with the truth whose boxes count.
  ///   - task: The task, if it is settled.
  ///   - knownLabels: Labels that are to stand first, as in a model that learning goes on from.
  /// - Complexity: O(bytes).
  public init(
    _ dataset: Dataset, survey: Survey, task: TrainingTask? = nil, knownLabels: [String] = []
  ) {
    let attribute = survey.truth
    var omissions: [Omission: [Int]] = [:]
    var seen: Set<String> = []
    var entries: [(line: Int, entry: Entry)] = []
    for line in 0..<dataset.count {
      let bytes = dataset.line(at: line)
      guard let entry = try? Entry(line: bytes) else {
        omissions[.broken, default: []].append(line)
        continue
      }
      if entry.mark.isExcluded {
        omissions[.excluded, default: []].append(line)
      } else if entry.mark.isSkipped {
        omissions[.skipped, default: []].append(line)
      } else if !seen.insert(entry.sourceRef).inserted {
        omissions[.repeated, default: []].append(line)
      } else {
        entries.append((line, entry))
      }
    }
    let task = task ?? Self.task(of: entries.map(\.entry), attribute: attribute)
    var items: [Item] = []
    for (line, entry) in entries {
      if let item = Item(line: line, entry, task: task, attribute: attribute) {
        items.append(item)
      } else {
        omissions[.unlabelled, default: []].append(line)
      }
    }
    self.task = task
    self.attribute = attribute
    self.items = items
    self.omissions = omissions
    let used = Set(items.flatMap { $0.boxes.map(\.label) + $0.labels })
    let surveyed = survey.labels.map(\.name)
    var listed: Set<String> = []
    labels = (knownLabels + surveyed + used.sorted()).filter {
      (used.contains($0) || knownLabels.contains($0)) && listed.insert($0).inserted
    }
  }

  private static func task(of entries: [Entry], attribute: String) -> TrainingTask {
    if entries.contains(where: { $0.boxSet(attribute)?.boxes.isEmpty == false }) {
      return .detection
    }
    let most = entries.lazy.map { Set($0.truthImageLabels).count }.max() ?? 0
    return most == 0 ? .detection : (most == 1 ? .classification : .multiLabel)
  }

  /// The images that a model labelled alone.
  public var automaticCount: Int { items.count(where: \.isAutomatic) }

  /// The images that show nothing.
  public var emptyCount: Int { items.count { $0.boxes.isEmpty && $0.labels.isEmpty } }
}

extension TrainingPlan.Item {
  /// What can be learned from an entry; `nil` if people said nothing of it.
  fileprivate init?(line: Int, _ entry: Entry, task: TrainingTask, attribute: String) {
    var (boxes, labels): ([Box], [String]) = ([], [])
    if task == .detection {
      guard let set = entry.boxSet(attribute) else { return nil }
      // A model that found nothing doesn't vouch for there being nothing.
      guard !set.boxes.isEmpty || set.isHumanAnnotated else { return nil }
      boxes = set.boxes
    } else {
      for label in entry.truthImageLabels where !labels.contains(label) { labels.append(label) }
      guard !labels.isEmpty || (task == .multiLabel && entry.mark.isVerified) else { return nil }
      guard labels.count <= 1 || task == .multiLabel else { return nil }
    }
    self.init(
      line: line, sourceRef: entry.sourceRef, boxes: boxes, labels: labels,
      isAutomatic: EntryState(of: entry, truth: attribute).contains(.automatic))
  }
}
