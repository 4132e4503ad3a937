import Processes

/// The person's own `aws` program, which knows the credentials; Reticle never sees them.
struct AWSProgram {
  /// Its absolute path.
  let path: String

  /// The two programs of that name, which differ in how they read a request.
  enum Generation: Hashable, Sendable {
    /// Version 1, written in Python and installed by `pip`.
    case first
    /// Version 2, the newer one.
    case second
  }

  /// The `aws` that a shell would start; nil if there is none.
  static var installed: AWSProgram? { Executable.path(of: "aws").map(AWSProgram.init) }

  /// What every call has in its environment, beside the person's own: nothing may ask or page.
  static let environment = ["AWS_PAGER=", "AWS_CLI_AUTO_PROMPT=off"]

  /// The arguments that bring an object into a file.
  ///
  /// `get-object` and not `s3 cp`, since its errors say what is wrong: the HEAD request of the
  /// latter has no body to say it in. Each value is joined to its option, so that none is taken
  /// for an option itself.
  static func arguments(fetching object: S3Object, to file: String) -> [String] {
    [
      "s3api", "get-object", "--cli-connect-timeout=20", "--cli-read-timeout=60",
      "--bucket=\(object.bucket)", "--key=\(object.key)", file,
    ]
  }

  /// Whether the program would take a key as it is: what begins like the URI of a file it would
  /// replace by the contents of that file (AWS CLI User Guide, "Load a parameter from a file").
  static func takes(_ object: S3Object) -> Bool {
    let read = ["file://", "fileb://", "http://", "https://"]
    return !read.contains { object.key.lowercased().hasPrefix($0) }
  }
}
