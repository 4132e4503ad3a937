import ArgumentParser
import GroundTruth
import Prediction

extension AWS {
  /// `reticle aws train`: a new version of a project's model.
  struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Train a model on AWS; says what that costs and asks first.",
      discussion: """
        Trains with the project's datasets as 'reticle aws push' left them. What the training \
        writes (evaluation, snapshot, validation) goes to --output.

        EXAMPLES
          reticle aws train --project cells --output s3://bucket/results/
          reticle aws train --project cells --name v2 --output s3://bucket/results/ --wait --yes
        """)

    @OptionGroup var place: AWSFolder
    @OptionGroup var aws: AWSOptions

    @Option(help: "The version's name (default: v and the next free number).")
    var name: String?

    @Option(help: "Where AWS writes its results, as s3://bucket/prefix/, in the project's region.")
    var output: String

    @Option(help: "A tag, as key=value; may be given several times.")
    var tag: [String] = []

    @Option(help: "The KMS key to encrypt with (default: one of AWS's own).")
    var kmsKeyId: String?

    @Option(help: "A sentence about the version, up to 255 characters.")
    var description: String?

    @Flag(name: .shortAndLong, help: "Don't ask: it may cost what it costs.")
    var yes = false

    @Flag(help: "Wait until the training has ended.")
    var wait = false

    func validate() throws {
      if let name, !ServiceName.isLegal(name) {
        throw ValidationError("--name takes up to 255 letters, digits, _, . and -, as v2")
      }
      guard let place = S3Folder(output), ServiceName.isBucket(place.bucket) else {
        throw ValidationError("--output takes s3://bucket/prefix/")
      }
      guard tag.allSatisfy({ $0.contains("=") && $0.first != "=" }), tag.count <= 200 else {
        throw ValidationError("--tag takes key=value, up to 200 times")
      }
      if let description, !Self.isDescription(description) {
        throw ValidationError(
          "--description takes up to 255 letters, digits, spaces and -_.()':,;?")
      }
    }

    func run() throws {
      try AWS.run {
        let aws = try aws.completed(by: place.project())
        let service = try aws.service(to: "train a model on AWS", pace: 60)
        let project = try aws.existingProject(on: service)
        guard let training = project.dataset(.training) else {
          throw Failure.saying(
            "project \(aws.projectName) has no training dataset yet: 'reticle aws push MANIFEST "
              + "--project \(aws.projectName)' makes it", Failure.data)
        }
        let dataset = try service.settled(training.arn, .training)
        guard dataset.labeled > 0 else {
          throw Failure.saying(
            "no image of the training dataset has a label, so there is nothing to train with: "
              + "label some, and push them by 'reticle aws push'", Failure.data)
        }
        let version = try name ?? Self.nextName(after: service.versions(of: project.arn))
        try Confirmation.ask(
          CostNote.training(version, images: dataset.labeled, region: project.arn.region),
          isGiven: yes, to: "train \(version)")
        try begin(version, of: project, on: service, name: aws.projectName)
      }
    }

    private func begin(
      _ version: String, of project: ServiceProject, on service: AWSService, name: String
    ) throws {
      let place = S3Folder(output)
      let request = TrainingRequest(
        project: project.arn.text, version: version, bucket: place?.bucket ?? "",
        prefix: place?.prefix ?? "", description: description, key: kmsKeyId,
        tags: tag.compactMap { tag in
          tag.firstIndex(of: "=").map { place in
            .init(
              name: String(tag[..<place]), value: .text(String(tag[tag.index(after: place)...])))
          }
        })
      let answer = try service.answer(.createVersion(request), about: "training of \(version)")
      let arn = answer["ProjectVersionArn"]?.string ?? ""
      Failure.say("\(version): the training has begun; 'reticle aws status' says how it goes")
      try StandardOutput.write(Array((arn + "\n").utf8))
      guard wait else { return }
      let found = try service.settled(
        service.version(version, of: project.arn), of: project.arn)
      try StandardOutput.write(
        Array(VersionReport(versions: [found]).lines.map { $0 + "\n" }.joined().utf8))
      guard found.status == "TRAINING_COMPLETED" else {
        throw Failure.saying(
          "\(version): \(found.status): \(found.message); 'reticle aws pull --project "
            + "\(name) --results \(version)' brings what AWS found wrong",
          Failure.data)
      }
    }

    /// `v` and the number after the highest there is.
    static func nextName(after versions: [ServiceVersion]) -> String {
      let numbers = versions.compactMap { version in
        version.name.hasPrefix("v") ? Int(version.name.dropFirst()) : nil
      }
      return "v\(max(0, numbers.max() ?? 0).advanced(by: 1))"
    }

    /// As `VersionDescription` of the service model has it.
    private static func isDescription(_ text: String) -> Bool {
      (1...255).contains(text.utf8.count)
        && text.utf8.allSatisfy { byte in
          ServiceName.isLegal(String(UnicodeScalar(byte))) || Array(" ()':,;?".utf8).contains(byte)
        }
    }
  }
}

/// A place on S3: a bucket, and what keys begin with.
struct S3Folder: Hashable {
  let bucket: String
  /// Empty, or ending in `/`.
  let prefix: String

  /// Takes `s3://bucket/prefix/` apart; nil for anything else.
  init?(_ uri: String) {
    guard uri.utf8.starts(with: "s3://".utf8) else { return nil }
    let rest = uri.utf8.dropFirst(5)
    let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    bucket = String(Substring(rest[..<end]))
    let prefix = String(Substring(rest[end...].dropFirst()))
    self.prefix = prefix.isEmpty || prefix.hasSuffix("/") ? prefix : prefix + "/"
    if bucket.isEmpty { return nil }
  }

  /// The URI.
  var uri: String { "s3://\(bucket)/\(prefix)" }
}
