import Glibc
import GroundTruth
import Testing

@testable import Storage

@Suite("A project's versions")
struct ProjectTests {
  private let folder = TemporaryFolder()

  private var project: ProjectFolder {
    ProjectFolder(
      at: folder(""),
      settings: ProjectSettings(name: VersionName(adapting: "p"), training: "output.manifest"))
  }

  private func version(_ name: String) throws -> ModelVersion {
    project.version(try #require(VersionName(name)))
  }

  private func begun(_ name: String) throws -> ModelVersion {
    let version = try version(name)
    try version.makeFolder()
    try version.keep(VersionRecord(created: "2024-05-01T10:00:00Z"))
    return version
  }

  @Test(
    "have names that AWS takes and that lead nowhere else",
    arguments: [
      "", ".", "..", "../v1", "a/b", "/v1", "-v", ".v1", "ü", "a b", "v1\n", "v1\0",
      String(repeating: "a", count: 256),
    ])
  func badNames(_ name: String) {
    #expect(VersionName(name) == nil)
  }

  @Test("have names of letters, digits, _, . and -", arguments: ["v1", "_", "V-1.2_b", "1"])
  func goodNames(_ name: String) {
    #expect(VersionName(name)?.description == name)
  }

  @Test("make a name of any folder's")
  func adaptedNames() {
    #expect(VersionName(adapting: "Meine Fotos").description == "Meine-Fotos")
    #expect(VersionName(adapting: "../..").description == "project")
    #expect(VersionName(adapting: "").description == "project")
    #expect(VersionName(adapting: String(repeating: "é", count: 300)).description == "project")
  }

  @Test("come in the order of their numbers, strangers left out")
  func order() throws {
    #expect(try project.versions().isEmpty)
    #expect(try project.nextName().description == "v1")
    for name in ["v10", "v9", "best"] { _ = try begun(name) }
    try folder.write([], to: "models/notes.txt")
    mkdir(folder("models/v77"), 0o755)
    #expect(try project.versions().map(\.name.description) == ["best", "v9", "v10"])
    #expect(try project.nextName().description == "v11")
  }

  @Test("remember what they are doing")
  func records() throws {
    let version = try begun("v1")
    let record = VersionRecord(
      status: .trainingCompleted, message: "“50 % of …”\n", created: "2024-05-01T10:00:00Z",
      trained: "2024-05-01T10:02:51Z", f1: 0.8125, averagePrecision: nil, trainingCount: 50,
      testCount: 72)
    try version.keep(record)
    #expect(try version.record() == record)
  }

  @Test("say which file is not what it should be")
  func malformed() throws {
    let version = try begun("v1")
    try folder.write(Array("{\n\"Status\": oops}".utf8), to: "models/v1/status.json")
    let error = #expect(throws: StorageError.self) { try version.record() }
    #expect(error?.description.contains("status.json:2: not JSON") == true)
    try folder.write(Array(#"{"Status":"HAPPY"}"#.utf8), to: "models/v1/status.json")
    #expect(throws: StorageError.self) { try version.record() }
  }

  @Test("keep what they are trained on, numbers and names to the last bit")
  func jobs() throws {
    let version = try begun("v1")
    let boxes = TrainingJob(
      task: .detection, labels: ["RBC", "“\u{1B}[31m”"], seed: 7, minutes: 2.5, threads: 2,
      warmStart: "/m/v0",
      train: [
        .init(
          path: "/a b.jpg", width: 640, height: 480,
          boxes: [.init(left: 0.1, top: 1.0 / 3, width: 20, height: 1e-3, label: 1)]),
        .init(path: "/nothing.jpg", width: 1, height: 1),
      ], validation: [.init(path: "/v.jpg", width: 2, height: 3)])
    try version.keep(boxes)
    #expect(try version.job() == boxes)
    let labels = TrainingJob(
      task: .multiLabel, labels: ["a", "b"],
      train: [.init(path: "/a.jpg", width: 6, height: 4, labels: [0, 1])])
    try version.keep(labels)
    #expect(try version.job() == labels)
  }

  @Test("know the model that an engine made")
  func models() throws {
    let version = try begun("v1")
    #expect(try version.model() == nil)
    let text = """
      {"version":1,"task":"detection","labels":["RBC"],"canvas":320,"thresholds":{"RBC":0.41},
       "calibration":{"RBC":[1.2,-0.3]},"validation":{"images":12,"f1":0.68},
       "heldOut":["/abs/a.jpg"],"seed":1,"steps":600,"cpuSeconds":171.2,
       "engine":"libtorch 1.13.1","warnings":["small objects are likely missed"]}
      """
    try folder.write(Array(text.utf8), to: "models/v1/model.json")
    let model = try #require(try version.model())
    #expect(model.thresholds == ["RBC": 0.41])
    #expect(model.heldOut == ["/abs/a.jpg"])
    #expect(model.warnings.count == 1)
    #expect(model.steps == 600)
  }

  @Test("are trained by one at a time")
  func locks() throws {
    let version = try begun("v1")
    #expect(version.holder == nil)
    let lock = try VersionLock.acquire(for: version)
    #expect(version.holder?.process == Int(getpid()))
    #expect(throws: StorageError.self) { try VersionLock.acquire(for: version) }
    #expect(throws: StorageError.self) { try version.remove() }
    #expect(version.exists)
    lock.release()
    #expect(folder.names(in: "models/v1") == ["status.json"])
  }

  @Test("are removed with all that is in them, links not followed")
  func removal() throws {
    let version = try begun("v1")
    try folder.write([1, 2, 3], to: "models/v1/model.pt")
    mkdir(folder("models/v1/deep"), 0o755)
    try folder.write([1], to: "models/v1/deep/file")
    try folder.write([4], to: "precious")
    symlink(folder(""), folder("models/v1/link"))
    #expect(version.byteCount > 4)
    try version.remove()
    #expect(!version.exists)
    #expect(folder.bytes("precious") == [4])
    #expect(try project.versions().isEmpty)
  }
}
