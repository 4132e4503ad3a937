import ArgumentParser
import Prediction
import Storage

/// Options that say who predicts.
struct PredictorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A program of yours, as 'python3 my.py': JSON Lines in and out, no shell.",
      valueName: "command"))
  var command: String?

  @Option(
    help: "A model trained here: PROJECT (its last version), PROJECT/VERSION, or its folder.",
    completion: .directory)
  var model: String?

  @Option(
    help: ArgumentHelp(
      "A model on Rekognition: the ARN of a version that runs, or labels, moderation or faces.",
      valueName: "arn"))
  var rekognition: String?

  @Option(
    help: ArgumentHelp("Seconds that --command may take for an image.", valueName: "seconds"))
  var timeLimit: Double?

  /// Whether somebody is named.
  var isGiven: Bool { command != nil || model != nil || rekognition != nil }

  func validate() throws {
    let count = [command, model, rekognition].count { $0 != nil }
    if count > 1 {
      throw ValidationError("--command, --model and --rekognition exclude each other")
    }
    if let timeLimit, !(timeLimit > 0 && timeLimit < 1e6) {
      throw ValidationError("--time-limit is more than 0")
    }
    if let command {
      do throws(PredictionError) {
        _ = try CommandWords(command)
      } catch {
        throw ValidationError("--command: \(error.message)")
      }
    }
  }

  /// The predictor; what it says besides its answers goes to standard error.
  ///
  /// - Throws: ``Failure``, which says what is missing.
  func predictor(remark: @escaping @Sendable (String) -> Void) throws -> any Predictor {
    if let command { return try Self.predictor(command, limits: limits, remark: remark) }
    if let model { return try Self.predictor(ofModel: model) }
    if let rekognition { return try RekognitionChoice.predictor(rekognition, remark: remark) }
    throw Failure.saying(
      "say who predicts: --command 'python3 my.py', --model PROJECT or --rekognition ARN",
      Failure.usage)
  }

  /// How much patience there is with a program.
  var limits: CommandLimits {
    var limits = CommandLimits()
    if let timeLimit {
      limits.image = .milliseconds(Int(timeLimit * 1_000))
      limits.start = max(limits.start, limits.image)
    }
    return limits
  }

  private static func predictor(
    _ command: String, limits: CommandLimits, remark: @escaping @Sendable (String) -> Void
  ) throws -> any Predictor {
    do throws(PredictionError) {
      return try CommandPredictor(try CommandWords(command), limits: limits, remark: remark)
    } catch {
      throw Failure.saying("--command: \(error.message)", Failure.noInput)
    }
  }

  private static func predictor(ofModel path: String) throws -> any Predictor {
    let model = try LocalModel(path)
    return try VersionPredictor.make(model.version, of: model.project)
  }
}

/// A trained model that a path names.
struct LocalModel {
  let version: ModelVersion
  /// The project's name; nil for a folder that belongs to none.
  let project: String?

  /// Finds it: a version, the last trained version of a project, or a folder with a `model.json`.
  ///
  /// - Throws: ``Failure``, which says what is missing.
  init(_ path: String) throws {
    if let found = Self.plainFolder(path) {
      self = found
      return
    }
    let found = try ProjectPath(path)
    project = found.project.settings.name.description
    if let version = found.version {
      self.version = version
      return
    }
    do throws(StorageError) {
      guard let last = try found.project.versions().last(where: { $0.has(.model) }) else {
        throw StorageError.badPath(path)
      }
      version = last
    } catch {
      if case .badPath = error {
        throw Failure.saying(
          "\(path): no version is trained yet; 'reticle train \(path)' trains one", Failure.noInput)
      }
      throw Failure.saying(error.description, error.exitCode)
    }
  }

  private init(version: ModelVersion, project: String?) {
    self.version = version
    self.project = project
  }

  /// A folder that holds a model and isn't in a project.
  private static func plainFolder(_ path: String) -> LocalModel? {
    let real = Sources.real(path)
    guard FileKind.of(real + "/model.json") == .file, let slash = real.lastIndex(of: "/"),
      let name = VersionName(String(real[real.index(after: slash)...]))
    else { return nil }
    let parent = String(real[..<slash])
    let isInProject = (try? ProjectPath(path))?.version != nil
    guard !isInProject else { return nil }
    return LocalModel(version: ModelVersion(name, in: parent.isEmpty ? "/" : parent), project: nil)
  }
}
