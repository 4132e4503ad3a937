/// What a merge does, in numbers.
public struct MergeReport: Hashable, Sendable {
  /// A line that is not taken over.
  public struct Unreadable: Hashable, Sendable {
    /// Which manifest, from 0.
    public let manifest: Int
    /// The line, from 0.
    public let line: Int
    /// Why not.
    public let error: ManifestError
  }

  /// A class that has another id than in its manifest.
  public struct MovedClass: Hashable, Sendable {
    /// Which manifest, from 0.
    public let manifest: Int
    /// The label.
    public let label: String
    /// The id it has there.
    public let oldID: Int
    /// The id it gets.
    public let newID: Int
  }

  /// How many lines there are, blank ones of the first manifest included.
  public internal(set) var lineCount = 0
  /// How many lines each manifest adds.
  public internal(set) var addedLines: [Int]
  /// On how many lines several manifests say something of one image.
  public internal(set) var commonLines = 0
  /// How many lines of those are other than in the first manifest that has them.
  public internal(set) var changedLines = 0
  /// How many attributes come to lines from a manifest later than the line's own.
  public internal(set) var addedAttributes = 0
  /// How many attributes were different, and settled by the rule.
  public internal(set) var conflicts = 0
  /// How many of those the rule could not settle, so that the first stays.
  public internal(set) var unsettled = 0
  /// How many attributes fewer manifests have than the quorum asks for.
  public internal(set) var belowQuorum = 0
  /// How many boxes came, by union.
  public internal(set) var addedBoxes = 0
  /// How many boxes went, since too few agreed on them.
  public internal(set) var droppedBoxes = 0
  /// How many boxes were moved to the mean of several.
  public internal(set) var movedBoxes = 0
  /// How many other members were different; the first stays.
  public internal(set) var otherDifferences = 0
  /// The classes with other ids, in the order of their manifests.
  public internal(set) var movedClasses: [MovedClass] = []
  /// The first hundred lines that are not taken over.
  public internal(set) var unreadable: [Unreadable] = []
  /// How many such lines there are.
  public internal(set) var unreadableCount = 0

  init(manifestCount: Int) { addedLines = Array(repeating: 0, count: manifestCount) }
}
