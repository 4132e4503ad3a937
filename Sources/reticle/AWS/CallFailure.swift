import ArgumentParser
import Storage

/// What went wrong with a call of AWS, in a sentence with the way out.
struct CallFailure: Error {
  /// What the service called it; nil if there was no answer.
  let code: String?
  /// What is wrong and the way out.
  let sentence: String
  /// Whether nobody wanted it any more.
  let isStopped: Bool

  /// Whether it may go well a little later.
  var isTemporary: Bool { code.map(Self.temporaryCodes.contains) ?? false }

  /// As the end of a command.
  var failure: Failure {
    Failure.saying(sentence, isTemporary || code == nil ? Failure.temporary : Failure.data)
  }

  /// There is no program to ask with.
  static func noProgram(_ deed: String) -> String {
    "there is no aws program here to \(deed): install the AWS CLI "
      + "(https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html, or "
      + "'apt install awscli'), run 'aws configure' or 'aws sso login', and start again; all else "
      + "in Reticle works without it"
  }

  /// Reads how a call ended.
  ///
  /// - Parameters:
  ///   - call: What was asked.
  ///   - subject: What it was about.
  ///   - ending: How the program ended; nil if its answer can't be read.
  ///   - message: What it wrote to standard error.
  init(
    _ call: AWSCall, about subject: String, _ ending: ChildProgram.Ending?, message: String
  ) {
    let said = AWSMessage(text: message)
    isStopped = ending == .stopped
    switch ending {
    case .stalled?:
      code = nil
      sentence =
        "\(subject): AWS does not answer; see to the network, the region (AWS_REGION) and "
        + "AWS_ENDPOINT_URL"
      return
    case .tooLarge?:
      code = nil
      sentence = "\(subject): the answer is too large to be read; ask for less"
      return
    case .stopped?:
      code = nil
      sentence = "\(subject): stopped"
      return
    case nil:
      code = nil
      sentence = "\(subject): \(message); see to AWS_ENDPOINT_URL, or update the AWS CLI"
      return
    case .ended?: break
    }
    code = said.code
    let known =
      Self.known.first { known in said.code.map(known.codes.contains) ?? false }
      ?? Self.known.first { $0.phrases.contains(where: message.contains) }
    let why = said.explanation.map { " (AWS says: \($0))" } ?? ""
    if let known {
      let text = known.sentence.replacing("ACTION", with: call.action)
      sentence = "\(subject): \(text)\(known.explains ? why : "")"
    } else if let code = said.code {
      sentence = "\(subject): AWS refuses with \(code)\(why); mend that and start again"
    } else {
      let last = said.lastLine.map { "aws says “\($0)”" } ?? "aws ended without a word"
      sentence = "\(subject): \(last); try 'aws rekognition describe-projects' by hand"
    }
  }

  private static let temporaryCodes: Set<String> = [
    "ThrottlingException", "Throttling", "ProvisionedThroughputExceededException",
    "InternalServerError", "InternalError", "InternalFailure", "ServiceUnavailable", "SlowDown",
    "RequestLimitExceeded", "TooManyRequestsException", "503", "500",
  ]

  private struct Known: Sendable {
    var codes: Set<String> = []
    var phrases: [String] = []
    /// Whether AWS's own words say more.
    var explains = false
    let sentence: String
  }

