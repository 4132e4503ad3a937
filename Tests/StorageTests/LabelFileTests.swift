import Testing

@testable import Storage

@Suite("A label file")
struct LabelFileTests {
  private let folder = TemporaryFolder()

  @Test("of label categories is read and grown, with all else in it kept")
  func categories() throws {
    try folder.write(
      """
      {"document-version": "2018-11-28", "big": 1.50e3,
       "labels": [{"label": "cat", "color": "red"}, {"label": "caf\\u00e9 \\ud83e\\udd9d"}]}
      """, to: "l.json")
    var file = try LabelFile(at: folder("l.json"))
    #expect(file.labels == ["cat", "café 🦝"])
    try file.add(["dog", "cat", "dog", "a\"b"])
    #expect(file.labels == ["cat", "café 🦝", "dog", "a\"b"])
    let text = String(decoding: try #require(folder.bytes("l.json")), as: UTF8.self)
    #expect(
      text == "{\"document-version\":\"2018-11-28\",\"big\":1.50e3,\"labels\":["
        + "{\"label\":\"cat\",\"color\":\"red\"},{\"label\":\"café 🦝\"},{\"label\":\"dog\"},"
        + "{\"label\":\"a\\\"b\"}]}\n")
    #expect(try LabelFile(at: folder("l.json")).labels == file.labels)
  }

  @Test("of plain text is read and grown, its own bytes kept")
  func text() throws {
    let text = Array("\u{FEFF}cat\r\n\r\n two words \r\ncat\r\nlast".utf8)
    try folder.write(text, to: "l.txt")
    var file = try LabelFile(at: folder("l.txt"))
    #expect(file.labels == ["cat", "two words", "last"])
    try file.add(["dog"])
    #expect(folder.bytes("l.txt") == text + Array("\r\ndog\r\n".utf8))
    #expect(throws: StorageError.self) { try file.add(["two\nlines"]) }
    #expect(folder.bytes("l.txt") == text + Array("\r\ndog\r\n".utf8))
  }

  @Test("that is not there yet is made by the first label")
  func new() throws {
    for (name, text) in [
      ("l.txt", "cat\n"),
      ("l.json", "{\"document-version\":\"2018-11-28\",\"labels\":[{\"label\":\"cat\"}]}\n"),
    ] {
      var file = try LabelFile(at: folder(name))
      #expect(file.labels.isEmpty)
      try file.add([])
      #expect(folder.bytes(name) == nil)
      try file.add(["cat"])
      #expect(folder.bytes(name) == Array(text.utf8))
    }
  }

  @Test("that is none says where and why")
  func broken() throws {
    for (text, line) in [
      ("{", 1), ("{\n\"labels\":[\n{]}", 3), ("{\"labels\":[{\"name\":\"x\"}]}", 1), ("{}", 1),
      ("{\"labels\":[{\"label\":\"\\ud800\"}]}", 1),
      (String(repeating: "{\"a\":", count: 9999), 1),
    ] {
      try folder.write(text, to: "l")
      let error = #expect(throws: StorageError.self) { try LabelFile(at: folder("l")) }
      guard case .notALabelFile(folder("l"), line, _) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    try folder.write([0x61, 0x0A, 0xFF], to: "l")
    #expect(
      throws: StorageError.notALabelFile(
        path: folder("l"), line: 2, reason: "the line is not UTF-8: save the file as UTF-8")
    ) { try LabelFile(at: folder("l")) }
  }
}
