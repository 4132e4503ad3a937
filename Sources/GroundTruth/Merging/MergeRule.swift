/// What becomes of an attribute that several manifests have for an image, each another.
public enum MergeRule: Hashable, Sendable {
  /// The one with the latest `creation-date` stays; without dates, or on a tie, the first.
  case newest
  /// The one of the first manifest stays.
  case first
  /// All boxes and labels stay; boxes of one label that overlap by the threshold count as one, for
  /// which the first manifest's stands.
  case union
  /// What so many manifests agree on stays: boxes of one label that overlap by the threshold, with
  /// the mean of their edges, rounded; and labels.
  ///
  /// An attribute that fewer manifests have for the image stays as the first has it.
  case quorum(Int)
}

/// How manifests are merged.
public struct MergeOptions: Sendable {
  /// What becomes of an attribute that manifests have differently.
  public var rule: MergeRule
  /// By how much two boxes must overlap to be one, as intersection over union, 0…1.
  public var overlap: Double
  /// Who vouches for attributes that are put together from several; human only if all are.
  public var provenance: Provenance

  /// Creates options.
  public init(rule: MergeRule, overlap: Double = 0.5, provenance: Provenance) {
    self.rule = rule
    self.overlap = overlap
    self.provenance = provenance
  }
}
