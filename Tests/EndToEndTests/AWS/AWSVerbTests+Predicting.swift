import Foundation
import TestSupport
import Testing

/// Predictions of Rekognition, and what people made of them.
extension AWSVerbTests {
  private func predict(_ stub: StubService, _ model: String, _ more: String...) async throws -> Run
  {
    try await Run(
      folder, ["predict", "m.manifest", "--rekognition", model] + more,
      environment: stub.environment.merging(Self.secrets) { $1 })
  }

  @Test func `an image's name is no argument, and its labels stand beside the truth`() async throws
  {
    let stub = try StubService(folder)
    let name = "$HOME ~ -x;$(touch escaped).png"
    try folder.write(PNG.gradient(width: 64, height: 48), to: name)
    try folder.write(Sample.line(name) + "\n", to: "m.manifest")
    try stub.answer(
      "detect-custom-labels",
      #"{"CustomLabels":[{"Name":"cat","Confidence":97.5,"Geometry":{"BoundingBox":"#
        + #"{"Left":0.25,"Top":0.25,"Width":0.5,"Height":0.5}}}]}"#)
    let predicted = try await predict(stub, "\(Self.arn)/version/v1/18")
    #expect(predicted.code == 0, "\(predicted.errors)")
    #expect(predicted.errors.contains("costs by the hour as long as it runs"))
    let arguments = try #require(try stub.calls.first)
    #expect(arguments.contains { $0.hasPrefix("--image-bytes=fileb:///") })
    #expect(arguments.contains("--region=us-east-1"))
    #expect(!arguments.contains { $0.contains("HOME") || $0.contains("escaped") })
    #expect(try stub.request(1) == #"{"ProjectVersionArn":"\#(Self.arn)/version/v1/18"}"#)
    let written = try folder.text(of: "m.manifest")
    #expect(written.contains(#""top":12,"left":16,"height":24,"width":32"#), "\(written)")
    #expect(written.contains(#""human-annotated":"no""#))
    #expect(written.contains(#""job-name":"labeling-job/cells-v1""#))
  }

  @Test func `a model that does not run says how to start it, and asks for no more`() async throws {
    let stub = try StubService(folder)
    try folder.fillPhotos(9)
    try folder.write(
      "abcdefghi".map { Sample.line("photos/\($0).png") + "\n" }.joined(), to: "m.manifest")
    try stub.refuse("detect-custom-labels", "ResourceNotReadyException")
    let idle = try await predict(stub, "\(Self.arn)/version/v1/18")
    #expect(idle.code != 0 && idle.errors.contains("does not run: start it by 'reticle aws start"))
    #expect(try stub.calls.count <= 6)
    let wrong = try await predict(stub, "cells")
    #expect(wrong.code == 64 && wrong.errors.contains("labels, moderation or faces"))
    let none = try await Run(
      folder, ["predict", "m.manifest", "--rekognition", "labels"],
      environment: ["PATH": "/nowhere"])
    #expect(none.code == 66 && none.errors.contains("there is no aws program here to ask"))
  }

  @Test func `answers of A2I become the truth of the manifest that was predicted`() async throws {
    let predicted = line("s3://bucket/p/a.png", "cat", attribute: "model")
      .replacing(#""human-annotated":"yes""#, with: #""human-annotated":"no""#)
    try folder.write(
      predicted + "\n" + predicted.replacing("a.png", with: "b.png") + "\n", to: "m.manifest")
    func answer(_ name: String, left: Int) -> String {
      #"{"humanLoopName":"x","inputContent":{"taskObject":"s3://bucket/p/\#(name)"},"humanAnswers":["#
        + #"{"answerContent":{"annotatedResult":{"boundingBoxes":[{"height":40,"label":"cat","#
        + #""left":\#(left),"top":2,"width":30}],"inputImageProperties":{"height":480,"width":640}}},"#
        + #""submissionTime":"2026-01-01T00:00:00Z","workerId":"w"}]}"#
    }
    try folder.write(answer("a.png", left: 1), to: "answers/2026/01/01/x/output.json")
    try folder.write(answer("b.png", left: 9), to: "answers/2026/01/02/y/output.json")
    let run = try await Run(
      folder,
      ["convert", "answers", "corrected.manifest", "--from", "a2i", "--corrects", "m.manifest"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.errors.contains("1 predictions confirmed, 1 corrected"), "\(run.errors)")
    let lines = try folder.text(of: "corrected.manifest").split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.contains(#""model""#) })
    #expect(lines[0].contains(#""adjustment-status":"unadjusted""#))
    #expect(lines[1].contains(#""adjustment-status":"adjusted""#))
    #expect(lines.allSatisfy { $0.contains(#""bounding-box""#) })
    #expect(
      try await Run(
        folder, ["convert", "answers", "x.json", "--to", "coco", "--corrects", "m.manifest"]
      )
      .code == 64)
  }
}
