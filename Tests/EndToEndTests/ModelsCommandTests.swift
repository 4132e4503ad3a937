import Foundation
import Testing

/// `reticle models`, as a person types it.
@Suite struct ModelsCommandTests {
  /// A project with two versions tested on the same images.
  private static func project() async throws -> TrainingProject {
    let project = try TrainingProject()
    let lines = ["f.png", "g.png"].enumerated().map { index, name in
      Sample.line(name, boxes: [TrainingProject.cat(2 + 4 * index)])
    }
    try project.folder.write(lines.map { $0 + "\n" }.joined(), to: "photos/test.manifest")
    #expect(try await project.run("train", "photos").code == 0)
    #expect(try await project.run("train", "photos").code == 0)
    return project
  }

  private func json(_ run: Run) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any], "\(run.errors)")
  }

  @Test func listsWhatThereIs() async throws {
    let project = try await Self.project()
    let text = try await project.run("models", "photos").text
    #expect(text.contains("version"))
    #expect(text.split(separator: "\n").count == 3)
    let versions = try await #require(
      try json(project.run("models", "photos", "--json"))["Versions"] as? [[String: Any]])
    #expect(versions.compactMap { $0["Name"] as? String } == ["v1", "v2"])
    #expect(versions.allSatisfy { $0["Status"] as? String == "TRAINING_COMPLETED" })
    #expect(versions.allSatisfy { $0["TestImages"] as? Int == 2 })
    let empty = try TrainingProject()
    #expect(
      try await empty.run("models", "photos").text.contains("'reticle train photos' trains one"))
  }

  @Test func comparesOnTheSameImages() async throws {
    let project = try await Self.project()
    let same = try await project.run("models", "compare", "photos/v1", "photos/v2")
    #expect(same.code == 0, "\(same.errors)")
    #expect(same.text.contains("both tested on the same 2 images"))
    #expect(same.text.contains("cat"))
    let found = try await json(
      project.run("models", "compare", "v1", "v2", "--project", "photos", "--json"))
    #expect(found["Shared"] as? Int == 2)
    #expect((found["Labels"] as? [[String: Any]])?.count == 1)
  }

  @Test func saysThatTheTestsDiffer() async throws {
    let project = try await Self.project()
    let line = Sample.line("f.png", boxes: [TrainingProject.cat(2)])
    try project.folder.write(line + "\n", to: "photos/test.manifest")
    #expect(try await project.run("train", "photos").code == 0)
    let run = try await project.run("models", "compare", "photos/v1", "photos/v3")
    #expect(run.text.contains("tested on different images: v1 on 2, v3 on 1; only the 1"))
    let other = Sample.line("f.png", boxes: [TrainingProject.cat(9)])
    try project.folder.write(other + "\n", to: "photos/test.manifest")
    #expect(try await project.run("train", "photos").code == 0)
    let none = try await project.run("models", "compare", "photos/v3", "photos/v4")
    #expect(none.code == 65)
    #expect(none.errors.contains("no image in common"))
  }

  @Test func removesOnlyWhatIsMeant() async throws {
    let project = try await Self.project()
    let asked = try await project.run("models", "remove", "photos/v1")
    #expect(asked.code == 64)
    #expect(asked.errors.contains("say --yes"))
    #expect(project.folder.has("photos/models/v1"))
    let missing = try await project.run("models", "remove", "photos/v1", "photos/v7", "--yes")
    #expect(missing.code == 66)
    #expect(missing.errors.contains("it has v1, v2"))
    #expect(try project.folder.names(in: "photos/models") == ["v1", "v2"])
    #expect(try await project.run("models", "remove", "photos/v1", "--yes").code == 0)
    #expect(try project.folder.names(in: "photos/models") == ["v2"])
    #expect(try await project.run("evaluate", "photos").text.hasPrefix("photos/models/v2:"))
  }

  @Test(arguments: ["../photos", "photos/..", "photos/models", "photos/a.png", "photos"])
  func removesNothingThatIsNoVersion(_ name: String) async throws {
    let project = try await Self.project()
    #expect(try await project.run("models", "remove", name, "--yes").code != 0)
    #expect(try project.folder.names(in: "photos/models") == ["v1", "v2"])
  }
}
