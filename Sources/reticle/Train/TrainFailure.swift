import Storage

/// What went wrong with a version, in a sentence.
enum TrainFailure {
  /// An error of the disk; of a lock, who has the version.
  static func message(_ error: StorageError, of version: ModelVersion, doing verb: String) -> String
  {
    guard case .locked(_, let holder) = error else { return error.description }
    return "\(version.folder): can't \(verb) it while it is being trained by "
      + "\(holder.map(\.description) ?? "another program"); wait for it, or stop it there"
  }
}
