import Glibc

/// Where the program keeps what belongs to a manifest but not beside it.
///
/// Nothing here is needed to open a manifest: what can't be read counts as not there.
public struct StateFolder: Hashable, Sendable {
  /// The folder; made when first written to, for the user alone.
  public let path: String

  /// Creates a state folder at a path.
  public init(path: String) { self.path = path }

  /// `$XDG_STATE_HOME/reticle`, else `~/.local/state/reticle`; nil if there is no home either.
  ///
  /// A relative `XDG_STATE_HOME` is not valid and left aside (XDG Base Directory Specification).
  public static var standard: StateFolder? {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    if let state = variable("XDG_STATE_HOME") { return StateFolder(path: state + "/reticle") }
    return variable("HOME").map { StateFolder(path: $0 + "/.local/state/reticle") }
  }

  /// The start of the names of all files about a manifest.
  func key(of manifest: String) -> String {
    Fingerprint(of: Array(manifest.utf8)).description
  }

  /// What was kept about a manifest.
  ///
  /// - Parameter manifest: Its path; links are followed.
  /// - Returns: What was kept; nothing if it can't be read.
  public func state(of manifest: String) -> ManifestState {
    guard let real = try? RealPath.resolve(manifest),
      let bytes = try? OpenFile.contents(of: stateFile(of: real)),
      let json = try? JSONValue(bytes), json["manifest"]?.string == real
    else { return ManifestState() }
    return ManifestState(json: json)
  }

  /// Keeps something about a manifest, in one step.
  ///
  /// - Parameters:
  ///   - state: What to keep; it replaces what was kept.
  ///   - manifest: Its path; links are followed.
  /// - Returns: What went wrong, for whoever wants to tell; the program goes on without.
  @discardableResult
  public func keep(_ state: ManifestState, of manifest: String) -> StorageError? {
    do {
      let real = try RealPath.resolve(manifest)
      try Folders.make(path)
      try Replacement.write(
        state.json(manifest: real).encoded + [0x0A], to: stateFile(of: real), mode: 0o600)
      return nil
    } catch {
      return error
    }
  }

  private func stateFile(of manifest: String) -> String { "\(path)/\(key(of: manifest)).json" }
}
