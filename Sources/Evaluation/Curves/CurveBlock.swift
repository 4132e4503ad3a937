/// Some hundred points of a curve that follow each other, and their sums.
///
/// Figures of a whole curve come from the sums of its blocks and the points of a few, so that a
/// change in one image costs little however many predictions there are.
struct CurveBlock: Hashable, Sendable {
  /// How many points a block is made with; it is split at twice that.
  static let size = 512

  private(set) var points: [CurvePoint]
  private(set) var counts = LevelCounts()

  /// Takes points in their order.
  init(_ points: some Sequence<CurvePoint>) {
    self.points = Array(points)
    for point in self.points { counts.add(point.flags) }
  }

  /// The place of the first point that doesn't come before one.
  func place(of point: CurvePoint) -> Int {
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if points[middle] < point { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Puts a point in its place.
  mutating func insert(_ point: CurvePoint) {
    points.insert(point, at: place(of: point))
    counts.add(point.flags)
  }

  /// Removes a point, if it is there.
  mutating func remove(_ point: CurvePoint) {
    let place = place(of: point)
    guard place < points.count, points[place] == point else { return }
    points.remove(at: place)
    counts.remove(point.flags)
  }

  /// Gives away the second half of its points.
  mutating func split() -> CurveBlock {
    let half = points.count / 2
    let rest = CurveBlock(points[half...])
    self = CurveBlock(points[..<half])
    return rest
  }
}
