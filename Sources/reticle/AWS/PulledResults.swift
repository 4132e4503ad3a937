import Glibc
import GroundTruth
import Prediction
import Storage

/// What a version's training wrote, brought into a folder.
struct PulledResults {
  private let version: ServiceVersion
  private let service: AWSService

  init(_ version: ServiceVersion, service: AWSService) {
    self.version = version
    self.service = service
  }

  /// Brings all there is.
  ///
  /// - Parameter folder: The folder, which may be there; files of the same names are replaced.
  /// - Returns: What AWS found wrong with the lines it was trained and tested with.
  /// - Throws: ``Failure`` if something can't be brought or written.
  func write(to folder: String) throws -> ServiceReport {
    if mkdir(folder, 0o777) != 0, FileKind.of(folder) != .folder {
      throw Failure.saying(
        "\(folder) can't be made: \(String(cString: strerror(errno))); name another place",
        Failure.cannotCreate)
    }
    try write(Array(status.bytes) + [UInt8(ascii: "\n")], as: "status.json", in: folder)
    guard !version.results.isEmpty else {
      throw Failure.saying(
        "\(version.name) is \(version.status) and has no results"
          + (version.isBusy ? " yet: wait with 'reticle aws status --wait'" : ""),
        Failure.temporary)
    }
    var entries: [[UInt8]] = []
    for (name, object) in version.results {
      let file = service.scratch.file(name)
      do {
        try service.fetch(object, to: file)
      } catch let failure as Failure {
        // One that is gone from the bucket keeps nobody from the rest.
        Failure.say("\(name): \(failure.message)")
        continue
      }
      let bytes = FileBytes.read(file) ?? []
      Scratch.remove(file)
      try write(bytes, as: name, in: folder)
      Failure.say("\(folder)/\(name): brought")
      if name.hasSuffix("_with_validation.json") {
        entries += bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) }
      }
    }
    return ServiceReport(entries, numbers: [:])
  }

  /// What is known of the version, with AWS's names.
  private var status: RequestJSON {
    .object([
      "ProjectVersionArn": .text(version.arn.text), "Status": .text(version.status),
      "StatusMessage": .text(version.message),
      "CreationTimestamp": version.created.map { .text($0) },
      "TrainingEndTimestamp": version.trainingEnded.map { .text($0) },
      "BillableTrainingTimeInSeconds": version.billableSeconds.map { .number($0) },
      "F1": version.f1.map { .decimal($0) },
    ])
  }

  private func write(_ bytes: [UInt8], as name: String, in folder: String) throws {
    do throws(CheckProblem) {
      let output = try CheckOutput("\(folder)/\(name)")
      try output.append(bytes)
      try output.commit()
    } catch {
      throw Failure.saying(error.message, error.exitCode)
    }
  }
}
