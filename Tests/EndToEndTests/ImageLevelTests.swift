import Cells
import TestSupport
import Testing

/// What is said of an image as a whole.
@Suite(.onTerminal) struct ImageLevelTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.fillPhotos(3)
  }

  @Test(arguments: [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)])
  func `the panel sets and unsets image-level labels`(_ size: CellSize) async throws {
    let sitting = try await Sitting.atPhotos(folder, size: size)
    sitting.type("tj ")
    try await sitting.seeSaved("2 ● dog")
    sitting.type("k\r")
    try await sitting.seeSaved("1 ● cat", "2 ● dog")
    sitting.type("2")
    try await sitting.seeSaved("not dog")
    sitting.type("\t")
    try await sitting.quit()
    let line = try folder.manifest()[0]
    #expect(line.imageLabels == ["cat"])
    #expect((line.members["image-label_cat"] as? Int) == 0)
    #expect(line.members.count == 3)
    #expect(line.boxes() == nil)
  }

  @Test func `in a classification task digits are image-level labels`() async throws {
    let sitting = try await Sitting.atPhotos(folder, "--task", "classification")
    sitting.type("1")
    try await sitting.seeSaved("cat", "33 %")
    sitting.type("d2d12")
    try await sitting.seeSaved("100 %")
    sitting.type("1")
    try await sitting.seeSaved("not cat")
    try await sitting.quit()
    #expect(try folder.manifest().lines.map(\.imageLabels) == [["cat"], ["dog"], ["dog"]])
    // A manifest with image-level labels alone is a classification task from then on.
    let again = try Sitting(folder, "label", "photos/output.manifest")
    try await again.see("● dog")
    again.type("1")
    try await again.seeSaved("cat")
    try await again.quit()
    #expect(try folder.manifest()[2].imageLabels == ["cat", "dog"])
  }

  @Test func `what is written for an image-level label is what Custom Labels reads`() async throws {
    let sitting = try await Sitting.atPhotos(folder, "--task", "classification")
    sitting.type("2")
    try await sitting.seeSaved("dog")
    try await sitting.quit()
    let line = try folder.manifest()[0]
    let metadata = line.object("image-label_dog-metadata")
    let date = try #require(metadata["creation-date"] as? String)
    #expect(
      line.text == #"{"source-ref":"a.png","image-label_dog":1,"image-label_dog-metadata":"#
        + #"{"class-name":"dog","confidence":1,"type":"groundtruth/image-classification","#
        + #""job-name":"labeling-job/reticle","human-annotated":"yes","#
        + #""creation-date":"\#(date)"}}"#)
  }

  @Test func `Space verifies and goes on, and on nothing says that nothing is there`() async throws
  {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r ")
    try await sitting.seeSaved("2/3", "b.png", "64×48")
    sitting.type(" ")
    try await sitting.seeSaved("3/3", "c.png")
    sitting.type("a")
    try await sitting.see("2/3", "nothing there", "verified")
    try await sitting.quit()
    let manifest = try folder.manifest()
    #expect(manifest.boxes == [[WrittenBox("cat", 32, 24, 11, 23)], [], nil])
    #expect(manifest.lines.map { $0.mark["verified"] as? Bool } == [true, true, nil])
    let metadata = manifest[1].object("bounding-box-metadata")
    #expect(metadata["human-annotated"] as? String == "yes")
    #expect(metadata["type"] as? String == "groundtruth/object-detection")
    let size = manifest[1].object("bounding-box")["image_size"] as? [[String: Int]]
    #expect(size == [["width": 64, "height": 48, "depth": 3]])
  }

  @Test func `Space says that nothing is there only of a picture that is there`() async throws {
    // Sent before the program has even started: some keys come before the pictures.
    let sitting = try Sitting(folder, "label", "photos", "--labels", "cat")
    sitting.type("   gg")
    try await sitting.see("1/3", "64×48")
    sitting.type(" ")
    try await sitting.seeSaved("2/3")
    try await sitting.quit()
    let lines = try folder.text(of: "photos/output.manifest").split(separator: "\n")
    #expect(lines.contains { $0.contains("verified") })
    for line in lines where line.contains("verified") {
      #expect(line.contains("\"annotations\":[]"))
    }
  }

  @Test func `the last image stays when it is verified`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("G")
    try await sitting.see("c.png", "64×48")
    sitting.type(" ")
    try await sitting.seeSaved("verified; this is the last image", "3/3")
    try await sitting.quit()
    #expect(try folder.manifest().boxes == [nil, nil, []])
  }

  @Test func `skipped, flagged and left out are kept in one member`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("s")
    try await sitting.seeSaved("skipped a.png; u takes it back", "2/3")
    sitting.type("fblurry \"here\"\r")
    try await sitting.seeSaved("flagged; is:flagged finds it again")
    sitting.type("dD")
    try await sitting.seeSaved("leave out; u takes it back", "3/3")
    sitting.type("i")
    try await sitting.see("left out", "the file stays")
    try await sitting.escape(from: "This image")
    try await sitting.quit()
    let manifest = try folder.manifest()
    #expect(
      manifest.lines.map(\.text) == [
        #"{"source-ref":"a.png","reticle":{"skipped":true}}"#,
        #"{"source-ref":"b.png","reticle":{"flag":"blurry \"here\""}}"#,
        #"{"source-ref":"c.png","reticle":{"excluded":true}}"#,
      ])
    #expect(try folder.names(in: "photos") == ["a.png", "b.png", "c.png", "output.manifest"])
  }

  @Test func `each mark is taken back by the key that set it`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("sas")
    try await sitting.seeSaved("skip: taken back")
    sitting.type("DD")
    try await sitting.seeSaved("leave out: taken back")
    sitting.type("f\r")
    try await sitting.seeSaved("flagged; is:flagged finds it again")
    sitting.type("f-\r")
    try await sitting.seeSaved("flag taken away")
    try await sitting.quit()
    #expect(try folder.manifest()[0].text == Sample.line("a.png"))
  }
}
