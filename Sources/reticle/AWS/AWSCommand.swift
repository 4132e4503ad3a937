import ArgumentParser

/// `reticle aws`: projects, datasets and versions of Custom Labels, through the person's `aws`.
struct AWS: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aws",
    abstract: "Projects, datasets and models on Amazon Rekognition Custom Labels.",
    discussion: """
      Everything goes through your own aws program, which alone knows your credentials: run \
      'aws configure' or 'aws sso login' once; AWS_PROFILE and AWS_REGION choose account and region.

      What costs says so first and asks: training by the hour, a running model by the hour until \
      it is stopped, S3 by what lies there.

      EXAMPLES
        reticle aws push train.manifest --project cells --images photos/ --s3-prefix s3://bucket/cells/
        reticle aws train --project cells --output s3://bucket/results/ --wait
        reticle aws status --project cells
        reticle aws start --project cells --name v1
        reticle aws stop --project cells --name v1
        reticle aws pull --project cells train.manifest
      """,
    subcommands: [Push.self, Pull.self, Train.self, Status.self, Start.self, Stop.self])

  /// Runs the work of a subcommand, so that what AWS says ends it as any other failure does.
  static func run<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let failure as CallFailure {
      throw failure.failure
    }
  }
}
