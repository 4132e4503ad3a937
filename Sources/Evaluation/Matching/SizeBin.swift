/// A range of sizes, by the square root of the area in pixels.
///
/// COCO's small is the first two, medium the next two, large the rest.
public enum SizeBin: UInt8, CaseIterable, Hashable, Sendable, Comparable {
  case under16, under32, under64, under96, under192, under384, larger

  /// The square root of the area below which the bin ends, in pixels; nil for the last.
  public var end: Double? {
    switch self {
    case .under16: 16
    case .under32: 32
    case .under64: 64
    case .under96: 96
    case .under192: 192
    case .under384: 384
    case .larger: nil
    }
  }

  /// The bin of a box.
  public init(_ rectangle: Rectangle) {
    let area = rectangle.area
    self = Self.allCases.first { bin in bin.end.map { area < $0 * $0 } ?? true } ?? .larger
  }

  /// Whether one bin is of smaller boxes than another.
  public static func < (first: SizeBin, second: SizeBin) -> Bool {
    first.rawValue < second.rawValue
  }
}
