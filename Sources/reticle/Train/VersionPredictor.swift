import Prediction
import Storage

/// The model of a version at work: `reticle-engine detect FOLDER`.
enum VersionPredictor {
  /// Starts it.
  ///
  /// - Throws: ``Failure`` if it can't be started.
  static func make(_ version: ModelVersion) throws -> any Predictor {
    let engine = try EngineProgram.path()
    do throws(PredictionError) {
      return try CommandPredictor(
        CommandWords(words: [engine, "detect", Sources.real(version.folder)]))
    } catch {
      throw Failure.saying("\(version.folder): \(error.message)", Failure.noInput)
    }
  }
}
