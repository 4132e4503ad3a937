import Dispatch
public import GroundTruth
import Synchronization

extension Survey {
  /// Counts a dataset part by part, on all cores at once, and returns when all of it is counted.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - truth: The bounding-box attribute whose boxes count.
  ///   - measuringBoxes: Whether the boxes are measured, too.
  ///   - isCancelled: Asked before each part; when it says yes, no more are counted.
  ///   - body: Gets each part, on the thread that counted it, in no certain order.
  /// - Complexity: O(bytes).
  public static func forEachPart(
    of dataset: Dataset, truth: String, measuringBoxes: Bool = false,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    _ body: @escaping @Sendable (Part) -> Void
  ) {
    // Small enough to be merged within a frame, large enough that names are met anew rarely.
    let lineCount = 32_768
    let partCount = (dataset.count + lineCount - 1) / lineCount
    DispatchQueue.concurrentPerform(iterations: partCount) { index in
      guard !isCancelled() else { return }
      let first = index * lineCount
      body(
        part(
          first..<first + lineCount, of: dataset, truth: truth, measuringBoxes: measuringBoxes))
    }
  }

  /// Looks at every line of a dataset, on all cores.
  ///
  /// The truth is chosen as by `init(_:truth:names:)`, and all counts are the same.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - truth: The attribute whose boxes count, if it is known.
  /// - Complexity: O(bytes).
  public init(onAllCores dataset: Dataset, truth: String? = nil) {
    self.init(dataset, truth: truth) { truth in
      let parts = Mutex<[Part]>([])
      Self.forEachPart(of: dataset, truth: truth) { part in parts.withLock { $0.append(part) } }
      return parts.withLock { $0 }
    }
  }
}
