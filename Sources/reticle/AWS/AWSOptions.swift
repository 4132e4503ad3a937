import ArgumentParser
import GroundTruth
import Prediction
import Storage

/// Which project on AWS, and how long to wait between two looks.
struct AWSOptions: ParsableArguments {
  @Option(name: .customLong("project"), help: "The project's name on AWS.")
  var name: String?

  @Option(
    name: .customLong("project-arn"),
    help: ArgumentHelp("The project's ARN instead of its name.", valueName: "arn"))
  var arn: String?

  @Option(
    help: ArgumentHelp(
      "Seconds between two looks at what AWS is doing (default: 10, for a training 60).",
      valueName: "seconds"))
  var interval: Double?

  func validate() throws {
    if let name, !ServiceName.isLegal(name) {
      throw ValidationError(
        "--project takes a name of up to 255 letters, digits, _, . and -, as my-cells")
    }
    if let arn, ServiceARN(arn)?.isProject != true {
      throw ValidationError(
        "--project-arn takes arn:aws:rekognition:REGION:ACCOUNT:project/NAME/NUMBER, as "
          + "'aws rekognition describe-projects' prints it")
    }
    if name != nil, arn != nil {
      throw ValidationError("--project and --project-arn name one thing; give one of them")
    }
    if let interval, !(0...3_600).contains(interval) {
      throw ValidationError("--interval is 0 to 3600 seconds")
    }
  }

  /// AWS, for a command.
  ///
  /// - Parameters:
  ///   - deed: What is to be done, as `train a model on AWS`.
  ///   - pace: How long to wait between two looks, in seconds, unless the person says.
  /// - Returns: The service.
  /// - Throws: ``Failure`` if no project is named, or if there is no `aws`.
  func service(to deed: String, pace: Double = 10) throws -> AWSService {
    guard name != nil || arn != nil else {
      throw Failure.saying(
        "which project on AWS? Name it with --project NAME (push makes it if there is none), or "
          + "name a project's folder with a reticle.toml", Failure.usage)
    }
    let service = try AWSService(
      to: deed, region: arn.flatMap(ServiceARN.init)?.region, pace: .seconds(interval ?? pace))
    service.endOnSignals()
    return service
  }

  /// The options with what a project's `reticle.toml` says where the command line says nothing.
  ///
  /// - Throws: ``Failure`` if the ARN there is none.
  func completed(by project: ProjectFolder?) throws -> AWSOptions {
    guard name == nil, arn == nil, let project else { return self }
    var options = self
    guard let found = project.settings.aws[Self.setting] else {
      options.name = project.settings.name.description
      return options
    }
    guard ServiceARN(found)?.isProject == true else {
      throw Failure.saying(
        "\(ProjectFile.path(in: project.path)): “\(found)” is no ARN of a project: write what 'aws "
          + "rekognition describe-projects' prints, or take the line out", Failure.data)
    }
    options.arn = found
    return options
  }

  /// The name in `[aws]` of `reticle.toml` for the project's ARN.
  static let setting = "project-arn"

  /// The project's name.
  var projectName: String { name ?? arn.flatMap(ServiceARN.init)?.project ?? "" }

  /// The project; nil if there is none of that name.
  ///
  /// - Throws: ``CallFailure``.
  func project(on service: AWSService) throws -> ServiceProject? {
    let answer = try service.answer(
      .describeProject(named: projectName), about: "project \(projectName)")
    let projects = (answer["ProjectDescriptions"]?.elements ?? []).compactMap(ServiceProject.init)
    return projects.first { project in
      arn.map { project.arn.text == $0 } ?? (project.arn.project == projectName)
    }
  }

  /// The project, which has to be there.
  ///
  /// - Throws: ``CallFailure``, or ``Failure`` if there is none.
  func existingProject(on service: AWSService) throws -> ServiceProject {
    if let project = try project(on: service) { return project }
    throw Failure.saying(
      "project \(projectName): there is none of that name on AWS in this region; 'reticle aws "
        + "push MANIFEST --project \(projectName)' makes it, AWS_REGION chooses another region",
      Failure.noInput)
  }
}

/// The folder of a project here, which knows its project on AWS.
struct AWSFolder: ParsableArguments {
  @Argument(
    help: "A project's folder, whose reticle.toml names the project on AWS (default: this one).",
    completion: .directory)
  var folder: String?

  /// The project; nil if none is named and there is none here.
  ///
  /// - Throws: ``Failure`` if the folder that is named is none of a project.
  func project() throws -> ProjectFolder? {
    guard folder != nil || FileKind.of(ProjectFile.path(in: ".")) == .file else { return nil }
    return try ProjectPath(folder ?? ".").project
  }
}
