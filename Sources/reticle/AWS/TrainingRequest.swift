/// What a training on AWS is asked with.
struct TrainingRequest: Hashable, Sendable {
  let project: String
  let version: String
  /// Where the service puts its results: a bucket, and what keys begin with.
  let bucket: String
  let prefix: String
  var description: String?
  var key: String?
  var tags: [RequestJSON.Member] = []

  /// The request of CreateProjectVersion.
  var json: RequestJSON {
    .object([
      "ProjectArn": .text(project), "VersionName": .text(version),
      "OutputConfig": .object([
        "S3Bucket": .text(bucket), "S3KeyPrefix": prefix.isEmpty ? nil : .text(prefix),
      ]),
      "Tags": tags.isEmpty ? nil : .object(tags),
      "KmsKeyId": key.map { .text($0) }, "VersionDescription": description.map { .text($0) },
    ])
  }
}
