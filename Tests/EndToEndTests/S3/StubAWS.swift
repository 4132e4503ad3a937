import Foundation
import TestSupport

/// A shell script in the place of `aws`, on a `PATH` that has little else.
///
/// It notes each call, and then does what a test wants of it. Objects lie in the folder `objects`
/// by their keys, with `/` written as `+`.
struct StubAWS {
  private let folder: Folder

  /// Puts a script into `bin`.
  ///
  /// - Parameters:
  ///   - folder: The test's folder.
  ///   - action: Shell commands; `$key` is the object's key and `$out` the file to write.
  /// - Throws: The system's error if it can't be written.
  init(_ folder: Folder, _ action: String = StubAWS.bring) throws {
    self.folder = folder
    try folder.write(
      """
      #!/bin/sh
      cd '\(folder.path)' || exit 9
      for out; do
        case $out in --key=*) key=${out#--key=} ;; esac
      done
      printf '%s\\n' "$@" > "calls/.$$"
      mv "calls/.$$" "calls/$$"
      \(action)
      """, to: "bin/aws")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder("bin/aws"))
    try FileManager.default.createDirectory(
      atPath: folder("calls"), withIntermediateDirectories: true)
  }

  /// Copies the object.
  static let bring = #"cp "objects/$(printf %s "$key" | tr / +)" "$out""#

  /// Says what the real program says, and fails.
  static func fail(_ message: String) -> String {
    "printf '\\n%s\\n' '\(message)' >&2; exit 254"
  }

  /// The environment that has the script.
  var environment: [String: String] {
    ["COLORTERM": "truecolor", "PATH": folder("bin") + ":/usr/bin:/bin"]
  }

  /// The arguments of each call, and the script's process.
  var calls: [(process: pid_t, arguments: [String])] {
    get throws {
      try folder.names(in: "calls").compactMap { name in
        guard let process = pid_t(name) else { return nil }
        let lines = try folder.text(of: "calls/\(name)").split(
          separator: "\n", omittingEmptySubsequences: false)
        return (process, lines.dropLast().map(String.init))
      }
    }
  }

  /// The keys asked for, sorted.
  var keys: [String] {
    get throws {
      try calls.flatMap(\.arguments).filter { $0.hasPrefix("--key=") }
        .map { String($0.dropFirst(6)) }.sorted()
    }
  }

  /// Files in the cache.
  var cached: [String] {
    (try? folder.names(in: "home/.cache/reticle/images")) ?? []
  }
}

extension Folder {
  /// Writes a picture as an object, and a manifest of objects.
  func fillBucket(_ keys: String...) throws {
    for key in keys {
      try write(
        PNG.gradient(width: 64, height: 48), to: "objects/" + key.replacing("/", with: "+"))
    }
    try write(
      keys.map { Sample.line("s3://bucket/\($0)") + "\n" }.joined(), to: "m.manifest")
  }
}
