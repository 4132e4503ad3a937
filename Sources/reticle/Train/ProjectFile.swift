import Storage
import TOMLKit
import Workstation

/// A project's `reticle.toml`, read and written.
///
///     name = "bccd"
///     training = "train.manifest"
///     test = "test.manifest"          # optional, like all below
///     attribute = "bounding-box"
///     images = "photos"
///     s3-prefix = "s3://bucket/photos/"
///     box-space = "upright"
///
///     [aws]
///     project-arn = "arn:aws:rekognition:…"
enum ProjectFile {
  /// What may stand in it.
  private enum Key: String, CaseIterable {
    case name, training, test, attribute, images
    case s3Prefix = "s3-prefix"
    case boxSpace = "box-space"
    case aws
  }

  /// Where the file of a folder is.
  static func path(in folder: String) -> String {
    (folder.hasSuffix("/") ? folder : folder + "/") + ProjectFolder.settingsFile
  }

  /// Reads the settings of a folder; `nil` if it has no `reticle.toml`.
  ///
  /// - Throws: ``Failure``, which says which line is wrong and how to mend it.
  static func settings(in folder: String) throws -> ProjectSettings? {
    guard let file = try TOMLFile(path(in: folder)) else { return nil }
    var texts: [Key: String] = [:]
    var aws: [String: String] = [:]
    for (name, value) in file.table {
      guard let key = Key(rawValue: name) else {
        let names = Key.allCases.map(\.rawValue).joined(separator: ", ")
        throw file.failure(at: name, "“\(name)” is no setting of a project: \(names) are")
      }
      if key == .aws {
        guard let table = value.table else { throw file.failure(at: name, "write [aws] on a line") }
        for (name, value) in table {
          guard let text = value.string else {
            throw file.failure(at: name, "\(name) is a text, as \(name) = \"…\"")
          }
          aws[name] = text
        }
        continue
      }
      guard let text = value.string, !text.isEmpty, !text.utf8.contains(0) else {
        throw file.failure(at: name, "\(name) is a text, as \(name) = \"…\"")
      }
      texts[key] = text
    }
    return try settings(texts, aws, in: file, folder: folder)
  }

  private static func settings(
    _ texts: [Key: String], _ aws: [String: String], in file: TOMLFile, folder: String
  ) throws -> ProjectSettings {
    guard let training = texts[.training] else {
      throw file.failure(
        at: Key.training.rawValue,
        "the manifest to train on is missing: add training = \"train.manifest\"")
    }
    if let space = texts[.boxSpace], BoxSpace(rawValue: space) == nil {
      throw file.failure(
        at: Key.boxSpace.rawValue,
        "box-space is " + BoxSpace.allCases.map(\.rawValue).joined(separator: " or "))
    }
    if let prefix = texts[.s3Prefix], !prefix.hasPrefix("s3://") {
      throw file.failure(
        at: Key.s3Prefix.rawValue, "s3-prefix begins with s3://, as s3://bucket/prefix/")
    }
    let name: VersionName
    if let text = texts[.name] {
      guard let given = VersionName(text) else {
        throw file.failure(at: Key.name.rawValue, "“\(text)” can't be a name: \(VersionName.rule)")
      }
      name = given
    } else {
      name = Self.name(of: folder)
    }
    return ProjectSettings(
      name: name, training: training, test: texts[.test], attribute: texts[.attribute],
      images: texts[.images], s3Prefix: texts[.s3Prefix], boxSpace: texts[.boxSpace], aws: aws)
  }

  /// The name for a project that has none: its folder's.
  static func name(of folder: String) -> VersionName {
    VersionName(adapting: Sources.real(folder).split(separator: "/").last.map(String.init) ?? "")
  }

  /// Writes a folder's `reticle.toml` where there is none.
  ///
  /// - Throws: ``Failure``, which says why it can't be written.
  static func write(_ settings: ProjectSettings, in folder: String) throws {
    let values: [(key: Key, value: String?)] = [
      (.name, settings.name.description), (.training, settings.training), (.test, settings.test),
      (.attribute, settings.attribute), (.images, settings.images),
      (.s3Prefix, settings.s3Prefix), (.boxSpace, settings.boxSpace),
    ]
    var text = "# What is trained here, and on what; 'reticle help train' explains it.\n"
    for (key, value) in values {
      if let value { text += "\(key.rawValue) = \(quoted(value))\n" }
    }
    if !settings.aws.isEmpty {
      text += "\n[aws]\n"
      for (name, value) in settings.aws.sorted(by: { $0.key < $1.key }) {
        text += "\(name) = \(quoted(value))\n"
      }
    }
    do throws(CheckProblem) {
      let output = try CheckOutput(path(in: folder))
      try output.append(Array(text.utf8))
      try output.commit()
    } catch {
      throw Failure.saying(error.message, error.exitCode)
    }
  }

  /// A basic string of TOML 1.0.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
