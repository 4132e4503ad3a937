/// Which images are shown at each step.
public struct BatchSequence: Hashable, Sendable {
  private let order: ImageOrder
  private let size: Int
  private var rest: ArraySlice<Int> = []
  private var round = 0

  /// Begins with the first step.
  ///
  /// - Parameters:
  ///   - order: The order of the images; there is one at least.
  ///   - size: The number of images in a batch.
  public init(_ order: ImageOrder, size: Int) {
    self.order = order
    self.size = size
  }

  /// The images of the next step, as places.
  public mutating func next() -> [Int] {
    var batch: [Int] = []
    while batch.count < size {
      if rest.isEmpty {
        rest = order.round(round)[...]
        round += 1
        if rest.isEmpty { break }
      }
      batch.append(rest.removeFirst())
    }
    return batch
  }
}
