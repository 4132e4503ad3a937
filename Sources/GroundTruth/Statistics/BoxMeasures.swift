/// What boxes are like: how large, and how wide for their height.
public struct BoxMeasures: Hashable, Sendable {
  /// How large boxes are, by their area, as COCO tells them apart (https://cocodataset.org).
  public struct Areas: Hashable, Sendable {
    /// Below 32×32 pixels.
    public internal(set) var small = 0
    /// From 32×32 and below 96×96 pixels.
    public internal(set) var medium = 0
    /// From 96×96 pixels.
    public internal(set) var large = 0
  }

  /// The boxes by the length of the shorter side, in pixels.
  public private(set) var shorterSides = Histogram(starts: [0, 8, 16, 32, 64, 128, 256, 512])
  /// The boxes by area.
  public private(set) var areas = Areas()
  /// The boxes by width divided by height.
  public private(set) var aspects = Histogram(starts: [0, 0.25, 0.5, 0.8, 1.25, 2, 4])

  /// Creates the measures of no box.
  public init() {}

  /// How many boxes were measured.
  public var count: Int { areas.small + areas.medium + areas.large }

  /// Measures one more box, its sides in pixels.
  public mutating func add(width: Double, height: Double) {
    shorterSides.add(min(width, height))
    let area = width * height
    if area < 32 * 32 {
      areas.small += 1
    } else if area < 96 * 96 {
      areas.medium += 1
    } else {
      areas.large += 1
    }
    if height > 0 { aspects.add(width / height) }
  }

  /// Adds the boxes measured elsewhere.
  public mutating func merge(_ other: BoxMeasures) {
    shorterSides.merge(other.shorterSides)
    aspects.merge(other.aspects)
    areas.small += other.areas.small
    areas.medium += other.areas.medium
    areas.large += other.areas.large
  }
}
