import Foundation
import TestSupport
import Testing

/// `reticle convert`, as a person types it.
@Suite struct ConvertCommandTests {
  /// How a run of the program ended.
  private struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// A folder of the test's own.
  private final class Scratch {
    let url: URL

    init() throws {
      url = FileManager.default.temporaryDirectory.appending(path: "convert-\(UUID())")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, to name: String) throws {
      try Data(text.utf8).write(to: url.appending(path: name))
    }

    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    func has(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: url.appending(path: name).path())
    }

    func convert(_ arguments: String...) throws -> Outcome {
      let process = Process()
      process.executableURL = URL(filePath: BuiltProduct.path("reticle"))
      process.arguments = ["convert"] + arguments
      process.currentDirectoryURL = url
      // Files, not pipes, which would fill up while nobody reads them.
      let streams = try ["out", "err"].map { name in
        let file = url.appending(path: ".\(name)")
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
      }
      process.standardOutput = streams[0]
      process.standardError = streams[1]
      try process.run()
      process.waitUntilExit()
      return Outcome(
        status: process.terminationStatus, output: try text(".out"), errors: try text(".err"))
    }
  }

  private static let instances = """
    {"categories":[{"id":7,"name":"cat"},{"id":3,"name":"dog"}],
    "images":[{"id":1,"file_name":"a.jpg","width":640,"height":480},
    {"id":2,"file_name":"b.jpg","width":640,"height":480}],
    "annotations":[{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,30,40],"iscrowd":0}]}
    """

  private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Assets/Samples")

  @Test func aFileBecomesAManifestAndComesBack() throws {
    let scratch = try Scratch()
    try scratch.write(Self.instances, to: "instances.json")
    let there = try scratch.convert("instances.json", "out.manifest")
    #expect(there.status == 0, "\(there.errors)")
    #expect(there.errors == "reticle: out.manifest: 2 images, 2 labels, 1 box\n")
    let manifest = try scratch.text("out.manifest")
    #expect(manifest.contains("\"class_id\":7,\"top\":2,\"left\":1,\"height\":40,\"width\":30"))
    #expect(manifest.hasPrefix("{\"source-ref\":\"a.jpg\""))
    let back = try scratch.convert("out.manifest", "coco", "--to", "coco")
    #expect(back.status == 0, "\(back.errors)")
    let coco = try scratch.text("coco/instances.json")
    #expect(coco.contains("{\"id\":3,\"name\":\"dog\""))
    #expect(coco.contains("\"category_id\":7,\"bbox\":[1,2,30,40]"))
  }

  @Test func nothingIsEverWrittenOver() throws {
    let scratch = try Scratch()
    try scratch.write(Self.instances, to: "instances.json")
    try scratch.write("mine", to: "out.manifest")
    let refused = try scratch.convert("instances.json", "out.manifest")
    #expect(refused.status == 73)
    #expect(refused.errors.contains("exists already"))
    #expect(try scratch.text("out.manifest") == "mine")
    let nowhere = try scratch.convert("instances.json", "no/such/out.manifest")
    #expect(nowhere.status == 73)
  }

  @Test func lossesNeedConsent() throws {
    let scratch = try Scratch()
    try scratch.write(
      Self.instances.replacing("\"iscrowd\":0", with: "\"iscrowd\":1"), to: "instances.json")
    let refused = try scratch.convert("instances.json", "out.manifest")
    #expect(refused.status == 65)
    #expect(refused.errors.contains("lost: Regions to be ignored become boxes: 1"))
    #expect(!scratch.has("out.manifest"))
    let taken = try scratch.convert("instances.json", "out.manifest", "--allow-lossy")
    #expect(taken.status == 0)
    #expect(scratch.has("out.manifest"))
  }

  @Test func aDryRunWritesNothing() throws {
    let scratch = try Scratch()
    try scratch.write(Self.instances, to: "instances.json")
    let run = try scratch.convert("instances.json", "me", "--to", "labelme", "--dry-run")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output == "me/a.json\nme/b.json\nme/labels.txt\n")
    #expect(!scratch.has("me"))
  }

  @Test func wrongInputIsSaidWithItsLine() throws {
    let scratch = try Scratch()
    try scratch.write(Self.instances.replacing("30,40", with: "30,NaN"), to: "x.json")
    let broken = try scratch.convert("x.json", "out.manifest", "--from", "coco")
    #expect(broken.status == 65)
    #expect(broken.errors.hasPrefix("reticle: x.json:4: not JSON"))
    #expect(try scratch.convert("none.json", "out.manifest").status == 66)
    #expect(try scratch.convert("x.json", "out.manifest").status == 65)
    #expect(try scratch.convert("x.json", "out").status == 64)
    #expect(try scratch.convert("x.json", "out", "--to", "word").status == 64)
    try scratch.write("[]", to: "empty.json")
    #expect(
      try scratch.convert("empty.json", "out.manifest", "--from", "createml").status == 65)
    #expect(!scratch.has("out.manifest"))
  }

  @Test func severalFilesNeedAFolder() throws {
    let scratch = try Scratch()
    try scratch.write(Self.instances, to: "instances.json")
    let run = try scratch.convert("instances.json", "out.json", "--to", "labelme")
    #expect(run.status == 64)
    #expect(run.errors.contains("name a folder"))
  }

  @Test func sizesComeFromTheImages() throws {
    let scratch = try Scratch()
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.samples.path())
    let name = try #require(names.filter { $0.hasSuffix(".jpg") }.min())
    try scratch.write(
      """
      {"CustomLabels":[{"Name":"x","Confidence":50,"Geometry":{"BoundingBox":
      {"Left":0,"Top":0,"Width":1,"Height":1}}}]}
      """, to: "\(name).json")
    let without = try scratch.convert("\(name).json", "out.manifest")
    #expect(without.status == 65)
    #expect(without.errors.contains("--images"))
    let with = try scratch.convert(
      "\(name).json", "out.manifest", "--images", Self.samples.path())
    #expect(with.status == 0, "\(with.errors)")
    let manifest = try scratch.text("out.manifest")
    #expect(manifest.contains("\"human-annotated\":\"no\""))
    #expect(manifest.contains("{\"source-ref\":\"\(name)\",\"predictions\""))
  }

  @Test func customLabelsGetsItsManifest() throws {
    let scratch = try Scratch()
    try scratch.write(Self.instances, to: "instances.json")
    let without = try scratch.convert("instances.json", "aws.manifest", "--for", "rekognition")
    #expect(without.status == 65)
    #expect(without.errors.contains("--s3-prefix"))
    let run = try scratch.convert(
      "instances.json", "aws.manifest", "--for", "rekognition", "--s3-prefix", "s3://bucket/p")
    #expect(run.status == 0, "\(run.errors)")
    let lines = try scratch.text("aws.manifest").split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("{\"source-ref\":\"s3://bucket/p/a.jpg\",\"bounding-box\""))
    #expect(!lines[0].contains("dog"))
  }

  /// A scratch folder with three photos, two of one name, and a list that gives them labels.
  private static func photos() throws -> (scratch: Scratch, photo: Data) {
    let scratch = try Scratch()
    let names = try FileManager.default.contentsOfDirectory(atPath: samples.path())
    let name = try #require(names.filter { $0.hasSuffix(".jpg") }.min())
    let photo = try Data(contentsOf: samples.appending(path: name))
    for folder in ["in", "in/x", "in/y"] {
      try FileManager.default.createDirectory(
        at: scratch.url.appending(path: folder), withIntermediateDirectories: true)
    }
    try photo.write(to: scratch.url.appending(path: "in/x/1.jpg"))
    try scratch.write("another", to: "in/y/1.jpg")
    try photo.write(to: scratch.url.appending(path: "in/2.jpg"))
    return (scratch, photo)
  }

  @Test func imagesAreCopiedIntoTheFoldersOfTheirLabels() throws {
    let (scratch, photo) = try Self.photos()
    try scratch.write("x/1.jpg,cat\ny/1.jpg,cat\n2.jpg\n", to: "in/labels.csv")
    let run = try scratch.convert("in/labels.csv", "out", "--to", "folders")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("y/1.jpg: Its folder has an image of that name"))
    #expect(try Data(contentsOf: scratch.url.appending(path: "out/cat/1.jpg")) == photo)
    #expect(try scratch.text("out/cat/1-2.jpg") == "another")
    #expect(try Data(contentsOf: scratch.url.appending(path: "out/2.jpg")) == photo)
    // The images themselves stay where they are.
    #expect(scratch.has("in/x/1.jpg") && scratch.has("in/y/1.jpg") && scratch.has("in/2.jpg"))
    let again = try scratch.convert("in/labels.csv", "out", "--to", "folders")
    #expect(again.status == 73)
    let back = try scratch.convert("out", "back.csv", "--from", "folders", "--to", "csv")
    #expect(back.status == 0, "\(back.errors)")
    #expect(try scratch.text("back.csv") == "2.jpg\r\ncat/1-2.jpg,cat\r\ncat/1.jpg,cat\r\n")
  }

  @Test func linksLeadToTheImagesThemselves() throws {
    let (scratch, photo) = try Self.photos()
    try scratch.write("x/1.jpg,cat\n", to: "in/labels.csv")
    #expect(try scratch.convert("in/labels.csv", "o.json", "--to", "coco", "--link").status == 64)
    let run = try scratch.convert("in/labels.csv", "out", "--to", "folders", "--link")
    #expect(run.status == 0, "\(run.errors)")
    let link = scratch.url.appending(path: "out/cat/1.jpg")
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: link.path())
    #expect(target.hasPrefix("/") && target.hasSuffix("/in/x/1.jpg"))
    #expect(try Data(contentsOf: link) == photo)
  }

  @Test func imagesThatAreNotHereAreSaid() throws {
    let (scratch, photo) = try Self.photos()
    let list = "gone.jpg,cat\ns3://bucket/p/x/1.jpg,dog\n2.jpg,cat\n"
    try scratch.write(list, to: "in/labels.csv")
    let refused = try scratch.convert("in/labels.csv", "out", "--to", "folders")
    #expect(refused.status == 65)
    #expect(refused.errors.contains("lost: gone.jpg: no such image is here"))
    #expect(refused.errors.contains("lost: s3://bucket/p/x/1.jpg: lies in S3 and not here"))
    #expect(!scratch.has("out"))
    let named = try scratch.convert(
      "in/labels.csv", "out", "--to", "folders", "--images", "in", "--s3-prefix", "s3://bucket/p/",
      "--allow-lossy")
    #expect(named.status == 0, "\(named.errors)")
    #expect(!named.errors.contains("S3"))
    #expect(try Data(contentsOf: scratch.url.appending(path: "out/dog/1.jpg")) == photo)
    #expect(!scratch.has("out/cat/gone.jpg") && scratch.has("out/cat/2.jpg"))
    try scratch.write("gone.jpg,cat\n", to: "in/labels.csv")
    let none = try scratch.convert("in/labels.csv", "none", "--to", "folders", "--allow-lossy")
    #expect(none.status == 66)
    #expect(!scratch.has("none"))
  }

  @Test func imagesElsewhereGiveTheirSizesToLabelsWithoutNames() throws {
    let (scratch, _) = try Self.photos()
    let label = "0 0.5 0.5 0.5 0.5 0.875\n"
    try FileManager.default.createDirectory(
      at: scratch.url.appending(path: "yolo/labels"), withIntermediateDirectories: true)
    try scratch.write("cat\n", to: "yolo/classes.txt")
    try scratch.write(label, to: "yolo/labels/2.txt")
    let without = try scratch.convert("yolo", "out.manifest")
    #expect(without.status == 65)
    let run = try scratch.convert("yolo", "out.manifest", "--images", "in")
    #expect(run.status == 0, "\(run.errors)")
    let manifest = try scratch.text("out.manifest")
    #expect(manifest.contains("{\"source-ref\":\"2.jpg\",\"predictions\""))
    #expect(manifest.contains("\"confidence\":0.875"))
  }
}
