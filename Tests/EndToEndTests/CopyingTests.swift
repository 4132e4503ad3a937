import Cells
import TestSupport
import Testing

/// Boxes taken from place to place.
@Suite(.onTerminal) struct CopyingTests {
  private let folder: Folder
  private let cat = WrittenBox("cat", 10, 12, 9, 7)
  private let dog = WrittenBox("dog", 40, 20, 20, 22)

  init() throws {
    folder = try Folder()
    try folder.fillPhotos(3)
    try folder.write(PNG.gradient(width: 32, height: 24), to: "photos/small.png")
    let lines = [
      Sample.line("a.png", boxes: [cat, dog]), Sample.line("b.png"), Sample.line("c.png"),
      Sample.line("small.png"),
    ]
    try folder.write(lines.joined(separator: "\n") + "\n", to: "photos/m.manifest")
  }

  private func start() async throws -> Sitting {
    let sitting = try Sitting(folder, "label", "photos/m.manifest")
    try await sitting.see("a.png", "64×48")
    return sitting
  }

  private func boxes(after sitting: Sitting) async throws -> [[WrittenBox]?] {
    try await sitting.quit()
    return try folder.manifest("photos/m.manifest").boxes
  }

  @Test func `y copies the selected box and p puts it on another image`() async throws {
    let sitting = try await start()
    sitting.type("\t\ty")
    try await sitting.see("copied dog; p pastes")
    try await sitting.go("d", to: "b.png")
    sitting.type("p")
    try await sitting.seeSaved("paste: dog", "2/4")
    sitting.type("p")
    try await sitting.seeSaved("paste: dog")
    #expect(try await boxes(after: sitting) == [[cat, dog], [dog, dog], nil, nil])
  }

  @Test func `Y copies all boxes`() async throws {
    let sitting = try await start()
    try await sitting.go("Ydd", to: "c.png")
    sitting.type("p")
    try await sitting.seeSaved("paste: 2 boxes", "3/4")
    #expect(try await boxes(after: sitting) == [[cat, dog], nil, [cat, dog], nil])
  }

  @Test func `what sticks out of a smaller image is moved inside`() async throws {
    let sitting = try await start()
    sitting.type("YG")
    try await sitting.see("32×24")
    sitting.type("p")
    try await sitting.seeSaved("paste: 2 boxes")
    #expect(
      try await boxes(after: sitting)[3] == [
        WrittenBox("cat", 10, 12, 9, 7), WrittenBox("dog", 12, 2, 20, 22),
      ])
  }

  @Test func `P pulls the previous image's boxes`() async throws {
    let sitting = try await start()
    sitting.type("P")
    try await sitting.see("there is no previous image")
    try await sitting.go("d", to: "b.png")
    sitting.type("P")
    try await sitting.seeSaved("pull: 2 boxes")
    sitting.type("ddP")
    try await sitting.see("the previous image has no boxes")
    #expect(try await boxes(after: sitting) == [[cat, dog], [cat, dog], nil, nil])
  }

  @Test func `the dot stamps the last box around the crosshair`() async throws {
    let sitting = try await start()
    sitting.type(".")
    try await sitting.see("draw a box first")
    sitting.type("wLJ2")
    try await sitting.seeSaved("▸3/3 dog 32,24 11×23")
    try await sitting.go("d", to: "b.png")
    sitting.type("hhh.")
    try await sitting.seeSaved("stamp: dog", "2/4")
    // The crosshair is three cells left of the middle: 32 - 3 × 8/7.
    let left = (32 - 3 * View(of: 64, 48).step.x - 5.5).rounded()
    #expect(
      try await boxes(after: sitting)[1] == [WrittenBox("dog", left, (24 - 11.5).rounded(), 11, 23)]
    )
  }

  @Test func `boxes are carried along to the next and the previous image`() async throws {
    let sitting = try await start()
    sitting.type(">")
    try await sitting.seeSaved("carry: 2 boxes", "2/4")
    sitting.type("\t>")
    try await sitting.seeSaved("carry: cat", "3/4")
    sitting.type("\t2")
    try await sitting.seeSaved("▸1/1 dog")
    sitting.type("<")
    try await sitting.seeSaved("carry: dog", "2/4")
    var second = cat
    second.label = "dog"
    #expect(
      try await boxes(after: sitting) == [[cat, dog], [cat, dog, second], [second], nil])
  }

  @Test func `at the last image carrying says so`() async throws {
    let sitting = try await start()
    sitting.type("<")
    try await sitting.see("this is the first image")
    sitting.type("G>")
    try await sitting.see("no boxes to carry")
    try await sitting.quit()
  }
}
