import Glibc
import GroundTruth

/// A version of a project's model: a folder in `models/`, whether trained or not.
public struct ModelVersion: Hashable, Sendable {
  /// A file of a version.
  public enum File: String, CaseIterable, Sendable {
    /// What it is trained on and how.
    case job = "job.json"
    /// The weights.
    case weights = "model.pt"
    /// What the engine says of the model.
    case model = "model.json"
    /// The manifest that it was trained on.
    case training = "training.manifest"
    /// The manifest that it was tested on.
    case test = "test.manifest"
    /// The figures of the test.
    case evaluation = "evaluation.json"
    /// The predictions on the test images beside the truth.
    case snapshot = "snapshot.manifest"
    /// What the version is doing.
    case status = "status.json"
    /// What the engine said on standard error.
    case log = "training.log"
  }

  /// The folder.
  public let folder: String
  /// The name, which is the folder's.
  public let name: VersionName

  /// Names a version; nothing needs to be there.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - models: The folder of all versions.
  public init(_ name: VersionName, in models: String) {
    self.name = name
    folder = models.appendingPath(name.description)
  }

  /// Where a file of it is.
  public func path(of file: File) -> String { folder.appendingPath(file.rawValue) }

  /// Whether a file of it is there.
  public func has(_ file: File) -> Bool { (try? FileStatus(at: path(of: file)))?.isRegular == true }

  /// Whether its folder is there.
  public var exists: Bool { (try? FileStatus(at: folder))?.isFolder == true }

  /// Whether the engine left something to go on from.
  public var hasCheckpoint: Bool {
    let names = (try? FolderEntry.list(folder))?.compactMap(\.name) ?? []
    return names.contains { $0.hasPrefix("checkpoint.") }
  }

  /// Who is training it or removing it now; `nil` if nobody is.
  public var holder: LockHolder? { VersionLock.holder(of: folder) }

  // MARK: What its files say

  /// What the version is doing; of a model that came from elsewhere, that it is trained.
  ///
  /// - Throws: `StorageError` if `status.json` can't be understood.
  public func record() throws(StorageError) -> VersionRecord {
    guard let json = try json(of: .status) else {
      let isTrained = has(.model)
      return VersionRecord(status: isTrained ? .trainingCompleted : .trainingFailed, created: "")
    }
    guard let record = VersionRecord(json: json) else {
      throw .malformed(
        path: path(of: .status), reason: "it holds no “Status” that is known; remove the file")
    }
    return record
  }

  /// Keeps what the version is doing.
  public func keep(_ record: VersionRecord) throws(StorageError) {
    try write(record.json.encoded, to: .status)
  }

  /// What it is trained on; `nil` if that isn't known.
  ///
  /// - Throws: `StorageError` if `job.json` can't be understood.
  public func job() throws(StorageError) -> TrainingJob? {
    guard let json = try json(of: .job) else { return nil }
    guard let job = TrainingJob(json: json) else {
      throw .malformed(
        path: path(of: .job), reason: "it is no training job; remove the version and train again")
    }
    return job
  }

  /// Keeps what it is to be trained on.
  public func keep(_ job: TrainingJob) throws(StorageError) {
    try write(job.json.encoded, to: .job)
  }

  /// What the engine says of it; `nil` as long as there is no model.
  ///
  /// - Throws: `StorageError` if `model.json` can't be understood.
  public func model() throws(StorageError) -> TrainedModel? {
    guard let json = try json(of: .model) else { return nil }
    guard let model = TrainedModel(json: json) else {
      throw .malformed(
        path: path(of: .model), reason: "it names no “labels”; train the model again")
    }
    return model
  }

  private func json(of file: File) throws(StorageError) -> JSONValue? {
    let path = path(of: file)
    guard let bytes = try OpenFile.contents(of: path) else { return nil }
    do throws(JSONError) { return try JSONValue(bytes) } catch {
      let line = bytes.prefix(error.offset).count { $0 == 0x0A } + 1
      throw .malformed(
        path: "\(path):\(line)", reason: "not JSON: \(error.reason); remove the file")
    }
  }

  private func write(_ bytes: [UInt8], to file: File) throws(StorageError) {
    try Replacement.write(bytes + [0x0A], to: path(of: file))
  }
}
