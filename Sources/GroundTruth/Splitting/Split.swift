/// Images dealt out to a training and a test side.
///
/// Groups stay whole. Each label comes to the sides in the ratio asked for, as nearly as groups
/// allow, rarest label first (iterative stratification after Sechidis, Tsoumakas and Vlahavas
/// 2011); a label that two groups or more have comes to both sides where that can be. The same images, groups, ratio and
/// seed give the same split on every machine.
public struct Split: Sendable {
  /// A side.
  public enum Side: Hashable, Sendable {
    /// What a model is trained with.
    case training
    /// What it is tested with.
    case test
  }

  /// A label and on how many images of each side it is.
  public struct LabelCount: Hashable, Sendable {
    /// The label; nothing for the images without one.
    public let name: String
    /// On how many training images it is.
    public internal(set) var trainingCount = 0
    /// On how many test images it is.
    public internal(set) var testCount = 0
  }

  /// The lines of the training side, counted from 0, ascending.
  public private(set) var trainingLines: [Int] = []
  /// The lines of the test side.
  public private(set) var testLines: [Int] = []
  /// The labels in the order seen, with their counts.
  public private(set) var labels: [LabelCount]
  /// How many images of each side a human found empty.
  public private(set) var emptyCounts = LabelCount(name: "")
  /// How many images of each side nobody labelled.
  public private(set) var unlabelledCounts = LabelCount(name: "")
  /// How many groups of several images there are.
  public private(set) var groupCount = 0
  /// How many images the largest group has.
  public private(set) var largestGroup = 0

  /// Deals out images.
  ///
  /// - Parameters:
  ///   - subjects: The images.
  ///   - groups: Which of them belong together, as many as there are images.
  ///   - ratio: Which part of the images is for training, more than 0 and less than 1.
  ///   - seed: What the random order begins with.
  /// - Complexity: O(*n* log *n*).
  public init(_ subjects: SplitSubjects, groups: Groups, ratio: Double, seed: UInt64) {
    precondition(groups.count == subjects.count, "groups of other images")
    var groups = groups
    let numbers = groups.numbers()
    var dealing = SplitDealing(subjects, groupNumbers: numbers, ratio: ratio, seed: seed)
    let sides = dealing.deal()
    labels = subjects.labels.map { LabelCount(name: $0) }
    for subject in 0..<subjects.count {
      let side = sides[numbers[subject]]
      if side == .training {
        trainingLines.append(subjects.lines[subject])
      } else {
        testLines.append(subjects.lines[subject])
      }
      for label in subjects.labels(of: subject) {
        switch label {
        case SplitSubjects.empty: emptyCounts.add(side)
        case SplitSubjects.unlabelled: unlabelledCounts.add(side)
        default: labels[Int(label)].add(side)
        }
      }
    }
    groupCount = dealing.groupSizes.count { $0 > 1 }
    largestGroup = dealing.groupSizes.max() ?? 0
  }
}

extension Split.LabelCount {
  fileprivate mutating func add(_ side: Split.Side) {
    if side == .training { trainingCount += 1 } else { testCount += 1 }
  }
}
