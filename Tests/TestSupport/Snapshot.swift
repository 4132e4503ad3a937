import FoundationEssentials

/// Why a text is not what its snapshot says, or that the snapshot was just recorded.
public struct SnapshotFailure: Error, CustomStringConvertible {
  /// What differs, with both texts.
  public let description: String
}

/// Compares a text with the file `<name>.txt` in a folder beside the calling test.
///
/// `RECORD_SNAPSHOTS=1` writes the file instead, and fails, so that a recording is never mistaken
/// for a pass.
///
/// - Parameters:
///   - text: What came out.
///   - name: The snapshot's name.
///   - folder: The folder, relative to the calling file's.
///   - file: The calling file.
/// - Throws: ``SnapshotFailure`` if the texts differ, there is no snapshot, or it was recorded.
public func expectSnapshot(
  _ text: String, named name: String, in folder: String = "Snapshots", file: String = #filePath
) throws {
  let directory = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]) + "/" + folder
  let path = directory + "/" + name + ".txt"
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    try Data((text + "\n").utf8).write(to: URL(filePath: path))
    throw SnapshotFailure(description: "recorded \(path): look at it, then run without recording")
  }
  guard let data = FileManager.default.contents(atPath: path) else {
    throw SnapshotFailure(description: "no snapshot \(path): run with RECORD_SNAPSHOTS=1\n\(text)")
  }
  let expected = String(decoding: data, as: UTF8.self)
  guard expected != text + "\n" else { return }
  let lines = zip(
    expected.split(separator: "\n", omittingEmptySubsequences: false),
    text.split(separator: "\n", omittingEmptySubsequences: false))
  let first = lines.enumerated().first { $0.element.0 != $0.element.1 }?.offset
  let place = first.map { "line \($0 + 1)" } ?? "the number of lines"
  throw SnapshotFailure(
    description: "differs from \(path) in \(place)\n--- expected\n\(expected)--- came\n\(text)")
}
