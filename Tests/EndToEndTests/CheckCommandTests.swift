import Foundation
import TestSupport
import Testing

/// The program `reticle check`, run as a person would.
@Suite("reticle check")
struct CheckCommandTests {
  private struct Result {
    let status: Int32
    let output: String
    let errors: String

    /// The one JSON object on standard output.
    func json() throws -> [String: Any] {
      let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
      return try #require(object as? [String: Any])
    }
  }

  /// A folder of its own for each test, removed at its end.
  private final class Folder {
    let url: URL

    init() throws {
      url = FileManager.default.temporaryDirectory.appending(path: "check-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path() }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
      try Data(text.utf8).write(to: url.appending(path: name))
      return path(name)
    }

    func read(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    var names: [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: url.path())) ?? []).sorted()
    }
  }

  private func check(_ arguments: String..., input: String = "") throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: BuiltProduct.path("reticle"))
    process.arguments = ["check"] + arguments
    let (output, errors, standardInput) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = standardInput
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: complaints, as: UTF8.self))
  }

  private func fixture(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "GroundTruthTests/Fixtures/\(name).manifest").path()
  }

  private static func line(_ source: String, confidence: String = #","confidence":1"#) -> String {
    #"{"source-ref":"\#(source)","l":1,"l-metadata":{"class-name":"cat","#
      + #""type":"groundtruth/image-classification","human-annotated":"yes","#
      + #""creation-date":"2020-01-01T00:00:00"\#(confidence)}}"#
  }

  @Test("exit status: 0 clean, 0 warnings, 1 errors, 66 missing, 65 a folder, 64 usage")
  func statuses() throws {
    #expect(try check(fixture("gt_bbox_licence_train")).status == 0)
    #expect(try check(fixture("input_only_source_ref")).status == 0)
    #expect(try check(fixture("broken_attribute_metadata_pair")).status == 1)
    let missing = try check("/nowhere/x.manifest")
    #expect(missing.status == 66)
    #expect(missing.errors.contains("/nowhere/x.manifest: there is no such manifest"))
    #expect(try check(FileManager.default.temporaryDirectory.path()).status == 65)
    #expect(try check("x", "--attribute", "bb").status == 64)
    #expect(try check("x", "y", "--fix", "z").status == 64)
    // One that is missing doesn't keep the others from being checked.
    let both = try check("/nowhere", fixture("gt_bbox_licence_train"))
    #expect(both.status == 66)
    #expect(both.output.contains("14 valid"))
  }

  @Test("the report: by code, with line numbers, how many more, and the fix")
  func text() throws {
    let result = try check(fixture("broken_attribute_metadata_pair"))
    #expect(result.output.contains("error  ERROR_NO_LABEL_ATTRIBUTES\n"))
    #expect(result.output.contains("lines 1, 2, 3, 4, 5 and 35 more\n"))
    #expect(result.output.contains("→ Give each label attribute NAME its NAME-metadata"))
    #expect(
      result.output.hasSuffix(
        "40 lines: 0 valid, 40 invalid, 0 ignored; nothing to train with; 41 errors, 0 warnings\n"))
    #expect(result.errors.isEmpty)
  }

  @Test("--json prints one object with the documented members")
  func json() throws {
    let path = fixture("doc_validation_bbox_too_small")
    let result = try check("--json", path)
    #expect(result.status == 1)
    #expect(result.output.hasSuffix("}\n"))
    #expect(result.output.split(separator: "\n").count == 1)
    let object = try result.json()
    #expect(
      Set(object.keys) == [
        "manifest", "use_case", "total_json_lines", "valid_json_lines", "invalid_json_lines",
        "ignored_json_lines", "findings",
      ])
    #expect(object["manifest"] as? String == path)
    #expect(object["use_case"] as? String == "OBJECT_LOCALIZATION")
    #expect(object["valid_json_lines"] as? Int == 1)
    let findings = try #require(object["findings"] as? [[String: Any]])
    #expect(findings.count == 1)
    #expect(findings[0]["line"] as? Int == 1)
    #expect(findings[0]["code"] as? String == "ERROR_BOUNDING_BOX_TOO_SMALL")
    #expect(findings[0]["severity"] as? String == "error")
    #expect(findings[0]["attribute"] as? String == "bounding-box")
    #expect(findings[0]["annotation"] as? Int == 0)
  }

  @Test("- is standard input, without a final newline, CRLF and byte order mark")
  func standardInput() throws {
    let text = "\u{FEFF}" + Self.line("s3://b/1") + "\r\n" + Self.line("s3://b/2")
    let result = try check("--json", "-", input: text)
    let object = try result.json()
    #expect(object["manifest"] as? String == "-")
    #expect(object["total_json_lines"] as? Int == 2)
    #expect(object["valid_json_lines"] as? Int == 2)
    let empty = try check("--json", "-").json()
    let findings = empty["findings"] as? [[String: Any]]
    #expect(findings?.map { $0["code"] as? String } == ["ERROR_EMPTY_MANIFEST"])
  }

  @Test("a large input is read in pieces: many lines and long ones")
  func pieces() throws {
    let filler = String(repeating: "x", count: 3_000_000)
    let folders = String(repeating: "folder/", count: 150)
    let lines = (0..<3_000).map { "{\"source-ref\":\"s3://b/\(folders)\($0)\"}" }
    let text = (lines + [filler] + lines.prefix(2)).joined(separator: "\n") + "\n"
    let object = try check("--json", "-", input: text).json()
    #expect(object["total_json_lines"] as? Int == 3_003)
    #expect(object["invalid_json_lines"] as? Int == 1)
    let findings = try #require(object["findings"] as? [[String: Any]])
    #expect(findings.count { $0["code"] as? String == "WARNING_UNANNOTATED_RECORD" } == 3_002)
    #expect(
      findings.filter { $0["code"] as? String == "RETICLE_DUPLICATE_SOURCE_REF" }
        .map { $0["line"] as? Int } == [3_002, 3_003])
  }

  @Test("--local takes paths, and --images opens what they name")
  func images() throws {
    let folder = try Folder()
    let photos = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Assets/Samples")
    let photo = try #require(
      try FileManager.default.contentsOfDirectory(atPath: photos.path())
        .filter { $0.hasSuffix(".jpg") }.sorted().first)
    try folder.write("text.jpg", "no image")
    let manifest = try folder.write(
      "m.manifest", Self.line(photo) + "\n" + Self.line("text.jpg") + "\n")
    #expect(try check(manifest).output.contains("ERROR_INVALID_SOURCE_REF_FORMAT"))
    let local = try check("--local", manifest)
    #expect(!local.output.contains("ERROR_INVALID_SOURCE_REF_FORMAT"))
    let opened = try check("--local", "--json", "--images", photos.path(), manifest).json()
    let findings = try #require(opened["findings"] as? [[String: Any]])
    let invalid = findings.filter { $0["code"] as? String == "ERROR_INVALID_IMAGE" }
    #expect(invalid.map { $0["line"] as? Int } == [2])
    #expect((invalid.first?["message"] as? String)?.contains("text.jpg is text") == true)
    #expect(opened["invalid_json_lines"] as? Int == 1)
    let prefixed = try folder.write("s3.manifest", Self.line("s3://b/p/\(photo)") + "\n")
    let found = try check(
      prefixed, "--images", photos.path(), "--s3-prefix", "s3://b/p/")
    #expect(found.status == 0, "\(found.output)")
    #expect(try check(prefixed, "--images", "/nowhere").status == 66)
  }

  @Test("--fix writes a repaired copy, says what it did, and the copy passes")
  func fix() throws {
    let folder = try Folder()
    let right = Self.line("s3://b/1").replacing("\"l\":1", with: "\"l\" :\t1")
    let other = Self.line("s3://b/3").replacing("\"cat\"", with: "\"dog\"")
    let text =
      right + "\r\n" + Self.line("s3://b/2", confidence: "") + "\n" + other + "\n\(other)"
    let manifest = try folder.write("in.manifest", text)
    let output = folder.path("out.manifest")
    let result = try check(manifest, "--fix", output)
    #expect(result.status == 0, "\(result.output)")
    #expect(result.errors.contains("added the missing confidence 1 on 1 line"))
    #expect(result.output.contains("\(output): 4 lines: 4 valid"))
    #expect(
      try folder.read("out.manifest")
        == right + "\r\n" + Self.line("s3://b/2") + "\n" + other + "\n\(other)")
    #expect(try folder.read("in.manifest") == text)
    #expect(try check(output).status == 0)
    #expect(folder.names == ["in.manifest", "out.manifest"])
    // Never in the place of what is read.
    #expect(try check(manifest, "--fix", manifest).status == 64)
    #expect(try folder.read("in.manifest") == text)
    #expect(try check(manifest, "--fix", "/nowhere/out.manifest").status == 73)
  }

  @Test("--fix keeps one of several box attributes: the newest or --attribute")
  func attribute() throws {
    let folder = try Folder()
    let chain = fixture("gt_bbox_adjustment_chain_korean")
    let name = "suneung-korean-layout-detection-v2"
    _ = try check(chain, "--fix", folder.path("new.manifest"))
    _ = try check(chain, "--fix", folder.path("old.manifest"), "--attribute", name)
    #expect(!(try folder.read("new.manifest").contains("\"\(name)\"")))
    #expect(!(try folder.read("old.manifest").contains("\"\(name)-chain\"")))
    #expect(try folder.read("old.manifest").split(separator: "\n").count == 40)
  }

  @Test("--test finds overlap and leakage, and adds its own result")
  func testManifest() throws {
    let folder = try Folder()
    let training = try folder.write(
      "train.manifest",
      (0..<4).map { Self.line("s3://b/\($0)") + "\n" }.joined()
        + Self.line("s3://b/9").replacing("\"cat\"", with: "\"dog\"") + "\n")
    let test = try folder.write("test.manifest", Self.line("s3://b/2") + "\n")
    let result = try check(training, "--test", test, "--json")
    let object = try result.json()
    let findings = try #require(object["findings"] as? [[String: Any]])
    #expect(
      findings.map { $0["code"] as? String } == ["RETICLE_IMAGE_IN_TRAINING_AND_TEST"])
    #expect(findings.first?["line"] as? Int == 3)
    #expect((object["test"] as? [String: Any])?["total_json_lines"] as? Int == 1)
    #expect(result.status == 0)
    let unlike = try folder.write(
      "unlike.manifest", Self.line("s3://b/7").replacing("\"cat\"", with: "\"ox\"") + "\n")
    let failed = try check(training, "--test", unlike)
    #expect(failed.status == 1)
    #expect(failed.output.contains("ERROR_INSUFFICIENT_LABEL_OVERLAP"))
  }

  @Test("--summary writes the service's files")
  func summary() throws {
    let folder = try Folder()
    let manifest = fixture("doc_validation_unsupported_type")
    let result = try check(
      manifest, "--test", fixture("gt_bbox_licence_train"), "--summary", folder.path("out"))
    #expect(result.status == 1)
    let out = folder.url.appending(path: "out")
    let summary = try JSONSerialization.jsonObject(
      with: try Data(contentsOf: out.appending(path: "manifest_summary.json")))
    let statistics = (summary as? [String: Any])?["statistics"] as? [String: [String: Any]]
    #expect(statistics?["training"]?["error_json_line_indices"] as? [Int] == [1])
    #expect(statistics?["testing"]?["valid_json_lines"] as? Int == 14)
    let training = String(
      decoding: try Data(
        contentsOf: out.appending(path: "training_manifest_with_validation.json")),
      as: UTF8.self)
    #expect(
      training.contains(#""errors": [{"code":"ERROR_NO_VALID_LABEL_ATTRIBUTES""#)
        || training.contains(#""errors": [{"code": "ERROR_NO_VALID_LABEL_ATTRIBUTES""#))
    let testing = try Data(
      contentsOf: out.appending(path: "testing_manifest_with_validation.json"))
    #expect(testing == (try Data(contentsOf: URL(filePath: fixture("gt_bbox_licence_train")))))
  }

  @Test("text from files can't act on the terminal")
  func harmless() throws {
    let line = Self.line("s3://b/1").replacing("\"l", with: "\"\\u001b[31ml")
      .replacing("yes", with: "maybe")
    let output = try check("-", input: line + "\n").output
    #expect(output.contains("␛[31ml"))
    #expect(!output.contains("\u{1B}"))
  }
}
