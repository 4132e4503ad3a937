/// All predictions of a label in a dataset, the surest first.
///
/// Whatever changes, the figures are exactly those of a curve made anew: only whole numbers are
/// kept and added.
struct LabelCurve: Hashable, Sendable {
  /// The number of truths that count.
  private(set) var support = 0
  /// The number of images that have such truths.
  private(set) var imageCount = 0
  /// None is empty.
  private(set) var blocks: [CurveBlock] = []

  /// Takes points in any order.
  init(_ points: [CurvePoint] = [], support: Int = 0, imageCount: Int = 0) {
    self.support = support
    self.imageCount = imageCount
    var sorted = points
    sorted.sort(by: <)
    blocks = stride(from: 0, to: sorted.count, by: CurveBlock.size).map { start in
      CurveBlock(sorted[start..<min(start + CurveBlock.size, sorted.count)])
    }
  }

  /// The number of points.
  var count: Int { blocks.reduce(0) { $0 + $1.points.count } }

  /// Changes the number of truths by those of an image.
  mutating func changeSupport(from old: Int, to new: Int) {
    support += new - old
    imageCount += (new > 0 ? 1 : 0) - (old > 0 ? 1 : 0)
  }

  /// Puts a point in its place.
  ///
  /// - Complexity: O(blocks).
  mutating func insert(_ point: CurvePoint) {
    guard !blocks.isEmpty else {
      blocks.append(CurveBlock([point]))
      return
    }
    let place = min(block(of: point), blocks.count - 1)
    blocks[place].insert(point)
    if blocks[place].points.count >= 2 * CurveBlock.size {
      let rest = blocks[place].split()
      blocks.insert(rest, at: place + 1)
    }
  }

  /// Removes a point, if it is there.
  ///
  /// - Complexity: O(blocks).
  mutating func remove(_ point: CurvePoint) {
    let place = block(of: point)
    guard place < blocks.count else { return }
    blocks[place].remove(point)
    if blocks[place].points.isEmpty { blocks.remove(at: place) }
  }

  /// The first block whose last point doesn't come before one.
  private func block(of point: CurvePoint) -> Int {
    firstBlock { points in points.last.map { !($0 < point) } ?? true }
  }

  /// The first block for which something is true that is so for all after it.
  func firstBlock(where isTrue: ([CurvePoint]) -> Bool) -> Int {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if isTrue(blocks[middle].points) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The sums of all points before each block, and of all points.
  var prefixes: [LevelCounts] {
    var sums = [LevelCounts()]
    sums.reserveCapacity(blocks.count + 1)
    var sum = LevelCounts()
    for block in blocks {
      sum.add(block.counts)
      sums.append(sum)
    }
    return sums
  }
}
