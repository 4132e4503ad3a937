import Foundation
import Glibc
import Testing

/// `reticle train`, as a person types it.
@Suite struct TrainCommandTests {
  @Test func aFolderWithLabelsBecomesAProjectAndHasAModel() async throws {
    let project = try TrainingProject()
    let run = try await project.run("train", "photos")
    #expect(run.code == 0, "\(run.errors)")
    #expect(
      run.errors.contains(
        "photos/models/v1: training a detector of boxes on 5 images, one label; 1 held out to test it"
      ))
    #expect(run.errors.contains("left out: 1 not labelled"))
    #expect(run.errors.contains("training: 4/5  loss 0.200  1 s left"))
    #expect(run.text.contains("baseline, one mean box a label: F1"))
    #expect(run.text.contains("note: this model learned by heart"))
    #expect(run.text.contains("note: there is no test manifest"))
    #expect(
      try project.folder.text(of: "photos/reticle.toml").contains("training = \"output.manifest\""))
    let used = try project.images("train") + project.images("validation")
    #expect(used.sorted() == ["a.png", "b.png", "c.png", "d.png", "e.png", "f.png"])
    #expect(try project.json("status.json")["TestImages"] as? Int == 1)
    #expect(try project.status() == "TRAINING_COMPLETED")
    let names = try project.folder.names(in: "photos/models/v1")
    for file in [
      "evaluation.json", "job.json", "model.json", "model.pt", "snapshot.manifest", "status.json",
      "test.manifest", "training.manifest",
    ] {
      #expect(names.contains(file), "\(file)")
    }
    #expect(!names.contains("training.lock"))
    #expect(
      try project.folder.bytes(of: "photos/models/v1/training.manifest")
        == project.folder.bytes(of: "photos/output.manifest"))
  }

  @Test func aTestManifestIsWhatItIsTestedOn() async throws {
    let project = try TrainingProject()
    let line = Sample.line("a.png", boxes: [TrainingProject.cat(0)])
    try project.folder.write(line + "\n", to: "photos/test.manifest")
    let run = try await project.run("train", "photos/output.manifest", "--json", "--seed", "7")
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.errors.contains("1 test image is trained on too"))
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    let details = try #require(json["EvaluationDetails"] as? [String: Any])
    #expect(details["ProjectVersion"] as? String == "v1")
    #expect(details["NumberOfTestingImages"] as? Int == 1)
    let figures = try #require(json["AggregatedEvaluationResults"] as? [String: Any])
    #expect(figures["F1Score"] as? Double == 1)
    #expect(json["Baseline"] != nil)
    #expect(try project.json("job.json")["seed"] as? Int == 7)
    #expect(try project.json("status.json")["F1"] as? Double == 1)
    let shown = try await project.run("evaluate", "photos/v1", "--json")
    let again = try #require(
      JSONSerialization.jsonObject(with: Data(shown.output)) as? [String: Any])
    #expect(
      NSDictionary(dictionary: try #require(again["AggregatedEvaluationResults"] as? [String: Any]))
        .isEqual(to: figures))
    #expect(try await project.run("evaluate", "photos", "--min-f1", "0.9").code == 0)
  }

  @Test func labelsOfWholeImagesMakeAClassifier() async throws {
    func line(_ name: String, _ labels: [String]) -> String {
      let pairs = labels.enumerated().map { index, label in
        #""l\#(index)":1,"l\#(index)-metadata":{"class-name":"\#(label)","confidence":1,"#
          + #""type":"groundtruth/image-classification","human-annotated":"yes","#
          + #""creation-date":"2024-05-01T10:00:00.000000","job-name":"labeling-job/x"}"#
      }
      return "{" + ([#""source-ref":"\#(name)""#] + pairs).joined(separator: ",") + "}"
    }
    let single = try TrainingProject(lines: [
      line("a.png", ["cat"]), line("b.png", ["dog"]), line("c.png", ["cat"]),
    ])
    let run = try await single.run("train", "photos")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try single.json("job.json")["task"] as? String == "classification")
    #expect(run.text.contains("baseline, the commonest labels"))
    let several = try TrainingProject(lines: [
      line("a.png", ["cat", "dog"]), line("b.png", ["dog"]), line("c.png", ["cat"]),
    ])
    #expect(try await several.run("train", "photos").code == 0)
    #expect(try several.json("job.json")["task"] as? String == "multi-label")
    let alone = try TrainingProject(lines: [line("a.png", ["cat"]), line("b.png", ["cat"])])
    let failed = try await alone.run("train", "photos")
    #expect(failed.code == 65)
    #expect(failed.errors.contains("all labelled images are “cat”"))
  }

  @Test func whatCannotBeReadIsNamedAndLeftOut() async throws {
    func marked(_ line: String, _ mark: String) -> String {
      line.dropLast() + #","reticle":{"\#(mark)":true}}"#
    }
    let cat = TrainingProject.cat(0)
    let project = try TrainingProject(lines: [
      Sample.line("a.png", boxes: [cat]), Sample.line("b.png", boxes: [cat]),
      Sample.line("gone.png", boxes: [cat]), Sample.line("torn.png", boxes: [cat]),
      marked(Sample.line("c.png", boxes: [cat]), "skipped"),
      marked(Sample.line("d.png", boxes: [cat]), "excluded"), "{", Sample.line("e.png", boxes: []),
    ])
    try project.folder.write("no image", to: "photos/torn.png")
    let run = try await project.run("train", "photos")
    #expect(run.code == 0, "\(run.errors)")
    for text in ["gone.png", "torn.png", "1 skipped", "1 excluded", "the first on line 7"] {
      #expect(run.errors.contains(text), "\(text) in \(run.errors)")
    }
    let used = try project.images("train") + project.images("validation")
    #expect(used.sorted() == ["a.png", "b.png", "e.png"])
  }

  @Test func aVersionGoesOnFromTheLastUnlessToldOtherwise() async throws {
    let project = try TrainingProject()
    #expect(try await project.run("train", "photos").code == 0)
    let second = try await project.run("train", "photos")
    #expect(second.errors.contains("goes on from v1"))
    let path = try #require(try project.json("job.json", of: "v2")["warmStart"] as? String)
    #expect(path.hasSuffix("/photos/models/v1"))
    #expect(try await project.run("train", "photos", "--from-scratch", "--name", "alone").code == 0)
    #expect(try project.json("job.json", of: "alone")["warmStart"] is NSNull)
    #expect(try await project.run("train", "photos", "--from", "v1", "--name", "b").code == 0)
    #expect(try await project.run("train", "photos", "--from", "v9").code == 66)
    let taken = try await project.run("train", "photos", "--name", "v1")
    #expect(taken.code == 73)
    #expect(taken.errors.contains("TRAINING_COMPLETED already"))
  }

  @Test func whatIsHeldOutOnceIsNeverLearnedFrom() async throws {
    let project = try TrainingProject()
    try project.folder.fillPhotos(15)
    func label(_ count: Int) throws {
      let lines = (0..<count).map { index in
        let name = "abcdefghijklmno".dropFirst(index).prefix(1) + ".png"
        return Sample.line(String(name), boxes: [TrainingProject.cat(index)]) + "\n"
      }
      try project.folder.write(lines.joined(), to: "photos/output.manifest")
    }
    var before: Set<String> = []
    for (number, count) in [5, 10, 15].enumerated() {
      try label(count)
      #expect(try await project.run("train", "photos").code == 0)
      let version = "v\(number + 1)"
      let held = Set(try project.images("validation", of: version))
      #expect(held.count == count / 5)
      #expect(held.isSuperset(of: before))
      #expect(held.isDisjoint(with: try project.images("train", of: version)))
      if number > 0 {
        #expect(held.isDisjoint(with: try project.images("train", of: "v\(number)")))
      }
      before = held
    }
    // With all images known to the model before, that is said.
    let line = Sample.line("a.png", boxes: [TrainingProject.cat(0)])
    try project.folder.write(line + "\n", to: "photos/test.manifest")
    try project.folder.write(
      "training = \"output.manifest\"\ntest = \"test.manifest\"\n", to: "photos/reticle.toml")
    #expect(try await project.run("train", "photos").code == 0)
    #expect(try project.images("validation", of: "v4").isEmpty)
    try project.folder.write("training = \"output.manifest\"\n", to: "photos/reticle.toml")
    #expect(try await project.run("train", "photos").errors.contains("v4 learned from all images"))
  }

  // MARK: Interruptions

  @Test func anEngineThatIsKilledIsNamedAndGoesOn() async throws {
    var project = try TrainingProject()
    project.engine = ["STUB_CRASH_AT": "2"]
    let run = try await project.run("train", "photos")
    #expect(run.code == 75)
    #expect(run.errors.contains("the engine was killed (signal 9)"))
    #expect(run.errors.contains("'reticle train photos --name v1' goes on"))
    #expect(try project.status() == "TRAINING_FAILED")
    let again = try await project.run("train", "photos")
    #expect(again.code == 0, "\(again.errors)")
    #expect(again.errors.contains("photos/models/v1: going on with"))
    #expect(try project.folder.text(of: "photos/models/v1/checkpoint.log") == "from 2\n")
    #expect(try project.status() == "TRAINING_COMPLETED")
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func ctrlCStopsAtACheckpoint(_ signal: Int32) async throws {
    var project = try TrainingProject()
    project.engine = ["STUB_GATE": project.folder("gate"), "STUB_GATE_STEP": "3"]
    let process = try project.start("train", "photos")
    try await project.reach(3)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationStatus == 75)
    #expect(process.terminationReason == .exit)
    #expect(try project.status() == "TRAINING_IN_PROGRESS")
    let list = try await project.run("models", "photos")
    #expect(list.text.contains("TRAINING_IN_PROGRESS (interrupted)"))
    project.engine = [:]
    #expect(try await project.run("train", "photos").code == 0)
    #expect(try project.folder.text(of: "photos/models/v1/checkpoint.log") == "from 3\n")
    #expect(try project.folder.names(in: "photos/models") == ["v1"])
  }

  @Test func killedItselfItGoesOnWhereItWas() async throws {
    var project = try TrainingProject()
    project.engine = ["STUB_GATE": project.folder("gate"), "STUB_GATE_STEP": "2"]
    let process = try project.start("train", "photos")
    try await project.reach(2)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    project.engine = [:]
    // The engine has the lock as long as it lives.
    try await eventually("free") {
      try await project.run("train", "photos").code != 75
    }
    #expect(try project.status() == "TRAINING_COMPLETED")
    #expect(try project.folder.names(in: "photos/models") == ["v1"])
  }

  @Test func oneVersionIsTrainedByOneAtATime() async throws {
    var project = try TrainingProject()
    project.engine = ["STUB_GATE": project.folder("gate")]
    let process = try project.start("train", "photos", "--name", "v1")
    try await project.reach(1)
    let second = try await project.run("train", "photos", "--name", "v1")
    #expect(second.code == 75)
    #expect(second.errors.contains("can't train it while it is being trained by"))
    let removal = try await project.run("models", "remove", "photos/v1", "--yes")
    #expect(removal.code == 75)
    #expect(removal.errors.contains("can't remove it while it is being trained by"))
    let list = try await project.run("models", "photos", "--json")
    #expect(list.text.contains(#""IsBusy":true"#))
    try project.folder.write("", to: "gate")
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  // MARK: What is refused

  @Test func anEngineSaysWhyItCannotTrain() async throws {
    var project = try TrainingProject()
    project.engine = ["STUB_FAIL": "the disk is full: free some space"]
    let run = try await project.run("train", "photos")
    #expect(run.code == 65)
    #expect(run.errors.contains("the disk is full: free some space"))
    #expect(try project.status() == "TRAINING_FAILED")
    #expect(try await project.run("models", "photos").text.contains("v1: the disk is full"))
  }

  @Test func withoutAnEngineNothingIsWritten() async throws {
    let project = try TrainingProject()
    let run = try await Run(
      project.folder, ["train", "photos"], environment: ["RETICLE_ENGINE": "/no/such/engine"])
    #expect(run.code == 66)
    #expect(run.errors.contains("RETICLE_ENGINE names /no/such/engine"))
    #expect(!project.folder.has("photos/models"))
    #expect(!project.folder.has("photos/reticle.toml"))
  }

  @Test(arguments: ["../up", "a/b", ".hidden", "-x", "", "ü"])
  func aNameLeadsNowhereElse(_ name: String) async throws {
    let project = try TrainingProject()
    let run = try await project.run("train", "photos", "--name=\(name)")
    #expect(run.code == 64)
    #expect(!project.folder.has("photos/models"))
  }

  @Test(arguments: [
    ("name = \"x\"\n", "reticle.toml:1: the manifest to train on is missing"),
    ("training = \"a\"\ntest = 3\n", "reticle.toml:2: test is a text"),
    ("training = \"a\"\ncolour = \"b\"\n", "reticle.toml:2: “colour” is no setting"),
    ("training = \"a\"\n\nname = \"a b\"\n", "reticle.toml:3: “a b” can't be a name"),
    ("training = \"a\"\nbox-space = \"x\"\n", "reticle.toml:2: box-space is upright or stored"),
    ("training = \"a\"\ns3-prefix = \"x\"\n", "reticle.toml:2: s3-prefix begins with s3://"),
    ("training = \n", "reticle.toml:1:"), ("training = \"gone\"\n", "no such manifest"),
  ])
  func aFileThatIsWrongSaysWhere(text: String, message: String) async throws {
    let project = try TrainingProject()
    try project.folder.write(text, to: "photos/reticle.toml")
    let run = try await project.run("train", "photos")
    #expect(run.code == 65 || run.code == 66)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test func foldersThatAreNoProjectSayWhatToDo() async throws {
    let project = try TrainingProject()
    try project.folder.write("", to: "empty/readme")
    #expect(try await project.run("train", "empty").errors.contains("'reticle label empty'"))
    #expect(try await project.run("train", "gone").code == 66)
    try project.folder.write("training = \"other.manifest\"\n", to: "photos/reticle.toml")
    let run = try await project.run("train", "photos/output.manifest")
    #expect(run.code == 64)
    #expect(run.errors.contains("is not what photos/reticle.toml trains on (other.manifest)"))
    let bare = try TrainingProject(lines: [Sample.line("a.png")])
    #expect(try await bare.run("train", "photos").errors.contains("no image of it has a label yet"))
  }
}
