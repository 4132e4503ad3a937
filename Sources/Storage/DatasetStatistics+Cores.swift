public import GroundTruth
import Synchronization

extension DatasetStatistics {
  /// Counts a dataset on all cores.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - truth: The attribute whose boxes count; if it isn't known, it is chosen as for a survey.
  /// - Complexity: O(bytes).
  public init(onAllCores dataset: Dataset, truth: String? = nil) {
    self.init(dataset, truth: truth) { truth in
      let parts = Mutex<[Survey.Part]>([])
      Survey.forEachPart(of: dataset, truth: truth, measuringBoxes: true) { part in
        parts.withLock { $0.append(part) }
      }
      return parts.withLock { $0 }
    }
  }
}
