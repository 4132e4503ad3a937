import Cells
import Foundation
import TestSupport
import Testing

/// A model that looks at images while they are labelled, on a real terminal.
@Suite(.onTerminal) struct LiveModelTests {
  @Test func `what it finds is accepted by Space, image by image`() async throws {
    let folder = try Folder()
    try folder.fillPhotos(3)
    let command = try StubModel.write(to: folder, "echo $name >> asked; cat 90")
    let sitting = try await Sitting.atPhotos(folder, "--command", command)
    sitting.type("r")
    try await sitting.see("stub v1 finds 1")
    try await eventually("all looked at", timeout: .seconds(120)) {
      try folder.has("asked") && folder.text(of: "asked").split(separator: "\n").count == 3
    }
    sitting.type(" ")
    try await sitting.see("2/3", "cat .90")
    sitting.type(" ")
    try await sitting.see("3/3", "cat .90")
    try await sitting.quit()
    let manifest = try folder.manifest()
    let box = WrittenBox("cat", 16, 12, 32, 24)
    #expect(manifest.boxes[0] == [box])
    #expect(manifest.boxes[1] == [box])
    #expect(manifest.boxes[2] == nil, "what nobody accepted is not written")
    let metadata = manifest[0].object("bounding-box-metadata")
    #expect(metadata["human-annotated"] as? String == "yes", "a person accepted it")
  }

  @Test func `without a model it says how to get one`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("r")
    try await sitting.see("no model here yet: :train makes one")
    try await sitting.quit()
  }

  @Test func `a program that breaks is named, and the work goes on`() async throws {
    let folder = try Folder()
    try folder.fillPhotos(2)
    let command = try StubModel.write(to: folder, before: "echo no torch >&2; exit 4")
    let sitting = try await Sitting.atPhotos(folder, "--command", command)
    sitting.type("r")
    try await sitting.see("ended with code 4")
    sitting.type("d")
    try await sitting.see("2/2")
    try await sitting.quit()
  }
}
