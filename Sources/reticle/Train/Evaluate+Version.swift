import ArgumentParser
import Evaluation
import Storage

extension Evaluate {
  /// Shows the test of a version: the one named, else the newest that is trained.
  ///
  /// - Throws: ``Failure``, which says what is missing.
  func showVersion() throws {
    let options: [(name: String, isGiven: Bool)] = [
      ("--truth", truth != nil), ("--predictions", predictions != nil),
      ("--summary", summary != nil), ("--snapshot", snapshot != nil), ("--from", from != nil),
      ("--images", images != nil), ("--labels", labels != nil),
    ]
    if let given = options.first(where: \.isGiven) {
      throw Failure.saying(
        "\(given.name) is for a dataset; a version of a project is measured with what it was "
          + "tested on: leave it out, or name its snapshot.manifest", Failure.usage)
    }
    let found = try ProjectPath(dataset)
    let version = try found.version ?? found.project.newestTested()
    let result = try VersionTest(version, of: found.project)
      .result(iou: iou, threshold: threshold)
    let path = version.folder
    if json {
      try StandardOutput.write(EvaluateJSON(result, path: path, change: nil).bytes)
    } else {
      try StandardOutput.write(Array(EvaluateReport(result, path: path, change: nil).text.utf8))
    }
    if let minF1, (result.overall.f1 ?? 0) < minF1 {
      throw Failure.saying(
        "F1 is \(EvaluateReport.share(result.overall.f1)), below \(minF1)", ExitCode(1))
    }
  }
}

extension ProjectFolder {
  /// The version that was tested last.
  ///
  /// - Throws: ``Failure``, which says that there is none.
  func newestTested() throws -> ModelVersion {
    do {
      let tested = try versions().filter { $0.has(.snapshot) }
      // By their times, names deciding between versions of one second.
      let newest = try tested.enumerated().map { (try $1.record().trained ?? "", $0) }
        .max { $0 < $1 }
      guard let newest else {
        throw Failure.saying(
          "\(path): no version is trained yet; 'reticle train \(path)' trains one",
          Failure.noInput)
      }
      return tested[newest.1]
    } catch let error as StorageError {
      throw Failure.saying(error.description, error.exitCode)
    }
  }
}
