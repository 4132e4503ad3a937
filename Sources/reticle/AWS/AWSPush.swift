import ArgumentParser
import GroundTruth
import Prediction
import Storage

extension AWS {
  /// `reticle aws push`: a manifest and its images become the datasets of a project.
  struct Push: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Send a manifest and its images to a project on AWS.",
      discussion: """
        Checks the manifest first and sends nothing if Custom Labels would refuse or drop a line. \
        Makes the project if there is none, sends the images that are not on S3 yet, and makes the \
        datasets or changes what is other than there. Without --test, AWS moves one image in five \
        to a test dataset of its own.

        What goes: the truth of each image. Predictions, notes and images left out of the dataset \
        stay here.

        EXAMPLES
          reticle aws push train.manifest --project cells --images photos/ --s3-prefix s3://bucket/cells/
          reticle aws push train.manifest --test test.manifest --project cells
          reticle aws push cells/
        """)

    @Argument(
      help: "The training manifest, or a project's folder with a reticle.toml.",
      completion: .file())
    var manifest: String

    @Option(help: "The test manifest (default: AWS splits one off).", completion: .file())
    var test: String?

    @OptionGroup var aws: AWSOptions
    @OptionGroup var s3: S3Options

    @Option(help: "Where the images lie here.", completion: .directory)
    var images: String?

    @Option(help: "The box attribute to send (default: the one that people vouch for most).")
    var attribute: String?

    @Flag(help: "Leave the images alone: they are on S3 already.")
    var noImages = false

    @Flag(help: "Say what would be done, and change nothing on AWS.")
    var dryRun = false

    func run() throws {
      if let images, FileKind.of(images) != .folder {
        throw Failure.saying("\(images): there is no such folder of images", Failure.noInput)
      }
      let path = try ProjectPath(
        manifest,
        overrides: .init(attribute: attribute, images: images, s3Prefix: s3.prefix, test: test))
      let here = path.project
      // What lies beside a manifest that was named alone is not meant.
      let testPath = path.hasFile || test != nil ? here.testManifest : nil
      let testing = try testPath.map { try sent($0, of: here) }
      let trainingPath = FileKind.of(manifest) == .file ? manifest : here.trainingManifest
      let training = try sent(trainingPath, of: here, test: testing?.checked)
      try training.requireNoErrors()
      try testing?.requireNoErrors()
      let lines = training.lines + (testing?.lines ?? [])
      guard let folder = PushImages.commonPrefix(of: lines) else { return }
      let aws = try aws.completed(by: path.hasFile ? here : nil)
      try AWS.run {
        let service = try aws.service(to: "send a dataset to AWS")
        let project = try aws.project(on: service)
        if !noImages { try send(lines, in: folder, by: service) }
        guard !dryRun else {
          let whole = project.map { "project \($0.arn.project) has \($0.datasets.count) datasets" }
          Failure.say(
            "\(whole ?? "project \(aws.projectName) would be made"); \(training.lines.count) lines "
              + "would be sent for training, \(testing?.lines.count ?? 0) for tests; nothing was "
              + "changed")
          return
        }
        let found = try project ?? create(aws, by: service)
        if path.hasFile { try remember(found, in: here) }
        let place = PushPlace(
          project: found, folder: here.settings.s3Prefix.flatMap(S3Folder.init) ?? folder,
          service: service)
        try place.push(training: training, test: testing)
      }
    }

    private func sent(
      _ path: String, of project: ProjectFolder, test: CheckedDataset? = nil
    ) throws -> SentManifest {
      try SentManifest(
        path, locator: project.locator(of: path), attribute: project.settings.attribute, test: test)
    }

    /// Notes the project on AWS in `reticle.toml`, which is otherwise left as the person wrote it.
    private func remember(_ found: ServiceProject, in project: ProjectFolder) throws {
      guard project.settings.aws.isEmpty else { return }
      let path = ProjectFile.path(in: project.path)
      guard var text = FileBytes.read(path), !text.isEmpty else { return }
      text += Array("\n[aws]\n\(AWSOptions.setting) = \"\(found.arn.text)\"\n".utf8)
      do throws(CheckProblem) {
        let output = try CheckOutput(path)
        try output.append(text)
        try output.commit()
      } catch {
        throw Failure.saying(error.message, error.exitCode)
      }
      Failure.say("\(path): notes the project on AWS")
    }

    private func create(_ aws: AWSOptions, by service: AWSService) throws -> ServiceProject {
      if aws.arn != nil { return try aws.existingProject(on: service) }
      _ = try service.answer(
        .createProject(named: aws.projectName), about: "project \(aws.projectName)")
      Failure.say("project \(aws.projectName) is made")
      return try aws.existingProject(on: service)
    }

    /// Sends the images that are not on S3 yet.
    private func send(
      _ lines: [SentManifest.Line], in folder: S3Folder, by service: AWSService
    ) throws {
      let answer = try service.answer(
        .listObjects(in: folder.bucket, prefix: folder.prefix), about: "bucket \(folder.bucket)")
      let images = PushImages(lines, stored: .init(answer))
      if let first = images.lost.first {
        let more = images.lost.count > 1 ? " and \(images.lost.count - 1) more" : ""
        throw Failure.saying(
          "\(first)\(more): neither here nor on S3; --images DIR says where the images lie, with "
            + "--s3-prefix for what the URIs begin with", Failure.noInput)
      }
      if images.different > 0 {
        Failure.say(
          "\(images.different) of the images on S3 have another size than here; they are left as "
            + "they are ('aws s3 rm' removes one, so that it is sent anew)")
      }
      guard !images.missing.isEmpty else { return Failure.say("all images are on S3 already") }
      Failure.say(
        CostNote.storing(
          images: images.missing.count, bytes: images.byteCount, in: folder.uri))
      if !dryRun { try images.send(by: service) }
    }
  }
}
