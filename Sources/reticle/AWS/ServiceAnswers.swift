import GroundTruth
import Prediction

/// A project as DescribeProjects gives it.
struct ServiceProject: Hashable, Sendable {
  /// A dataset as the project names it.
  struct Dataset: Hashable, Sendable {
    let kind: DatasetKind
    let arn: String
    let status: String
  }

  let arn: ServiceARN
  let status: String
  let datasets: [Dataset]

  /// Reads an element of `ProjectDescriptions`; nil if it is none.
  init?(_ json: JSONValue) {
    guard let arn = json["ProjectArn"]?.string.flatMap(ServiceARN.init), arn.isProject
    else { return nil }
    self.arn = arn
    status = json["Status"]?.string ?? ""
    datasets = (json["Datasets"]?.elements ?? []).compactMap { element in
      guard let kind = element["DatasetType"]?.string.flatMap(DatasetKind.init),
        let arn = element["DatasetArn"]?.string
      else { return nil }
      return Dataset(kind: kind, arn: arn, status: element["Status"]?.string ?? "")
    }
  }

  /// The dataset of a kind, unless it is being deleted.
  func dataset(_ kind: DatasetKind) -> Dataset? {
    datasets.first { $0.kind == kind && $0.status != "DELETE_IN_PROGRESS" }
  }
}

/// A dataset as DescribeDataset gives it.
struct ServiceDataset: Hashable, Sendable {
  let status: String
  let message: String
  let total: Int
  let labeled: Int
  let labels: Int
  let errors: Int

  /// Reads an answer.
  init(_ json: JSONValue) {
    let description = json["DatasetDescription"]
    let stats = description?["DatasetStats"]
    status = description?["Status"]?.string ?? ""
    message = description?["StatusMessage"]?.string ?? ""
    total = stats?["TotalEntries"]?.integer ?? 0
    labeled = stats?["LabeledEntries"]?.integer ?? 0
    labels = stats?["TotalLabels"]?.integer ?? 0
    errors = stats?["ErrorEntries"]?.integer ?? 0
  }

  /// Whether the service is still at it.
  var isBusy: Bool { status.hasSuffix("_IN_PROGRESS") }
  /// Whether what it did last came to nothing.
  var hasFailed: Bool { status.hasSuffix("_FAILED") }
}

/// A version as DescribeProjectVersions gives it.
struct ServiceVersion: Sendable {
  let arn: ServiceARN
  let name: String
  let status: String
  let message: String
  /// Seconds since 1970, or a date as text: the two forms that `aws` gives.
  let created: String?
  let trainingEnded: String?
  let billableSeconds: Int?
  let f1: Double?
  let minimumUnits: Int?
  let maximumUnits: Int?
  /// What the training wrote, by what it is.
  let results: [(name: String, object: S3Object)]
  /// The description's own bytes.
  let json: JSONValue

  /// Reads an element of `ProjectVersionDescriptions`; nil if it is none.
  init?(_ json: JSONValue) {
    guard let arn = json["ProjectVersionArn"]?.string.flatMap(ServiceARN.init),
      let name = arn.version
    else { return nil }
    (self.arn, self.name, self.json) = (arn, name, json)
    status = json["Status"]?.string ?? ""
    message = json["StatusMessage"]?.string ?? ""
    created = Self.time(json["CreationTimestamp"])
    trainingEnded = Self.time(json["TrainingEndTimestamp"])
    billableSeconds = json["BillableTrainingTimeInSeconds"]?.integer
    f1 = json["EvaluationResult"]?["F1Score"]?.double
    minimumUnits = json["MinInferenceUnits"]?.integer
    maximumUnits = json["MaxInferenceUnits"]?.integer
    func assets(_ data: String, _ part: String) -> JSONValue? {
      json[data]?[part]?["Assets"]?.elements?.first?["GroundTruthManifest"]
    }
    let places: [(String, JSONValue?)] = [
      ("evaluation.json", json["EvaluationResult"]?["Summary"]),
      ("snapshot.manifest", assets("TestingDataResult", "Output")),
      ("training.manifest", assets("TrainingDataResult", "Output")),
      ("manifest_summary.json", json["ManifestSummary"]),
      ("training_manifest_with_validation.json", assets("TrainingDataResult", "Validation")),
      ("testing_manifest_with_validation.json", assets("TestingDataResult", "Validation")),
    ]
    results = places.compactMap { name, place in
      guard let object = place?["S3Object"], let bucket = object["Bucket"]?.string,
        let key = object["Name"]?.string, let found = S3Object(uri: "s3://\(bucket)/\(key)")
      else { return nil }
      return (name, found)
    }
  }

  /// Whether the service is still at it.
  var isBusy: Bool {
    ["TRAINING_IN_PROGRESS", "STARTING", "STOPPING", "DELETING"].contains(status)
  }

  /// A time; version 1 of `aws` gives a number, version 2 a date.
  private static func time(_ json: JSONValue?) -> String? {
    if let text = json?.string { return text }
    return json?.double.map { CreationDate.text(secondsSince1970: $0) }
  }
}
