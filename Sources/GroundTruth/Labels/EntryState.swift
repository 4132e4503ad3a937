/// What is true of an entry, as bits.
public struct EntryState: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt16

  /// Creates a state from its bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The truth attribute has a box, or the image has an image-level label that is no prediction.
  public static let labelled = EntryState(rawValue: 1 << 0)
  /// A human looked and found nothing: the truth attribute is there, without boxes.
  public static let empty = EntryState(rawValue: 1 << 1)
  /// Neither labelled nor empty.
  public static let unlabelled = EntryState(rawValue: 1 << 2)
  /// A person looked it over and found it right.
  public static let verified = EntryState(rawValue: 1 << 3)
  /// A person put it off.
  public static let skipped = EntryState(rawValue: 1 << 4)
  /// A person flagged it.
  public static let flagged = EntryState(rawValue: 1 << 5)
  /// A person left it out of the dataset.
  public static let excluded = EntryState(rawValue: 1 << 6)
  /// A model wrote an attribute.
  public static let predicted = EntryState(rawValue: 1 << 7)
  /// The line can't be used; no other bit is set.
  public static let broken = EntryState(rawValue: 1 << 8)
  /// The line is blank; no other bit is set.
  public static let blank = EntryState(rawValue: 1 << 9)
  /// Some attribute couldn't be read.
  public static let hasProblems = EntryState(rawValue: 1 << 10)
  /// A model labelled it, and no person vouches for all of it yet.
  public static let automatic = EntryState(rawValue: 1 << 11)

  /// How many bits there are.
  static let bitCount = 12

  /// The state of an entry whose boxes that count are those of an attribute.
  public init(of entry: Entry, truth: String) {
    var state: EntryState = []
    let truthBoxes = entry.boxSet(truth)
    if truthBoxes?.boxes.isEmpty == false || entry.hasImageLabel {
      state.insert(.labelled)
    } else if truthBoxes?.isHumanAnnotated == true {
      state.insert(.empty)
    } else {
      state.insert(.unlabelled)
    }
    if entry.mark.isVerified { state.insert(.verified) }
    if entry.mark.isSkipped { state.insert(.skipped) }
    if entry.mark.isExcluded { state.insert(.excluded) }
    if entry.mark.flag != nil { state.insert(.flagged) }
    if entry.hasPrediction { state.insert(.predicted) }
    if truthBoxes.map({ !$0.isHumanAnnotated && !$0.boxes.isEmpty }) ?? false
      || entry.imageLabels.contains(where: { $0.isTruth && !$0.isHumanAnnotated })
    {
      state.insert(.automatic)
    }
    if !entry.problems.isEmpty { state.insert(.hasProblems) }
    self = state
  }
}

extension EntryState {
  /// Whether it is the state of a line that names an image: it is neither blank nor broken.
  public var isImage: Bool { isDisjoint(with: [.blank, .broken]) }

  /// Whether it is the state of an image that still asks for a decision.
  public var isOpen: Bool {
    isImage && isDisjoint(with: [.excluded, .verified, .labelled, .empty])
  }
}

extension Entry {
  /// The image-level labels that are no predictions, in either form, in line order.
  public var truthImageLabels: [String] {
    imageLabels.filter(\.isTruth).map(\.label)
      + multiLabels.filter(\.isHumanAnnotated).flatMap { $0.members.map(\.label) }
  }

  fileprivate var hasImageLabel: Bool {
    imageLabels.contains(where: \.isTruth)
      || multiLabels.contains { $0.isHumanAnnotated && !$0.members.isEmpty }
  }

  fileprivate var hasPrediction: Bool {
    !boxSets.allSatisfy(\.isHumanAnnotated) || !imageLabels.allSatisfy(\.isHumanAnnotated)
      || !multiLabels.allSatisfy(\.isHumanAnnotated)
  }
}
