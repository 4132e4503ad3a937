import Glibc

/// A project: a folder with a training and a test manifest and the versions of its model.
public struct ProjectFolder: Hashable, Sendable {
  /// The name of the file that makes a folder a project.
  public static let settingsFile = "reticle.toml"
  /// The name of the folder of all versions.
  public static let modelsFolder = "models"

  /// The folder.
  public let path: String
  /// What its `reticle.toml` says.
  public let settings: ProjectSettings

  /// Takes a folder for a project.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - settings: What its `reticle.toml` says.
  public init(at path: String, settings: ProjectSettings) {
    self.path = path
    self.settings = settings
  }

  /// The training manifest.
  public var trainingManifest: String { absolute(settings.training) }
  /// The test manifest, if there is one.
  public var testManifest: String? { settings.test.map(absolute) }

  /// How the images of a manifest of the project are found.
  public func locator(of manifest: String) -> ImageLocator {
    ImageLocator(
      manifest: manifest, imagesFolder: settings.images.map(absolute),
      s3Prefix: settings.s3Prefix)
  }

  /// A path as the settings have it, seen from where the program was started.
  private func absolute(_ name: String) -> String {
    name.isRooted ? name : path.appendingPath(name)
  }

  // MARK: Versions

  /// The folder of all versions.
  public var models: String { path.appendingPath(Self.modelsFolder) }

  /// The version of a name, whether there is one or not.
  public func version(_ name: VersionName) -> ModelVersion { ModelVersion(name, in: models) }

  /// All versions, v2 before v10.
  ///
  /// - Throws: `StorageError` if the folder can't be read; without one there are no versions.
  public func versions() throws(StorageError) -> [ModelVersion] {
    let entries: [FolderEntry]
    do throws(StorageError) {
      entries = try FolderEntry.list(models)
    } catch {
      if case .system(_, _, ENOENT) = error { return [] }
      throw error
    }
    return entries.compactMap { $0.name.flatMap(VersionName.init) }.sorted().map(version)
      .filter(\.isVersion)
  }

  /// The first name of `v1`, `v2`, … that no folder has, nor a later one.
  public func nextName() throws(StorageError) -> VersionName {
    let numbers = try versions().compactMap { version -> Int? in
      let name = version.name.description
      return name.hasPrefix("v") ? Int(name.dropFirst()) : nil
    }
    var number = max(0, numbers.max() ?? 0)
    while true {
      number = number < Int.max ? number + 1 : 1
      let name = VersionName(adapting: "v\(number)")
      if !version(name).exists { return name }
    }
  }
}

extension ModelVersion {
  /// Whether the folder is one of a version, and not something else that lies there.
  var isVersion: Bool { exists && (has(.status) || has(.job) || has(.model)) }
}
