import Foundation

/// A shell script in the place of `aws` that answers from files and notes what it was asked.
///
/// The answer to the n-th call of an operation is `answers/OPERATION.n`, else `answers/OPERATION`;
/// one that begins with `fail` ends it with the rest on standard error.
struct StubService {
  private let folder: Folder

  /// Puts the script into `bin`.
  ///
  /// - Throws: The system's error if it can't be written.
  init(_ folder: Folder, version: String = "aws-cli/1.32.0 Python/3.11") throws {
    self.folder = folder
    try folder.write(
      """
      #!/bin/sh
      cd '\(folder.path)' || exit 9
      if [ "$1" = --version ]; then echo '\(version)'; exit; fi
      operation=$2
      # Several may run at a time: a folder is made by one of them alone.
      count=1
      while ! mkdir "calls/$count" 2>/dev/null; do count=$((count + 1)); done
      printf '%s\\n' "$@" > "calls/$count.arguments"
      for argument; do
        case $argument in
        file://*) cp "${argument#file://}" "calls/$count.request" ;;
        esac
      done
      of=$(($(cat "calls/$operation" 2>/dev/null || echo 0) + 1))
      echo $of > "calls/$operation"
      answer="answers/$operation.$of"
      [ -e "$answer" ] || answer="answers/$operation"
      [ -e "$answer" ] || exit 0
      if [ "$(head -c 5 "$answer")" = "fail " ]; then tail -c +6 "$answer" >&2; exit 254; fi
      cat "$answer"
      """, to: "bin/aws")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder("bin/aws"))
    for name in ["calls", "answers"] {
      try FileManager.default.createDirectory(
        atPath: folder(name), withIntermediateDirectories: true)
    }
  }

  /// Lets an operation be answered.
  func answer(_ operation: String, _ text: String) throws {
    try folder.write(text, to: "answers/\(operation)")
  }

  /// Lets an operation fail with a code.
  func refuse(_ operation: String, _ code: String, _ message: String = "No.") throws {
    try folder.write(
      "fail \nAn error occurred (\(code)) when calling the X operation: \(message)\n",
      to: "answers/\(operation)")
  }

  /// The environment that has the script.
  var environment: [String: String] { ["PATH": folder("bin") + ":/usr/bin:/bin"] }

  /// The operations asked for, in order.
  var operations: [String] {
    get throws { try calls.map { $0[1] } }
  }

  /// The arguments of each call, in order.
  var calls: [[String]] {
    get throws {
      let count = try folder.names(in: "calls").count { Int($0) != nil }
      return try (1...count + 1).dropLast().map { number in
        try folder.text(of: "calls/\(number).arguments").split(separator: "\n").map(String.init)
      }
    }
  }

  /// The request of a call, counted from 1.
  func request(_ number: Int) throws -> String { try folder.text(of: "calls/\(number).request") }
}
