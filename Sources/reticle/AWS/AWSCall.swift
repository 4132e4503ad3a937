import Prediction

/// One call of the person's `aws`: a value, so that what is asked can be seen without asking.
struct AWSCall: Hashable, Sendable {
  /// The service as `aws` names it.
  let service: String
  /// The operation as `aws` names it.
  let operation: String
  /// The request; handed over as a file, so that no name in it is ever taken for an option.
  let input: RequestJSON
  /// Further arguments, each joined to its option.
  var options: [String] = []

  /// The operation as the API and its permissions name it.
  var action: String {
    let name = operation.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return "\(service == "s3api" ? "s3" : service):\(name.joined())"
  }

  /// The arguments.
  ///
  /// - Parameter file: The file that holds the request.
  /// - Returns: Each as it is: no shell reads them.
  func arguments(input file: String) -> [String] {
    [service, operation, "--output=json", "--cli-connect-timeout=20", "--cli-read-timeout=120"]
      + options
      // Two arguments: joined, version 1 would not see that it has all that is required.
      + ["--cli-input-json", "file://\(file)"]
  }
}

/// The calls of Custom Labels.
///
/// Names and shapes are those of the service model `rekognition/2016-06-27`.
extension AWSCall {
  private static func rekognition(
    _ operation: String, _ input: RequestJSON, _ options: [String] = []
  ) -> AWSCall {
    AWSCall(service: "rekognition", operation: operation, input: input, options: options)
  }

  static func describeProject(named name: String) -> AWSCall {
    rekognition("describe-projects", .object(["ProjectNames": .list([.text(name)])]))
  }

  static func createProject(named name: String) -> AWSCall {
    rekognition("create-project", .object(["ProjectName": .text(name)]))
  }

  /// A dataset from a manifest; nil for one without entries.
  static func createDataset(
    _ kind: DatasetKind, project: String, manifest: S3Object?
  ) -> AWSCall {
    let source = manifest.map { manifest in
      RequestJSON.object([
        "GroundTruthManifest": .object(["S3Object": .object(s3: manifest)])
      ])
    }
    return rekognition(
      "create-dataset",
      .object([
        "DatasetSource": source, "DatasetType": .text(kind.rawValue),
        "ProjectArn": .text(project),
      ]))
  }

  static func describeDataset(_ dataset: String) -> AWSCall {
    rekognition("describe-dataset", .object(["DatasetArn": .text(dataset)]))
  }

  /// Some entries of a dataset; the answer has a `NextToken` if there are more.
  static func listEntries(
    of dataset: String, from token: String?, withErrors: Bool = false
  ) -> AWSCall {
    rekognition(
      "list-dataset-entries",
      .object(["DatasetArn": .text(dataset), "HasErrors": withErrors ? .flag(true) : nil]),
      // Several requests of one start of the program, which alone takes half a second.
      ["--max-items=1000", "--page-size=100"] + (token.map { ["--starting-token=\($0)"] } ?? []))
  }

  /// Changes or adds entries.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - lines: Manifest lines, less than 5 MB in all.
  ///   - generation: The program's, since version 1 takes blobs in a request as they are and
  ///     version 2 in base 64.
  /// - Returns: The call.
  static func updateEntries(
    of dataset: String, lines: [UInt8], for generation: AWSProgram.Generation
  ) -> AWSCall {
    let text = String(decoding: lines, as: UTF8.self)
    let isEncoded = generation == .second
    return rekognition(
      "update-dataset-entries",
      .object([
        "DatasetArn": .text(dataset),
        "Changes": .object([
          "GroundTruth": .text(isEncoded ? Base64.encode(lines) : text)
        ]),
      ]), isEncoded ? ["--cli-binary-format=base64"] : [])
  }

  static func distributeEntries(from training: String, to test: String) -> AWSCall {
    rekognition(
      "distribute-dataset-entries",
      .object([
        "Datasets": .list([training, test].map { .object(["Arn": .text($0)]) })
      ]))
  }

  static func describeVersions(of project: String, named name: String?) -> AWSCall {
    rekognition(
      "describe-project-versions",
      .object([
        "ProjectArn": .text(project), "VersionNames": name.map { .list([.text($0)]) },
      ]))
  }

  static func createVersion(_ training: TrainingRequest) -> AWSCall {
    rekognition("create-project-version", training.json)
  }

  static func startVersion(_ version: String, minimum: Int, maximum: Int?) -> AWSCall {
    rekognition(
      "start-project-version",
      .object([
        "ProjectVersionArn": .text(version), "MinInferenceUnits": .number(minimum),
        "MaxInferenceUnits": maximum.map { .number($0) },
      ]))
  }

  static func stopVersion(_ version: String) -> AWSCall {
    rekognition("stop-project-version", .object(["ProjectVersionArn": .text(version)]))
  }

  /// What a model says of an image.
  ///
  /// A file's bytes go by an argument of their own that both versions of `aws` read as they are; its
  /// path must have nothing in it that `aws` would replace.
  static func detect(_ model: RekognitionModel, _ image: RekognitionImage) -> AWSCall {
    var arn: RequestJSON?
    if case .customLabels(let found) = model { arn = .text(found.text) }
    switch image {
    case .file(let path):
      return rekognition(
        model.operation, .object(["ProjectVersionArn": arn]), ["--image-bytes=fileb://\(path)"])
    case .object(let bucket, let key):
      let object = RequestJSON.object([
        "S3Object": .object(["Bucket": .text(bucket), "Name": .text(key)])
      ])
      return rekognition(model.operation, .object(["ProjectVersionArn": arn, "Image": object]))
    }
  }

  /// The keys and sizes of objects, all of them.
  static func listObjects(in bucket: String, prefix: String) -> AWSCall {
    AWSCall(
      service: "s3api", operation: "list-objects-v2",
      input: .object(["Bucket": .text(bucket), "Prefix": .text(prefix)]),
      options: ["--query={Contents:Contents[].{Key:Key,Size:Size}}"])
  }

  /// Puts a file in the place of an object.
  static func putObject(_ object: S3Object, file: String) -> AWSCall {
    AWSCall(
      service: "s3api", operation: "put-object",
      input: .object(["Bucket": .text(object.bucket), "Key": .text(object.key)]),
      options: ["--body=\(file)"])
  }
}

extension RequestJSON {
  /// An `S3Object`.
  static func object(s3 object: S3Object) -> RequestJSON {
    .object(["Bucket": .text(object.bucket), "Name": .text(object.key)])
  }
}

/// Which of a project's datasets.
enum DatasetKind: String, CaseIterable, Sendable {
  case training = "TRAIN"
  case test = "TEST"

  /// What people call it.
  var name: String { self == .training ? "training" : "test" }
}
