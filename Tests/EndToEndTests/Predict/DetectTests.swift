import Foundation
import Testing

@Suite struct DetectTests {
  private func labels(_ run: Run) throws -> [[String: Any]] {
    let answer = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
    return answer?["CustomLabels"] as? [[String: Any]] ?? []
  }

  @Test func `JSON is DetectCustomLabels' answer`() async throws {
    let folder = try Folder()
    try folder.fillPhotos(2)
    let command = try StubModel.write(to: folder)
    let run = try await Run(folder, ["detect", "photos/a.png", "--json", "--command", command])
    #expect(run.code == 0, "\(run.errors)")
    let found = try #require(try labels(run).first)
    #expect(found["Name"] as? String == "cat")
    #expect(found["Confidence"] as? Double == 90)
    let geometry = found["Geometry"] as? [String: [String: Double]]
    #expect(
      geometry?["BoundingBox"] == ["Left": 0.25, "Top": 0.25, "Width": 0.5, "Height": 0.5])
    let both = try await Run(
      folder, ["detect", "photos/a.png", "photos/b.png", "--json", "--command", command])
    let answers = try JSONSerialization.jsonObject(with: Data(both.output)) as? [String: Any]
    #expect(answers?.keys.sorted() == ["photos/a.png", "photos/b.png"])
  }

  @Test func `A table has names, percents and pixels`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let command = try StubModel.write(to: folder)
    let run = try await Run(folder, ["detect", "photos/a.png", "--command", command])
    #expect(run.text.contains("photos/a.png: 64×48"))
    #expect(run.text.contains("90.0 %"))
    #expect(run.text.contains("16,12 32×24"))
  }

  @Test(arguments: [([], 0), (["--min-confidence", "30"], 1), (["--min-confidence", "45"], 0)])
  func `The model's threshold holds unless one is given`(options: [String], count: Int) async throws
  {
    let folder = try Folder()
    try folder.fillPhotos()
    let command = try StubModel.write(to: folder, "cat 40")
    let run = try await Run(
      folder, ["detect", "photos/a.png", "--json", "--command", command] + options)
    #expect(try labels(run).count == count)
  }

  @Test func `A picture with its boxes can go before the table`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let command = try StubModel.write(to: folder)
    let run = try await Run(
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

  @Test func `An image that isn't there is named, and the others are looked at`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let command = try StubModel.write(to: folder)
    let run = try await Run(folder, ["detect", "none.png", "photos/a.png", "--command", command])
    #expect(run.code == 66)
    #expect(run.errors.contains("none.png"))
    #expect(run.text.contains("90.0 %"))
  }

  @Test func `Without the engine a local model says what to install`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    try folder.write(#"{"version":1,"task":"detection","labels":["cat"]}"#, to: "v1/model.json")
    let run = try await Run(
      folder, ["detect", "photos/a.png", "--model", "v1"],
      environment: ["RETICLE_ENGINE": "/no/such/engine"])
    #expect(run.code == 66)
    #expect(run.errors.contains("RETICLE_ENGINE"))
  }

  @Test func `A local model is run by the engine, which is told its folder`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    try folder.write(
      #"{"version":1,"task":"detection","labels":["cat"],"thresholds":{"cat":0.95}}"#,
      to: "v1/model.json")
    _ = try StubModel.write(to: folder, "cat 96")
    try folder.write(
      "#!/bin/sh\necho \"$@\" > arguments\nexec /bin/sh '\(folder("model.sh"))'\n", to: "engine")
    #expect(chmod(folder("engine"), 0o755) == 0)
    let run = try await Run(
      folder, ["detect", "photos/a.png", "--json", "--model", "v1"],
      environment: ["RETICLE_ENGINE": folder("engine")])
    #expect(run.code == 0, "\(run.errors)")
    #expect(try labels(run).count == 1)
    #expect(try folder.text(of: "arguments") == "detect \(folder("v1"))\n")
  }

  @Test func `A program that keeps the rules passes each of them`() async throws {
    let folder = try Folder()
    let command = try StubModel.write(
      to: folder,
      #"""
      case $line in
      *broken.jpg*|*not-there.jpg*) printf '{"id":"%s","error":"no image"}\n' $id ;;
      *) cat 90 ;;
      esac
      """#)
    let run = try await Run(folder, ["predict", "--check-command", command])
    #expect(run.code == 0, "\(run.text)\(run.errors)")
    #expect(run.text.split(separator: "\n").count == 10)
    #expect(run.text.split(separator: "\n").allSatisfy { $0.hasPrefix("pass  ") })
  }

  @Test(arguments: [
    ("cat 90", "can't be read gets an “error”"),
    ("echo Speed: 3 ms; cat 90", "nothing but answers"),
    ("cat 190", "form: its answer can't be used"),
    ("[ $id = 2 ] && exit 9; cat 90", "at once"),
    ("cat $((id + 40))", "same answer"),
    (#"printf '{"id":"%s","CustomLabels":[{"Name":"a"}]}\n' $id"#, "has none"),
  ])
  func `A rule that isn't kept is told`(body: String, words: String) async throws {
    let folder = try Folder()
    let command = try StubModel.write(to: folder, body)
    let run = try await Run(folder, ["predict", "--check-command", command, "--time-limit", "20"])
    #expect(run.code == 1)
    let failed = run.text.split(separator: "\n").filter { $0.hasPrefix("FAIL  ") }
    #expect(failed.contains { $0.contains(words) }, "\(run.text)")
  }
}
