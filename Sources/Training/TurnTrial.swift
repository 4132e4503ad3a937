/// What a detector that never saw an image upside down finds in images held out, as they are and
/// upside down: it tells whether they have an upright at all.
public struct TurnTrial: Hashable, Sendable {
  /// The number of images.
  public var images: Int
  /// The number of objects in them.
  public var boxes: Int
  /// The mean average precision in the images as they are.
  public var found: Double
  /// The same upside down.
  public var foundUpsideDown: Double

  /// The least precision of a network that can be asked.
  static let knowing = 0.3
  /// The part of it that must be left upside down.
  static let kept = 0.95

  /// Takes what was found.
  public init(images: Int, boxes: Int, found: Double, foundUpsideDown: Double) {
    self.images = images
    self.boxes = boxes
    self.found = found
    self.foundUpsideDown = foundUpsideDown
  }

  /// Whether so many objects in so many images can tell.
  ///
  /// A picture of one thing or two is taken upright, and a network that knows little of it yet
  /// finds it upside down as well.
  public static func canTell(images: Int, boxes: Int) -> Bool { boxes >= max(20, 3 * images) }

  /// Whether the images have no upright, so that a detector may learn from them turned any way.
  public var allowsAnyWay: Bool {
    Self.canTell(images: images, boxes: boxes) && found >= Self.knowing
      && foundUpsideDown >= found * Self.kept
  }
}
