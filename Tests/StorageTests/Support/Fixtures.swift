import GroundTruth

@testable import Storage

/// Manifests with every kind of line end and content, by what is odd about them.
let oddManifests: [String: [UInt8]] = [
  "empty": [],
  "one line": Array("{\"source-ref\":\"a.jpg\"}\n".utf8),
  "no final newline": Array("{\"a\":1}\n{\"a\":2}".utf8),
  "CRLF": Array("{\"a\":1}\r\n{\"a\":2}\r\n".utf8),
  "CRLF, no final newline": Array("{\"a\":1}\r\n{\"a\":2}".utf8),
  "mixed ends": Array("{\"a\":1}\r\n{\"a\":2}\n{\"a\":3}\n".utf8),
  "carriage returns": Array("a\rb\r\r\nc\r".utf8),
  "blank lines": Array("\n\n{\"a\":1}\n\r\n   \n{\"a\":2}\n\n".utf8),
  "byte order mark": [0xEF, 0xBB, 0xBF] + Array("{\"a\":1}\n{\"a\":2}\n".utf8),
  "only a byte order mark": [0xEF, 0xBB, 0xBF],
  "two byte order marks": [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Array("x\n".utf8),
  "not UTF-8": [0x61, 0xFF, 0xFE, 0x0A, 0xC3, 0x0A, 0x62],
  "NUL": [0x61, 0x00, 0x62, 0x0A, 0x00, 0x0A],
  "only newlines": [0x0A, 0x0A, 0x0A, 0x0A, 0x0A, 0x0A, 0x0A],
]

extension Dataset {
  /// All lines.
  var lines: [[UInt8]] { (0..<count).map(line(at:)) }

  /// An edit that makes a line another.
  func edit(_ line: Int, to text: [UInt8], _ summary: String = "edit") -> Edit {
    Edit(summary: summary, splices: [Splice(line: line, from: self.line(at: line), to: text)])
  }

  /// An edit that makes a line another.
  func edit(_ line: Int, to text: String) -> Edit { edit(line, to: Array(text.utf8)) }
}

extension ManifestFile {
  /// All lines.
  var lines: [[UInt8]] { (0..<lineCount).map(line(at:)) }
}

extension FileOperations {
  /// The system's own without the waiting for the disk, which no test can notice.
  static let hasty: FileOperations = {
    var operations = FileOperations.system
    operations.synchronize = { (_) throws(SystemCode) in }
    operations.synchronizeFolder = { (_) throws(SystemCode) in }
    return operations
  }()
}

/// Opens a store at a fixed moment.
func openStore(
  _ path: String, access: ManifestStore.Access = .write, state: String? = nil,
  operations: FileOperations = .hasty
) throws(StorageError) -> ManifestStore.Opened {
  try ManifestStore.open(
    path, access: access, stateFolder: state.map { StateFolder(path: $0) }, program: "test 1",
    operations: operations, clock: { Timestamp(seconds: 1_700_000_000) })
}
