import Glibc
import GroundTruth
import Storage

/// What the command line names of a project: its folder, its manifest, or one of its versions.
struct ProjectPath {
  /// The project.
  let project: ProjectFolder
  /// The version that was named, if one was.
  let version: ModelVersion?
  /// Whether the folder has a `reticle.toml`.
  let hasFile: Bool

  /// What a person may say beside the path; it goes before what `reticle.toml` says.
  struct Overrides {
    var attribute: String?
    var images: String?
    var s3Prefix: String?
    var test: String?
  }

  /// The manifests that make a folder a project where there is no `reticle.toml`.
  private static let trainingNames = ["train.manifest", "output.manifest"]
  private static let testName = "test.manifest"

  /// Finds a project.
  ///
  /// - Parameters:
  ///   - path: A folder with a `reticle.toml` or a manifest; a manifest; or, as `PROJECT/v1` or
  ///     `PROJECT/models/v1`, a version.
  ///   - overrides: What is said beside it.
  /// - Throws: ``Failure``, which says what is missing.
  init(_ path: String, overrides: Overrides = .init()) throws {
    switch FileKind.of(path) {
    case .file:
      version = nil
      (project, hasFile) = try Self.project(ofManifest: path, overrides)
    case .folder:
      if let found = try Self.ofVersion(path) {
        self = found
        return
      }
      version = nil
      (project, hasFile) = try Self.project(inFolder: path, overrides)
    case .missing, .other:
      guard let found = try Self.ofVersion(path) else {
        throw Failure.saying(
          "\(path): there is no such project; name a folder or a manifest", Failure.noInput)
      }
      self = found
    }
  }

  /// The project that a manifest belongs to which is being worked on, and may not be saved yet.
  ///
  /// - Parameters:
  ///   - manifest: The manifest.
  ///   - overrides: What is said beside it.
  /// - Throws: ``Failure``, which says that the project trains on another.
  init(ofManifest manifest: String, overrides: Overrides) throws {
    version = nil
    (project, hasFile) = try Self.project(ofManifest: manifest, overrides)
  }

  private init(_ project: ProjectFolder, version: ModelVersion) {
    self.project = project
    self.version = version
    hasFile = true
  }

  /// Whether a path names a project or a version, and no dataset.
  static func names(_ path: String) -> Bool {
    let hasFile = FileKind.of(ProjectFile.path(in: path)) == .file
    if FileKind.of(path) == .folder, hasFile { return true }
    return FileKind.of(path) != .file && (try? ofVersion(path)) != nil
  }

  // MARK: Finding

  private static func project(
    inFolder folder: String, _ overrides: Overrides
  ) throws -> (ProjectFolder, Bool) {
    if let settings = try ProjectFile.settings(in: folder) {
      return (ProjectFolder(at: folder, settings: apply(overrides, to: settings, in: folder)), true)
    }
    let slash = folder.hasSuffix("/") ? folder : folder + "/"
    guard let training = trainingNames.first(where: { FileKind.of(slash + $0) == .file }) else {
      throw Failure.saying(
        "\(folder): there is no \(ProjectFolder.settingsFile) and no "
          + trainingNames.joined(separator: " or ")
          + " here; label some images first ('reticle label \(folder)'), or name a manifest",
        Failure.noInput)
    }
    return (make(folder, training: training, overrides), false)
  }

  private static func project(
    ofManifest manifest: String, _ overrides: Overrides
  ) throws -> (ProjectFolder, Bool) {
    let slash = manifest.lastIndex(of: "/")
    let folder = slash.map { $0 == manifest.startIndex ? "/" : String(manifest[..<$0]) } ?? "."
    let name = slash.map { String(manifest[manifest.index(after: $0)...]) } ?? manifest
    guard let settings = try ProjectFile.settings(in: folder) else {
      return (make(folder, training: name, overrides), false)
    }
    let project = ProjectFolder(at: folder, settings: apply(overrides, to: settings, in: folder))
    guard Sources.real(project.trainingManifest) == Sources.real(manifest) else {
      throw Failure.saying(
        "\(manifest) is not what \(ProjectFile.path(in: folder)) trains on "
          + "(\(settings.training)); change “training” there, or move the manifest to a folder of "
          + "its own",
        Failure.usage)
    }
    return (project, true)
  }

  /// The settings of a folder that has none yet.
  private static func make(
    _ folder: String, training: String, _ overrides: Overrides
  ) -> ProjectFolder {
    let slash = folder.hasSuffix("/") ? folder : folder + "/"
    var settings = ProjectSettings(name: ProjectFile.name(of: folder), training: training)
    if training != testName, FileKind.of(slash + testName) == .file { settings.test = testName }
    settings.boxSpace =
      StateFolder.standard?.state(of: Sources.real(slash + training)).settings[Project.boxSpace]
    return ProjectFolder(at: folder, settings: apply(overrides, to: settings, in: folder))
  }

  private static func apply(
    _ overrides: Overrides, to settings: ProjectSettings, in folder: String
  ) -> ProjectSettings {
    var settings = settings
    settings.attribute = overrides.attribute ?? settings.attribute
    settings.s3Prefix = overrides.s3Prefix ?? settings.s3Prefix
    // What a person types is seen from where they are, what the file says from the project.
    settings.images = overrides.images.map { relative($0, to: folder) } ?? settings.images
    settings.test = overrides.test.map { relative($0, to: folder) } ?? settings.test
    return settings
  }

  /// A path as the project has it: from its folder where it lies in it, else from the root.
  private static func relative(_ path: String, to folder: String) -> String {
    let (real, base) = (Sources.real(path), Sources.real(folder))
    if real == base { return "." }
    return real.hasPrefix(base + "/") ? String(real.dropFirst(base.count + 1)) : real
  }

  private static func ofVersion(_ path: String) throws -> ProjectPath? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    while parts.count > 1, parts.last == "" { parts.removeLast() }
    guard parts.count > 1, let name = parts.popLast().flatMap({ VersionName(String($0)) }) else {
      return nil
    }
    for folder in [parts, parts.last == "models" ? Array(parts.dropLast()) : []] {
      let folder = folder.isEmpty ? (path.hasPrefix("models/") ? "." : "") : joined(folder)
      guard !folder.isEmpty, let settings = try ProjectFile.settings(in: folder) else { continue }
      let project = ProjectFolder(at: folder, settings: settings)
      if project.version(name).exists {
        return ProjectPath(project, version: project.version(name))
      }
    }
    return nil
  }

  private static func joined(_ parts: [Substring]) -> String {
    let path = parts.joined(separator: "/")
    return path.isEmpty ? "/" : path
  }
}
