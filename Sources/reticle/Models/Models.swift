import ArgumentParser
import GroundTruth
import Storage

/// `reticle models`: the versions of a project's model.
struct Models: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, compare and remove the versions of a project's model.",
    discussion: """
      A version has a status by AWS's names: TRAINING_IN_PROGRESS while it is trained or its \
      training waits to go on, TRAINING_COMPLETED, TRAINING_FAILED. Its files are in \
      PROJECT/models/NAME.

      EXAMPLES
        reticle models bccd
        reticle models compare bccd/v1 bccd/v2
        reticle models remove bccd/v1
      """,
    subcommands: [ModelsList.self, ModelsCompare.self, ModelsRemove.self],
    defaultSubcommand: ModelsList.self)
}

/// `reticle models list`: what versions there are.
struct ModelsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the versions (the default).",
    discussion: """
      --json prints one object: Project, and Versions with Name, Status, StatusMessage, \
      CreationTimestamp, TrainingEndTimestamp, F1, AP50, TrainingImages, TestImages, Bytes and \
      IsBusy. What isn't known is null.
      """)

  @Argument(help: "The project's folder, or its manifest.", completion: .directory)
  var project = "."

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let found = try ProjectPath(project)
    let rows = try found.project.versionRows()
    if json {
      try StandardOutput.write(ModelsReport.json(found.project, rows))
      return
    }
    guard !rows.isEmpty else {
      try StandardOutput.write(
        Array("no version is trained yet; 'reticle train \(project)' trains one\n".utf8))
      return
    }
    try StandardOutput.write(Array(ModelsReport.table(rows).map { $0 + "\n" }.joined().utf8))
  }
}

/// `reticle models remove`: removes a version for good.
struct ModelsRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove versions for good.",
    discussion: "Images and manifests of the project are never touched.")

  @Argument(help: "Versions, as PROJECT/v1, or v1 with --project.")
  var versions: [String]

  @Option(help: "The project's folder.", completion: .directory)
  var project = "."

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    // All are found before the first is gone.
    let found = try versions.map { try VersionArgument($0, project: project) }
    for item in found {
      guard try yes || Question.isAffirmed(question(item)) else {
        throw Failure.saying("nothing was removed", ExitCode(1))
      }
      do throws(StorageError) {
        try item.version.remove()
      } catch {
        throw Failure.saying(
          TrainFailure.message(error, of: item.version, doing: "remove"), error.exitCode)
      }
      try StandardOutput.write(Array("\(item.version.folder): removed\n".utf8))
    }
  }

  private func question(_ item: VersionArgument) -> String {
    let record = try? item.version.record()
    let f1 = record?.f1.map { ", F1 \(EvaluateReport.share($0))" } ?? ""
    return "Remove \(item.version.folder) (\(ModelsReport.size(item.version.byteCount))\(f1))?"
  }
}

/// A version as the command line names it.
struct VersionArgument {
  let project: ProjectFolder
  let version: ModelVersion

  /// Finds a version.
  ///
  /// - Parameters:
  ///   - text: `PROJECT/v1`, or `v1`.
  ///   - project: The folder of the project for a bare name.
  /// - Throws: ``Failure``, which says which versions there are.
  init(_ text: String, project: String) throws {
    let whole = text.contains("/") ? text : project + "/" + text
    if ProjectPath.names(whole), let found = try? ProjectPath(whole), let version = found.version {
      (self.project, self.version) = (found.project, version)
      return
    }
    let folder = text.lastIndex(of: "/").map { String(text[..<$0]) } ?? project
    let names = (try? ProjectPath(folder).project.versions().map(\.name.description)) ?? []
    throw Failure.saying(
      "\(text): there is no such version in \(folder); "
        + (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"),
      Failure.noInput)
  }
}
