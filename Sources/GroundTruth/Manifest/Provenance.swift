/// Who made labels, and when, as the metadata of an attribute tells it.
public struct Provenance: Hashable, Sendable {
  /// The time in UTC, `YYYY-MM-DDTHH:MM:SS.ffffff`.
  public var creationDate: String
  /// The job as it is written, `labeling-job/<name>`.
  public var jobName: String
  /// Whether a human vouches for the labels.
  public var isHumanAnnotated: Bool
  /// How the labels relate to those that were looked at; `nil` leaves what the line says of it.
  public var adjustment: AdjustmentStatus?

  /// Creates a provenance, a human's unless said otherwise.
  public init(
    creationDate: String, jobName: String, isHumanAnnotated: Bool = true,
    adjustment: AdjustmentStatus? = nil
  ) {
    self.creationDate = creationDate
    self.jobName = jobName
    self.isHumanAnnotated = isHumanAnnotated
    self.adjustment = adjustment
  }

  /// How `human-annotated` is spelt.
  var humanAnnotated: String { isHumanAnnotated ? "yes" : "no" }

  /// The members that only an adjustment has.
  var adjustmentMembers: [(name: String, value: [UInt8])] {
    adjustment.map { [("adjustment-status", JSONText.encode($0.rawValue))] } ?? []
  }
}

extension ObjectEditor {
  /// Writes who made the labels into metadata.
  mutating func stamp(_ provenance: Provenance) {
    set("human-annotated", to: provenance.humanAnnotated)
    set("creation-date", to: provenance.creationDate)
    set("job-name", to: provenance.jobName)
    if let adjustment = provenance.adjustment { set("adjustment-status", to: adjustment.rawValue) }
  }
}
