import Prediction
import Storage

/// The model of a version at work.
enum VersionPredictor {
  /// Starts it.
  ///
  /// - Throws: ``Failure`` if it can't be started.
  static func make(_ version: ModelVersion) throws -> any Predictor {
    throw Failure.saying("\(version.folder): no predictor", Failure.temporary)
  }
}
