import ArgumentParser

/// The option of every command that turns paths into `s3://` URIs or back.
struct S3Options: ParsableArguments {
  @Option(
    name: .customLong("s3-prefix"),
    help: ArgumentHelp(
      "What source-ref begins with, as s3://bucket/prefix/; --images says where it lies.",
      valueName: "s3-prefix"))
  var prefix: String?

  func validate() throws {
    guard let prefix, !prefix.hasPrefix("s3://") else { return }
    throw ValidationError("--s3-prefix begins with s3://, as s3://bucket/prefix/")
  }
}
