import ArgumentParser
import GroundTruth
import Prediction

extension AWS {
  /// `reticle aws start`: lets a model run, so that images can be sent to it.
  struct Start: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Start a trained model; says what that costs and asks first.",
      discussion: """
        A model that runs takes images from 'reticle predict --rekognition ARN'. It costs by the \
        hour until 'reticle aws stop', whether it is used or not.

        EXAMPLES
          reticle aws start --project cells --name v1
          reticle aws start --project cells --name v1 --min-inference-units 2 --wait --yes
        """)

    @OptionGroup var place: AWSFolder
    @OptionGroup var aws: AWSOptions

    @Option(help: "The version's name.")
    var name: String

    @Option(help: "How many inference units run at least.")
    var minInferenceUnits = 1

    @Option(help: "How many AWS may add up to when there is much to do.")
    var maxInferenceUnits: Int?

    @Flag(name: .shortAndLong, help: "Don't ask: it may cost what it costs.")
    var yes = false

    @Flag(help: "Wait until the model runs.")
    var wait = false

    func validate() throws {
      guard (1...1_000).contains(minInferenceUnits) else {
        throw ValidationError("--min-inference-units is 1 or more")
      }
      if let maxInferenceUnits, !(minInferenceUnits...1_000).contains(maxInferenceUnits) {
        throw ValidationError("--max-inference-units is no less than --min-inference-units")
      }
    }

    func run() throws {
      try AWS.run {
        let aws = try aws.completed(by: place.project())
        let service = try aws.service(to: "start a model on AWS")
        let project = try aws.existingProject(on: service)
        let version = try service.version(name, of: project.arn)
        switch version.status {
        case "RUNNING", "STARTING":
          Failure.say("\(name) is \(version.status) already")
          Failure.say(CostNote.reminder(name, project: project.arn.project))
        case "TRAINING_COMPLETED", "STOPPED":
          try Confirmation.ask(
            CostNote.running(
              name, minimum: minInferenceUnits, maximum: maxInferenceUnits,
              region: project.arn.region),
            isGiven: yes, to: "start \(name)")
          _ = try service.answer(
            .startVersion(
              version.arn.text, minimum: minInferenceUnits, maximum: maxInferenceUnits),
            about: "version \(name)")
          Failure.say("\(name) is starting; that takes some minutes ('reticle aws status' tells)")
          Failure.say(CostNote.reminder(name, project: project.arn.project))
        case let status:
          throw Failure.saying(
            "\(name) is \(status): only a version that is trained or stopped can be started",
            Failure.data)
        }
        try StandardOutput.write(Array((version.arn.text + "\n").utf8))
        guard wait else { return }
        let settled = try service.settled(
          service.version(name, of: project.arn), of: project.arn)
        guard settled.status == "RUNNING" else {
          throw Failure.saying("\(name): \(settled.status): \(settled.message)", Failure.temporary)
        }
      }
    }
  }

  /// `reticle aws stop`: ends a running model, and what it costs.
  struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Stop a running model, so that it costs no more.",
      discussion: """
        EXAMPLES
          reticle aws stop --project cells --name v1
          reticle aws stop --project cells --all --wait
        """)

    @OptionGroup var place: AWSFolder
    @OptionGroup var aws: AWSOptions

    @Option(help: "The version's name.")
    var name: String?

    @Flag(help: "Stop all that run.")
    var all = false

    @Flag(help: "Wait until they have stopped.")
    var wait = false

    func validate() throws {
      if (name == nil) != all { throw ValidationError("name a version with --name, or take --all") }
    }

    func run() throws {
      try AWS.run {
        let aws = try aws.completed(by: place.project())
        let service = try aws.service(to: "stop a model on AWS")
        let project = try aws.existingProject(on: service)
        let versions =
          try name.map { [try service.version($0, of: project.arn)] }
          ?? service.versions(of: project.arn)
        let running = versions.filter { ["RUNNING", "STARTING"].contains($0.status) }
        if running.isEmpty {
          for version in versions where name != nil {
            Failure.say("\(version.name) is \(version.status): it does not run, and costs nothing")
          }
          if name == nil { Failure.say("no version runs: nothing costs by the hour") }
        }
        for version in running {
          _ = try service.answer(.stopVersion(version.arn.text), about: "version \(version.name)")
          Failure.say("\(version.name) is stopping; it costs until it is STOPPED")
        }
        guard wait else { return }
        for version in running {
          let now = try service.version(version.name, of: project.arn)
          let settled = try service.settled(now, of: project.arn)
          Failure.say("\(version.name): \(settled.status)")
        }
      }
    }
  }
}
