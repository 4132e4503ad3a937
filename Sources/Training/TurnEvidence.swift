/// What tells whether labels stay what they are in a mirror.
///
/// A small classifier learns from one half of the images and is asked about the other half, as
/// taken and in a mirror: an arrow to the left becomes one to the right in a mirror, a cat stays a cat.
public struct TurnEvidence: Hashable, Sendable {
  /// The number of objects it was asked about.
  public var objects = 0
  /// How many labels it knew.
  public var known = 0
  /// How many it knew of the same objects in a mirror.
  public var mirrored = 0

  /// The part of known labels that a turn must keep.
  static let kept = 0.85

  /// No evidence, as with one label: then nothing speaks against turns.
  public init() {}

  /// Whether left and right may be exchanged.
  public var allowsMirror: Bool { Double(mirrored) >= Self.kept * Double(known) }
}
