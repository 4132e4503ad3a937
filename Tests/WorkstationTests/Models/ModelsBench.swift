import Cells
import GroundTruth
import Raster

@testable import Workstation

extension Bench {
  static let first = ListedModel.Name(project: "cells", version: "v1")
  static let second = ListedModel.Name(project: "cells", version: "v2")
  /// One on AWS, of a name that there is here, too.
  static let remote = ListedModel.Name(project: "cells", version: "v1", home: .aws)
  static let third = ListedModel.Name(project: "cells", version: "v3")

  /// A version of which all is known.
  static func model(
    _ name: ListedModel.Name, _ status: VersionStatus, f1: Double? = 0.812
  ) -> ListedModel {
    var model = ListedModel(name: name, status: status)
    model.f1 = f1
    model.meanAveragePrecision = f1.map { $0 - 0.05 }
    model.trainingImages = 160
    model.testImages = 72
    model.date = "2026-09-20T10:11:12"
    model.labels = [
      .init(name: "RBC", threshold: 0.4), .init(name: "WBC", threshold: 0.6),
      .init(name: "Platelets"),
    ]
    return model
  }

  /// Sets up the models' screen with versions listed.
  static func models(
    _ versions: [ListedModel], album: String = "100×80 | RBC 1,1 9×9\n200×80\n60×60",
    screen: CellSize = CellSize(columns: 120, rows: 36),
    _ change: (inout Settings) -> Void = { _ in }
  ) throws -> Bench {
    var bench = try Bench(album, screen: screen, change)
    try bench.run("g m")
    for home in [ListedModel.Home.here, .aws] {
      bench.reduce(.models(.listing(versions.filter { $0.home == home }, of: home)))
    }
    return bench
  }

  /// What a model finds in an image: boxes in percent of its sides.
  static let found = [
    CustomLabel(
      name: "WBC", confidence: 0.5553,
      place: .init(left: 0.5, top: 0.1, width: 0.24, height: 0.25)),
    CustomLabel(
      name: "RBC", confidence: 0.9712, place: .init(left: 0.1, top: 0.25, width: 0.3, height: 0.5)),
    CustomLabel(
      name: "RBC", confidence: 0.41, place: .init(left: 0.6, top: 0.6, width: 0.6, height: 0.6)),
    CustomLabel(name: "Platelets", confidence: 0.5),
    CustomLabel(name: "RBC", confidence: 0),
  ]

  /// Answers what was asked last.
  mutating func answer(_ labels: [CustomLabel] = Bench.found) {
    guard let (model, image) = state.models.asked else { return }
    reduce(
      .models(
        .detected(
          ModelAnswer(
            model: model, image: image, labels: labels,
            request: #"{"MinConfidence":0,"ProjectVersionArn":"\#(model)"}"#,
            response: #"{"CustomLabels":[{"Name":"RBC","Confidence":97.1}],"Empty":[]}"#))))
  }

  /// The results shown, as `RBC 97.1 %`.
  var results: [String] {
    state.shownResults.map { "\($0.label) \(State.percent($0.confidence))" }
  }
}

extension ModelsRequest {
  /// The request in words.
  var words: String {
    switch self {
    case .list: "list"
    case .start(let name, let units): "start \(name) with \(units)"
    case .stop(let name): "stop \(name)"
    case .remove(let name): "remove \(name)"
    case .detect(let name, let image): "ask \(name) about \(image.sourceRef)"
    }
  }
}
