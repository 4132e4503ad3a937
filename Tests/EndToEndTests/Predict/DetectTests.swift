import Foundation
import Testing

@Suite struct DetectTests {
  private func labels(_ run: Run) throws -> [[String: Any]] {
    let answer = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
    return answer?["CustomLabels"] as? [[String: Any]] ?? []
  }

  @Test func `JSON is DetectCustomLabels' answer`() throws {
    let folder = try Folder()
    try folder.fillPhotos(2)
    let command = try StubModel.write(to: folder)
    let run = try Run(folder, ["detect", "photos/a.png", "--json", "--command", command])
    #expect(run.code == 0, "\(run.errors)")
    let found = try #require(try labels(run).first)
    #expect(found["Name"] as? String == "cat")
    #expect(found["Confidence"] as? Double == 90)
    let geometry = found["Geometry"] as? [String: [String: Double]]
    #expect(
      geometry?["BoundingBox"] == ["Left": 0.25, "Top": 0.25, "Width": 0.5, "Height": 0.5])
    let both = try Run(
      folder, ["detect", "photos/a.png", "photos/b.png", "--json", "--command", command])
    let answers = try JSONSerialization.jsonObject(with: Data(both.output)) as? [String: Any]
    #expect(answers?.keys.sorted() == ["photos/a.png", "photos/b.png"])
  }

  @Test func `A table has names, percents and pixels`() throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let command = try StubModel.write(to: folder)
    let run = try Run(folder, ["detect", "photos/a.png", "--command", command])
    #expect(run.text.contains("photos/a.png: 64×48"))
    #expect(run.text.contains("90.0 %"))
    #expect(run.text.contains("16,12 32×24"))
  }

  @Test(arguments: [([], 0), (["--min-confidence", "30"], 1), (["--min-confidence", "45"], 0)])
  func `The model's threshold holds unless one is given`(options: [String], count: Int) throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let command = try StubModel.write(to: folder, "cat 40")
    let run = try Run(
      folder, ["detect", "photos/a.png", "--json", "--command", command] + options)
    #expect(try labels(run).count == count)
  }

  @Test func `A picture with its boxes can go before the table`() throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let command = try StubModel.write(to: folder)
    let run = try Run(
      folder,
      [
        "detect", "photos/a.png", "--command", command, "--show", "--size", "40x12", "--color",
        "mono", "--glyphs", "ascii",
      ])
    #expect(run.code == 0, "\(run.errors)")
    let rows = run.text.split(separator: "\n")
    #expect(rows.count > 10)
    #expect(rows.contains { $0.contains("cat") && !$0.contains("%") }, "the box is named")
  }

  @Test func `An image that isn't there is named, and the others are looked at`() throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let command = try StubModel.write(to: folder)
    let run = try Run(folder, ["detect", "none.png", "photos/a.png", "--command", command])
    #expect(run.code == 66)
    #expect(run.errors.contains("none.png"))
    #expect(run.text.contains("90.0 %"))
  }

  @Test func `Without the engine a local model says what to install`() throws {
    let folder = try Folder()
    try folder.fillPhotos()
    try folder.write(#"{"version":1,"task":"detection","labels":["cat"]}"#, to: "v1/model.json")
    let run = try Run(
      folder, ["detect", "photos/a.png", "--model", "v1"],
      environment: ["RETICLE_ENGINE": "/no/such/engine"])
    #expect(run.code == 66)
    #expect(run.errors.contains("RETICLE_ENGINE"))
  }

  @Test func `A local model is run by the engine, which is told its folder`() throws {
    let folder = try Folder()
    try folder.fillPhotos()
    try folder.write(
      #"{"version":1,"task":"detection","labels":["cat"],"thresholds":{"cat":0.95}}"#,
      to: "v1/model.json")
    _ = try StubModel.write(to: folder, "cat 96")
    try folder.write(
      "#!/bin/sh\necho \"$@\" > arguments\nexec /bin/sh '\(folder("model.sh"))'\n", to: "engine")
    #expect(chmod(folder("engine"), 0o755) == 0)
    let run = try Run(
      folder, ["detect", "photos/a.png", "--json", "--model", "v1"],
      environment: ["RETICLE_ENGINE": folder("engine")])
    #expect(run.code == 0, "\(run.errors)")
    #expect(try labels(run).count == 1)
    #expect(try folder.text(of: "arguments") == "detect \(folder("v1"))\n")
  }
}
