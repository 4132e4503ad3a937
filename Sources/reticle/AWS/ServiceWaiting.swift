import GroundTruth
import Prediction

extension AWSService {
  /// A dataset as it is now.
  ///
  /// - Throws: ``CallFailure``.
  func dataset(_ arn: String, _ kind: DatasetKind) throws -> ServiceDataset {
    ServiceDataset(try answer(.describeDataset(arn), about: "\(kind.name) dataset"))
  }

  /// Waits until AWS is done with a dataset.
  ///
  /// - Returns: The dataset then.
  /// - Throws: ``CallFailure``, or ``Failure`` if it came to nothing.
  @discardableResult
  func settled(_ arn: String, _ kind: DatasetKind) throws -> ServiceDataset {
    var told = ""
    while true {
      let dataset = try dataset(arn, kind)
      if dataset.hasFailed {
        let message = dataset.message.isEmpty ? "AWS gives no reason" : dataset.message
        throw Failure.saying(
          "\(kind.name) dataset: \(dataset.status): \(message). See to the permissions of the "
            + "bucket (Rekognition must be let in) and to its region; then remove the dataset by "
            + "'aws rekognition delete-dataset --dataset-arn \(arn)' and push again", Failure.data)
      }
      guard dataset.isBusy else { return dataset }
      if told != dataset.status { Failure.say("\(kind.name) dataset: \(dataset.status), waiting") }
      told = dataset.status
      wait(pace)
    }
  }

  /// All entries of a dataset, as lines.
  ///
  /// - Throws: ``CallFailure``.
  func entries(
    of arn: String, _ kind: DatasetKind, withErrors: Bool = false
  ) throws -> [[UInt8]] {
    var entries: [[UInt8]] = []
    var token: String?
    repeat {
      let page = try answer(
        .listEntries(of: arn, from: token, withErrors: withErrors), about: "\(kind.name) dataset")
      for entry in page["DatasetEntries"]?.elements ?? [] {
        // One with a line break would become two lines.
        if let text = entry.string, !text.contains(where: \.isNewline) {
          entries.append(Array(text.utf8))
        }
      }
      let next = page["NextToken"]?.string
      // A token that comes again would lead in a circle.
      token = next == token ? nil : next
    } while token != nil
    return entries
  }

  /// Versions of a project, newest first.
  ///
  /// - Throws: ``CallFailure``.
  func versions(of project: ServiceARN, named name: String? = nil) throws -> [ServiceVersion] {
    let answer = try answer(
      .describeVersions(of: project.text, named: name), about: "project \(project.project)")
    let found = (answer["ProjectVersionDescriptions"]?.elements ?? []).compactMap(
      ServiceVersion.init)
    return found.filter { name == nil || $0.name == name }
  }

  /// A version, which has to be there.
  ///
  /// - Throws: ``CallFailure``, or ``Failure`` if there is none of that name.
  func version(_ name: String, of project: ServiceARN) throws -> ServiceVersion {
    if let version = try versions(of: project, named: name).first { return version }
    let names = try versions(of: project).map(\.name)
    throw Failure.saying(
      "project \(project.project) has no version \(name); "
        + (names.isEmpty
          ? "it has none at all: 'reticle aws train' makes one"
          : "there is \(names.prefix(10).joined(separator: ", "))"),
      Failure.noInput)
  }

  /// Waits until AWS is done with a version.
  ///
  /// - Returns: The version then.
  /// - Throws: ``CallFailure``.
  func settled(_ version: ServiceVersion, of project: ServiceARN) throws -> ServiceVersion {
    var version = version
    var told = ""
    while version.isBusy {
      if told != version.status { Failure.say("\(version.name): \(version.status), waiting") }
      told = version.status
      wait(pace)
      version = try self.version(version.name, of: project)
    }
    return version
  }
}