  /// The errors of the service model, those of signing and of S3, and what `aws` says by itself.
  private static let known: [Known] = [
    Known(
      codes: ["AccessDeniedException", "AccessDenied", "403", "Forbidden"], explains: true,
      sentence:
        "these credentials may not do it: ask whoever runs the account for the permission ACTION, "
        + "or start again with AWS_PROFILE naming a profile that has it"),
    Known(
      codes: ["InvalidS3ObjectException"], explains: true,
      sentence:
        "Rekognition can't read it from S3: the bucket must be in the region of the project, and "
        + "its policy must let Rekognition in (\"Setting up Amazon S3 bucket permissions\" in the "
        + "Custom Labels guide)"),
    Known(
      codes: ["ResourceNotFoundException"], explains: true,
      sentence:
        "there is no such thing on AWS in this region: 'reticle aws status' lists what there is; "
        + "AWS_REGION chooses another region, AWS_PROFILE another account"),
    Known(
      codes: ["ResourceAlreadyExistsException"], explains: true,
      sentence: "it is there already: run 'reticle aws status' and start again"),
    Known(
      codes: ["ResourceInUseException"], explains: true,
      sentence:
        "it is in use: a name is taken already (choose another with --name), or something else is "
        + "being done with it ('reticle aws status' says what; wait for that and start again)"),
    Known(
      codes: ["ResourceNotReadyException"], explains: true,
      sentence:
        "it is not ready: a model has to run first ('reticle aws start', which costs by the hour), "
        + "a dataset to be complete ('reticle aws status' tells)"),
    Known(
      codes: ["LimitExceededException", "ServiceQuotaExceededException"], explains: true,
      sentence:
        "a quota of the account is used up: stop a model that runs ('reticle aws stop') or wait "
        + "for a training to end, or ask AWS for more under \"Service Quotas\""),
    Known(
      codes: ["ImageTooLargeException"],
      sentence:
        "the image is too large: 4 MB from here, 15 MB from S3, 4096 pixels a side; make it "
        + "smaller, or name it by its s3:// URI"),
    Known(
      codes: ["InvalidImageFormatException"],
      sentence: "Rekognition takes JPEG and PNG only, and this is neither or is damaged"),
    Known(
      codes: ["InvalidParameterException", "ValidationException"], explains: true,
      sentence: "AWS does not take what it was given; mend that and start again"),
    Known(
      codes: ["InvalidPaginationTokenException"],
      sentence: "the dataset was changed while it was read; start again"),
    Known(
      codes: [
        "ThrottlingException", "Throttling", "ProvisionedThroughputExceededException",
        "InternalServerError", "InternalError", "InternalFailure", "ServiceUnavailable",
        "SlowDown", "RequestLimitExceeded", "TooManyRequestsException", "503", "500",
      ],
      sentence:
        "AWS is still busy after several attempts: try again in a while; a model that runs takes "
        + "more with more inference units"),
    Known(
      codes: ["NoSuchBucket"], phrases: ["Invalid bucket name"],
      sentence:
        "there is no such bucket: make it by 'aws s3 mb s3://BUCKET --region REGION', in the "
        + "region of the project, and start again"),
    Known(
      codes: ["PermanentRedirect", "AuthorizationHeaderMalformed", "301"],
      sentence:
        "the bucket is in another region, and Custom Labels takes buckets of its own region only: "
        + "start again with AWS_REGION naming the bucket's, or take another bucket"),
    Known(
      codes: ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"],
      phrases: ["has expired", "SSO Token", "aws sso login", "aws login"],
      sentence: "the AWS login has expired: run 'aws sso login', or renew the credentials"),
    Known(
      phrases: ["Unable to locate credentials", "Partial credentials found"],
      sentence: "there are no AWS credentials: run 'aws configure' or 'aws sso login'"),
    Known(
      codes: [
        "UnrecognizedClientException", "InvalidSignatureException", "InvalidAccessKeyId",
        "SignatureDoesNotMatch", "InvalidToken", "InvalidClientTokenId",
        "IncompleteSignatureException", "MissingAuthenticationTokenException",
      ],
      sentence: "AWS does not know these credentials: run 'aws configure'"),
    Known(
      codes: ["RequestTimeTooSkewed"],
      sentence: "AWS does not take it, since this machine's clock is wrong: set it"),
    Known(
      phrases: ["must specify a region", "region_name", "Invalid region"],
      sentence:
        "no region is chosen: run 'aws configure set region REGION', or start again with "
        + "AWS_REGION, as AWS_REGION=us-east-1"),
    Known(
      phrases: ["The config profile"],
      sentence:
        "AWS_PROFILE names a profile that there is not; 'aws configure list-profiles' tells those "
        + "that there are"),
    Known(
      phrases: ["MFA code", "EOF when reading a line"],
      sentence: "AWS wants an MFA code: run 'aws sts get-caller-identity' and give it there"),
    Known(
      phrases: ["SSL validation failed", "CERTIFICATE_VERIFY_FAILED"],
      sentence:
        "the server's certificate is not trusted: AWS_CA_BUNDLE names the file of those that are"),
    Known(
      phrases: [
        "Could not connect to the endpoint", "Connect timeout", "Read timeout",
        "Connection was closed", "Failed to connect to proxy",
      ],
      sentence:
        "AWS can't be reached: see to the network, to the region (Custom Labels is not in all: "
        + "AWS_REGION chooses one) and AWS_ENDPOINT_URL"),
    Known(
      phrases: ["Invalid choice", "Unknown options", "Parameter validation failed"],
      sentence:
        "this aws program does not know the call: it is too old; update it (version 1.22 or 2.4 of "
        + "November 2021 at least)"),
    Known(
      phrases: ["No space left on device", "Disk quota exceeded"],
      sentence: "the disk is full: make room, or set TMPDIR to a folder that has some"),
  ]
}
