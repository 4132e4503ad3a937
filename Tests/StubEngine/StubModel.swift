import GroundTruth
import Storage

/// What the stub makes: `model.json`, and a `model.pt` that only says that it is there.
enum StubModel {
  /// The version whose folder this is.
  static func version(_ folder: String) -> ModelVersion? {
    let parts = folder.split(separator: "/")
    guard let name = parts.last.flatMap({ VersionName(String($0)) }) else { return nil }
    return ModelVersion(name, in: "/" + parts.dropLast().joined(separator: "/"))
  }

  /// Writes the model; every fifth image is held out where none are given for that.
  static func write(_ job: TrainingJob, to folder: String) {
    let style = JSONStyle.compact
    let few = job.train.indices.filter { $0 % 5 == 1 }.map { job.train[$0] }
    let heldOut = (job.validation.isEmpty ? few : job.validation).map(\.path)
    let thresholds = job.labels.map { ($0, JSONNumber.encode(0.5)) }
    let model = style.object([
      ("version", JSONNumber.encode(1)), ("task", JSONText.encode(job.task.rawValue)),
      ("labels", style.array(job.labels.map(JSONText.encode))),
      ("thresholds", style.object(thresholds)),
      ("heldOut", style.array(heldOut.map(JSONText.encode))),
      ("seed", JSONNumber.encode(job.seed)), ("engine", JSONText.encode("stub")),
      ("warnings", style.array([JSONText.encode("this model learned by heart")])),
    ])
    StubEngine.write(Array("weights".utf8), to: folder + "/model.pt")
    StubEngine.write(model, to: folder + "/model.json")
  }
}
