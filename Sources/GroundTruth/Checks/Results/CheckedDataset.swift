/// What a check has counted in a manifest.
///
/// It takes bounded memory, whatever the file's size: 24 MB for a million lines.
public struct CheckedDataset: Sendable {
  /// How many lines there are, blank ones included.
  public internal(set) var totalLines = 0
  /// How many lines can be used for training.
  public internal(set) var validLines = 0
  /// How many lines can't, and count against the manifest.
  public internal(set) var invalidLines = 0
  /// How many lines are in order and have nothing to train with.
  public internal(set) var ignoredLines = 0
  /// The numbers of the invalid lines, counted from 1.
  public var invalidLineNumbers: [Int] { storedInvalidLines.map(Int.init) }

  var storedInvalidLines: [UInt32] = []
  /// Lines that hold a JSON object.
  var objectLines = 0
  /// Valid lines with image-level labels, with boxes and with both.
  var imageLevelLines = 0
  var boxLines = 0
  var bothLines = 0
  var labels = LabelTally()
  var references = ReferenceIndex()
  /// The first buckets seen and how many lines each has.
  var buckets: [Bucket] = []

  /// A bucket and where it is named.
  struct Bucket: Sendable {
    let hash: UInt64
    let name: String
    let firstLine: Int
    var lines = 1
  }

  /// The kind of model that most valid lines are for; on a tie, boxes.
  ///
  /// How the service chooses where both kinds are present is not documented.
  public var useCase: UseCase {
    if imageLevelLines == 0, boxLines == 0 { return .notDetermined }
    return boxLines >= imageLevelLines ? .objectLocalization : .imageLevelLabels
  }

  /// The labels that the kind of model is trained with.
  var usableLabels: [LabelTally.Label] {
    labels.labels.filter { images(with: $0) > 0 }
  }

  /// How many images have a label in the form that the kind of model is trained with.
  func images(with label: LabelTally.Label) -> Int {
    useCase == .imageLevelLabels ? label.imageLevel : label.boxed
  }

  /// Counts a line by its verdict.
  mutating func count(_ outcome: Verdict.Outcome) {
    switch outcome {
    case .valid: validLines += 1
    case .ignored: ignoredLines += 1
    case .invalid:
      invalidLines += 1
      storedInvalidLines.append(UInt32(clamping: totalLines))
    }
  }

  /// Counts the labels of a valid line.
  mutating func countLabels(of line: CheckedLine, in bytes: Span<UInt8>) {
    var (hasImageLabel, hasBox) = (false, false)
    for attribute in line.attributes where !attribute.isVoid {
      if attribute.kind == .imageLabel {
        guard let place = attribute.classes.first else { continue }
        labels.count(line.classes[place].label, in: bytes, onBox: false, line: totalLines)
        hasImageLabel = true
      } else if attribute.kind == .boxes {
        // Once for each class, however many boxes it has.
        for place in attribute.classes {
          guard let id = line.classes[place].id else { continue }
          var isUsed = false
          for box in attribute.boxes
          where line.boxes[box].classID == id && !line.boxes[box].isVoid {
            isUsed = true
            break
          }
          guard isUsed, line.name(of: id, in: attribute) == place else { continue }
          labels.count(line.classes[place].label, in: bytes, onBox: true, line: totalLines)
          hasBox = true
        }
      }
    }
    if hasImageLabel { imageLevelLines += 1 }
    if hasBox { boxLines += 1 }
    if hasImageLabel && hasBox { bothLines += 1 }
  }

  /// Counts the bucket of a line; of many different ones only the first few.
  mutating func countBucket(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let hash = ByteText.hash(raw: bytes, range)
    if let place = buckets.firstIndex(where: { $0.hash == hash }) {
      buckets[place].lines += 1
    } else if buckets.count < 16 {
      let name = String(decoding: range.map { bytes[$0] }, as: UTF8.self)
      buckets.append(Bucket(hash: hash, name: name, firstLine: totalLines))
    }
  }
}
