import Prediction
import Storage

/// The model of a version at work: `reticle-engine detect FOLDER`.
enum VersionPredictor {
  /// Takes a version; the engine starts with the first image.
  ///
  /// - Throws: ``Failure`` if it can't be started.
  static func make(_ version: ModelVersion, of project: String? = nil) throws -> any Predictor {
    let engine = try EngineProgram.path()
    let trained: TrainedModel?
    do throws(StorageError) {
      trained = try version.model()
    } catch {
      throw Failure.saying(error.description, Failure.data)
    }
    guard let trained else {
      throw Failure.saying(
        "\(version.folder): there is no model in it yet: train it with 'reticle train'",
        Failure.noInput)
    }
    let name = version.name.description
    let model = PredictionModel(
      name: project ?? name, version: project == nil ? nil : name, labels: trained.labels,
      thresholds: trained.thresholds)
    do throws(PredictionError) {
      return try CommandPredictor(
        CommandWords(words: [engine, "detect", Sources.real(version.folder)]), model: model)
    } catch {
      throw Failure.saying("\(version.folder): \(error.message)", Failure.noInput)
    }
  }
}
