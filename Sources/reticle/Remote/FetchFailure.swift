import Glibc
import Storage

/// What went wrong with fetching an object, in a sentence with the way out.
enum FetchFailure {
  /// There is no program to fetch it with.
  static func noProgram(_ object: S3Object) -> String {
    "\(object.uri) lies on S3 and there is no aws program here to fetch it: install the AWS CLI "
      + "and run aws configure, or bring a copy of the images here by aws s3 cp --recursive "
      + "\(object.folder) DIR and start again with --images DIR --s3-prefix \(object.folder)"
  }

  /// The key would be read as something else.
  static func unfit(_ object: S3Object) -> String {
    "\(object.uri) is not fetched, since aws would read its key as the name of a file: "
      + "start again with --images DIR, where a copy lies in DIR"
  }

  /// There is no folder to put it in.
  static func noPlace(_ object: S3Object) -> String {
    "\(object.uri) can't be kept, since neither HOME nor XDG_CACHE_HOME names a folder: set one"
  }

  /// The folder to put it in can't be written to.
  static func unwritable(_ folder: String, _ error: StorageError) -> String {
    let reason =
      if case .system(_, _, let code) = error { String(cString: strerror(code)) } else {
        "\(error)"
      }
    return "\(folder), where images from S3 are kept, can't be written to (\(reason)): mend it, or "
      + "start again with XDG_CACHE_HOME naming another place"
  }

  /// The program did not end well.
  static func sentence(
    _ ending: ChildProgram.Ending, message: String, of object: S3Object,
    limits: ChildProgram.Limits
  ) -> String {
    switch ending {
    case .stalled:
      "\(object.uri) does not come: see to the network and AWS_ENDPOINT_URL"
    case .tooLarge:
      "\(object.uri) is larger than \(limits.size >> 20) MiB: bring a copy here by aws s3 cp, and "
        + "start again with --images DIR, where it lies in DIR"
    case .stopped, .ended: "\(object.uri) \(reason(message, bucket: object.bucket))"
    }
  }

  /// What `aws` says, and the way out.
  ///
  /// - Parameters:
  ///   - message: What it wrote to standard error.
  ///   - bucket: The bucket's name.
  /// - Returns: What follows the object's name in a sentence.
  static func reason(_ message: String, bucket: String) -> String {
    if let known = sentence(of: message) { return known.replacing("BUCKET", with: bucket) }
    guard let last = AWSMessage(text: message).lastLine else {
      return "can't be fetched: aws ended without a word"
    }
    return "can't be fetched: aws says “\(last)”"
  }

  private static func sentence(of message: String) -> String? {
    if let code = AWSMessage(text: message).code,
      let known = sentences.first(where: { $0.codes.contains(code) })
    {
      return known.sentence
    }
    return sentences.first { $0.phrases.contains(where: message.contains) }?.sentence
  }

  // MARK: What is known

  private struct Known: Sendable {
    /// As S3 and STS name them (S3 API Reference, "Error responses").
    var codes: Set<String> = []
    /// As the program says what went wrong before there was an answer.
    var phrases: [String] = []
    let sentence: String
  }

  private static let sentences: [Known] = [
    Known(
      codes: ["NoSuchKey", "404", "NotFound"],
      sentence: "is not there: there is no object of that key in BUCKET"),
    Known(
      codes: ["NoSuchBucket"], phrases: ["Invalid bucket name"],
      sentence: "is not there: there is no bucket of that name"),
    Known(
      codes: ["AccessDenied", "403", "Forbidden", "AllAccessDisabled", "AccountProblem"],
      sentence:
        "may not be read with these credentials: ask for s3:GetObject on BUCKET, or start again "
        + "with AWS_PROFILE naming a profile that has it (or there is no such object)"),
    Known(
      codes: ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"],
      phrases: ["has expired", "SSO Token", "aws sso login", "aws login"],
      sentence:
        "can't be fetched, since the AWS login has expired: run aws sso login, or renew the "
        + "credentials, in another terminal"),
    Known(
      phrases: ["Unable to locate credentials", "Partial credentials found"],
      sentence:
        "can't be fetched without AWS credentials: run aws configure or aws sso login in another "
        + "terminal"),
    Known(
      codes: [
        "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "InvalidClientTokenId",
      ],
      sentence:
        "can't be fetched, since AWS does not know these credentials: run aws configure in another "
        + "terminal"),
    Known(
      codes: [
        "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException",
        "301",
      ],
      phrases: ["must specify a region", "region_name", "Invalid region"],
      sentence:
        "can't be fetched without the bucket's region: run aws configure set region REGION in "
        + "another terminal, or start again with AWS_REGION"),
    Known(
      phrases: ["The config profile"],
      sentence:
        "can't be fetched: AWS_PROFILE names a profile that there is not; aws configure "
        + "list-profiles tells those that there are"),
    Known(
      phrases: ["MFA code", "EOF when reading a line"],
      sentence:
        "can't be fetched, since AWS wants an MFA code: run aws sts get-caller-identity in another "
        + "terminal and give it there"),
    Known(
      codes: ["InvalidObjectState"],
      sentence: "is archived: restore it by aws s3api restore-object first"),
    Known(
      codes: ["RequestTimeTooSkewed"],
      sentence: "can't be fetched, since this machine's clock is wrong: set it"),
    Known(
      codes: ["SlowDown", "ServiceUnavailable", "InternalError", "503", "500", "RequestTimeout"],
      sentence: "can't be fetched now, S3 is busy: try again in a while"),
    Known(
      phrases: ["No space left on device", "Disk quota exceeded"],
      sentence:
        "can't be kept, the disk is full: make room, or start again with XDG_CACHE_HOME naming "
        + "another place"),
    Known(
      phrases: ["SSL validation failed", "CERTIFICATE_VERIFY_FAILED"],
      sentence:
        "can't be fetched, since the server's certificate is not trusted: AWS_CA_BUNDLE names the "
        + "file of those that are"),
    Known(
      phrases: [
        "Could not connect to the endpoint", "Connect timeout", "Read timeout",
        "Connection was closed", "Failed to connect to proxy",
      ],
      sentence:
        "can't be fetched, since S3 can't be reached: see to the network and AWS_ENDPOINT_URL"),
  ]
}
