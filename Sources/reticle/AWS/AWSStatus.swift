import ArgumentParser
import Cells
import GroundTruth
import Prediction

extension AWS {
  /// `reticle aws status`: what a project has, and what is going on.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A project's datasets and versions, with F1, times and what costs now.",
      discussion: """
        EXAMPLES
          reticle aws status --project cells
          reticle aws status --project cells --name v2 --wait
          reticle aws status --project cells --json
        """)

    @OptionGroup var place: AWSFolder
    @OptionGroup var aws: AWSOptions

    @Option(help: "Only the version of this name.")
    var name: String?

    @Flag(help: "Wait until AWS is done with the versions.")
    var wait = false

    @Flag(help: "Print one JSON object: AWS's own descriptions.")
    var json = false

    func run() throws {
      try AWS.run {
        let aws = try aws.completed(by: place.project())
        let service = try aws.service(to: "ask AWS for the state of a project", pace: 60)
        let project = try aws.existingProject(on: service)
        let datasets = try project.datasets.map { found in
          (found, try service.dataset(found.arn, found.kind))
        }
        var versions =
          try name.map { [try service.version($0, of: project.arn)] }
          ?? service.versions(of: project.arn)
        if wait { versions = try versions.map { try service.settled($0, of: project.arn) } }
        if json { return try write(project, datasets, versions) }
        var lines = ["project \(project.arn.project) in \(project.arn.region): \(project.status)"]
        lines += datasets.map { found, dataset in Self.line(found.kind, dataset) }
        if datasets.isEmpty { lines.append("no dataset yet: 'reticle aws push' sends one") }
        lines += versions.isEmpty ? ["no version yet"] : VersionReport(versions: versions).lines
        for version in versions where version.status.hasSuffix("FAILED") {
          lines.append("\(version.name): \(version.message)")
        }
        let text = lines.map { PrintableText.escaping($0) + "\n" }.joined()
        try StandardOutput.write(Array(text.utf8))
        for version in versions where ["STARTING", "RUNNING"].contains(version.status) {
          Failure.say(CostNote.reminder(version.name, project: project.arn.project))
        }
      }
    }

    private static func line(_ kind: DatasetKind, _ dataset: ServiceDataset) -> String {
      let errors = dataset.errors == 0 ? "" : ", \(dataset.errors) with errors (pull tells them)"
      let message = dataset.hasFailed ? ": \(dataset.message)" : ""
      return "\(kind.name) dataset: \(dataset.status)\(message), \(dataset.total) images, "
        + "\(dataset.labeled) labelled, \(dataset.labels) labels\(errors)"
    }

    private func write(
      _ project: ServiceProject, _ datasets: [(ServiceProject.Dataset, ServiceDataset)],
      _ versions: [ServiceVersion]
    ) throws {
      let style = JSONStyle.compact
      let sets = datasets.map { found, dataset in
        RequestJSON.object([
          "DatasetType": .text(found.kind.rawValue), "DatasetArn": .text(found.arn),
          "Status": .text(dataset.status), "StatusMessage": .text(dataset.message),
          "TotalEntries": .number(dataset.total), "LabeledEntries": .number(dataset.labeled),
          "TotalLabels": .number(dataset.labels), "ErrorEntries": .number(dataset.errors),
        ]).bytes
      }
      let whole = style.object([
        ("ProjectArn", JSONText.encode(project.arn.text)),
        ("Status", JSONText.encode(project.status)), ("Datasets", style.array(sets)),
        ("ProjectVersions", style.array(versions.map(\.json.compact))),
      ])
      try StandardOutput.write(whole + [UInt8(ascii: "\n")])
    }
  }
}

extension JSONValue {
  /// The same on one line, without spaces.
  fileprivate var compact: [UInt8] {
    let style = JSONStyle.compact
    if let members { return style.object(members.map { ($0.name, $0.value.compact) }) }
    if let elements { return style.array(elements.map(\.compact)) }
    return Array(bytes)
  }
}
