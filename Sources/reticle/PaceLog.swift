import Foundation
import GroundTruth
import Storage
import Workstation

/// How long decisions took, a JSON object a line, in the state folder and never in a manifest.
struct PaceLog {
  /// No more than this is read back, from the end, in bytes.
  private static let readLimit: UInt64 = 4_000_000

  let path: String

  /// The log in the state folder; nil if there is no home.
  static var standard: PaceLog? {
    StateFolder.standard.map { PaceLog(path: $0.path + "/pace.jsonl") }
  }

  /// Adds a decision.
  func append(_ record: Pace.Record, of manifest: String) {
    let style = JSONStyle.compact
    let line =
      style.object([
        ("time", JSONNumber.encode(record.time)), ("manifest", JSONText.encode(manifest)),
        ("decision", JSONText.encode(record.kind)), ("count", JSONNumber.encode(record.count)),
        ("seconds", JSONNumber.encode((record.seconds * 1000).rounded() / 1000)),
        ("keys", JSONNumber.encode(record.keys)),
      ]) + [0x0A]
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    _ = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  /// What decisions at a manifest took so far.
  func sums(of manifest: String) -> Pace.Sums {
    var sums = Pace.Sums()
    guard let file = FileHandle(forReadingAtPath: path) else { return sums }
    let size = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: size > Self.readLimit ? size - Self.readLimit : 0)
    let bytes = [UInt8]((try? file.readToEnd()) ?? Data())
    for line in bytes.split(separator: 0x0A) {
      guard let json = try? JSONValue(parsing: Array(line)), json["manifest"]?.string == manifest,
        let seconds = json["seconds"]?.double, let keys = json["keys"]?.integer
      else { continue }
      sums.add(
        Pace.Record(
          time: json["time"]?.double ?? 0, kind: json["decision"]?.string ?? "",
          count: json["count"]?.integer ?? 1, seconds: seconds, keys: keys))
    }
    return sums
  }
}
