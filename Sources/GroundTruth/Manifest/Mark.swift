/// What a person noted about an entry, kept in the line's top-level member `reticle`.
///
/// On disk: `"reticle":{"verified":true,"skipped":true,"excluded":true,"flag":"note",
/// "rejected":[…],"corrected":[…]}`, with only those members that say something. An export for AWS
/// leaves the member out.
public struct Mark: Hashable, Sendable {
  /// The top-level member's name.
  public static let member = "reticle"

  /// Whether the entry was looked over and found right.
  public var isVerified: Bool
  /// Whether the entry was put off.
  public var isSkipped: Bool
  /// Whether the entry stays out of the dataset.
  public var isExcluded: Bool
  /// The note of a flagged entry, maybe empty; `nil` if it isn't flagged.
  public var flag: String?
  /// The predictions that a person found wrong.
  public var rejected: [SettledPrediction]
  /// The predictions that a person took with another label or another place.
  public var corrected: [SettledPrediction]

  /// Creates a mark that says nothing unless told to.
  public init(
    isVerified: Bool = false, isSkipped: Bool = false, isExcluded: Bool = false,
    flag: String? = nil, rejected: [SettledPrediction] = [], corrected: [SettledPrediction] = []
  ) {
    self.isVerified = isVerified
    self.isSkipped = isSkipped
    self.isExcluded = isExcluded
    self.flag = flag
    self.rejected = rejected
    self.corrected = corrected
  }

  /// Reads the member, passing over members of it that it doesn't know.
  ///
  /// `nil` if it isn't an object.
  init?(_ value: JSONValue) {
    guard let members = value.members else { return nil }
    self.init(
      isVerified: members.last(named: "verified")?.boolean ?? false,
      isSkipped: members.last(named: "skipped")?.boolean ?? false,
      isExcluded: members.last(named: "excluded")?.boolean ?? false,
      flag: members.last(named: "flag")?.string,
      rejected: SettledPrediction.list(members.last(named: "rejected")),
      corrected: SettledPrediction.list(members.last(named: "corrected")))
  }
}
