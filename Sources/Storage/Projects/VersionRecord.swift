public import GroundTruth

/// What a version's `status.json` says of it, by AWS's names.
public struct VersionRecord: Hashable, Sendable {
  /// What it is doing.
  public var status: VersionStatus
  /// More about that, for people; maybe empty.
  public var message: String
  /// When its training began, UTC.
  public var created: String
  /// When its training ended, UTC.
  public var trained: String?
  /// The unweighted mean F1 over labels on the test images.
  public var f1: Double?
  /// The mean average precision at an IoU of 0.5 on the test images; of boxes only.
  public var averagePrecision: Double?
  /// How many images it was trained on.
  public var trainingCount: Int?
  /// How many images it was tested on.
  public var testCount: Int?

  /// Creates a record of a training that begins.
  public init(
    status: VersionStatus = .trainingInProgress, message: String = "", created: String,
    trained: String? = nil, f1: Double? = nil, averagePrecision: Double? = nil,
    trainingCount: Int? = nil, testCount: Int? = nil
  ) {
    self.status = status
    self.message = message
    self.created = created
    self.trained = trained
    self.f1 = f1
    self.averagePrecision = averagePrecision
    self.trainingCount = trainingCount
    self.testCount = testCount
  }

  /// Reads `status.json`; `nil` if there is no known status in it.
  init?(json: JSONValue) {
    guard let status = json["Status"]?.string.flatMap(VersionStatus.init) else { return nil }
    self.init(
      status: status, message: json["StatusMessage"]?.string ?? "",
      created: json["CreationTimestamp"]?.string ?? "",
      trained: json["TrainingEndTimestamp"]?.string, f1: json["F1"]?.double,
      averagePrecision: json["AP50"]?.double, trainingCount: json["TrainingImages"]?.integer,
      testCount: json["TestImages"]?.integer)
  }

  /// The record as `status.json` holds it.
  var json: JSONValue {
    .object([
      "Status": .string(status.rawValue), "StatusMessage": .string(message),
      "CreationTimestamp": .string(created), "TrainingEndTimestamp": .string(trained),
      "F1": .number(f1), "AP50": .number(averagePrecision),
      "TrainingImages": .number(trainingCount), "TestImages": .number(testCount),
    ])
  }
}

extension JSONValue {
  /// The number; `nil` for anything else.
  var double: Double? {
    guard case .number(let text) = self, let value = Double(text), value.isFinite else {
      return nil
    }
    return value
  }

  /// A number, or `null`.
  static func number(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(String(decoding: JSONNumber.encode(value), as: UTF8.self))
  }

  /// A whole number, or `null`.
  static func number(_ value: Int?) -> JSONValue { value.map { .number($0) } ?? .null }

  /// A string, or `null`.
  static func string(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}
