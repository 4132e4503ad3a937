import Glibc
import GroundTruth
import Prediction
import Raster
import Storage
import Synchronization

/// The answers of a run until they are in a manifest: JSON Lines that are only added to, so that
/// none is lost however the run ends.
///
/// The first line says what the run is about, a line `{"model":…}` who predicts, and each other
/// one what was found on one line of the manifest.
final class PredictionLog: Sendable {
  /// What was found on a line of the manifest.
  struct Record {
    let line: Int
    let reference: String
    /// The image's size as shown upright.
    let size: ImageSize
    let orientation: Orientation
    let labels: [CustomLabel]
  }

  /// The file.
  let path: String
  private let state: Mutex<Output>

  private struct Output {
    var descriptor: Int32
    var unflushed = 0
    var lastFlush = ContinuousClock.now
  }

  /// Opens a log to be added to; what a crash left of a last line is closed off.
  ///
  /// - Throws: ``Failure`` if it can't be written.
  init(_ path: String, about run: [UInt8], isNew: Bool) throws {
    self.path = path
    EvaluateMemory.makeFolders(above: path)
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | (isNew ? O_TRUNC : 0)
    let descriptor = open(path, flags, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    state = Mutex(Output(descriptor: descriptor))
    try add(isNew ? run : [])
  }

  deinit { state.withLock { _ = close($0.descriptor) } }

  /// Adds who predicts.
  func add(_ model: PredictionModel) throws {
    let style = JSONStyle.compact
    let thresholds = model.thresholds.sorted { $0.key < $1.key }
    try add(
      style.object([
        (
          "model",
          style.object([
            ("name", JSONText.encode(model.name)),
            ("version", model.version.map(JSONText.encode) ?? Array("null".utf8)),
            ("labels", style.array(model.labels.map(JSONText.encode))),
            (
              "thresholds",
              style.object(thresholds.map { ($0.key, JSONNumber.encode($0.value)) })
            ),
          ])
        )
      ]))
  }

  /// Adds what was found on a line.
  func add(_ record: Record) throws {
    let answer = DetectCustomLabels.answer(record.labels, style: .compact)
    try add(
      JSONStyle.compact.object([
        ("line", JSONNumber.encode(record.line)),
        ("source-ref", JSONText.encode(record.reference)),
        ("width", JSONNumber.encode(record.size.width)),
        ("height", JSONNumber.encode(record.size.height)),
        ("orientation", JSONNumber.encode(record.orientation.rawValue)),
        ("answer", answer),
      ]))
  }

  private func add(_ line: [UInt8]) throws {
    let bytes = line + [0x0A]
    let isWritten = state.withLock { output in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(output.descriptor, $0.baseAddress, $0.count) }
        if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
      }
      // A killed process loses nothing that was written; a power cut no more than a second's work.
      if ContinuousClock.now - output.lastFlush > .seconds(1) {
        fdatasync(output.descriptor)
        output.lastFlush = .now
      }
      return true
    }
    if !isWritten { throw Self.failure(path) }
  }

  private static func failure(_ path: String) -> Failure {
    Failure.saying(
      "\(path): \(String(cString: strerror(errno))); make room or name another XDG_STATE_HOME, and "
        + "start again", Failure.cannotCreate)
  }

  // MARK: Reading

  /// What a log holds.
  struct Contents {
    /// What its run is about.
    let run: [UInt8]
    /// Who predicted; nil if that was not known yet.
    let model: PredictionModel?
    private let file: ManifestFile
    /// For each line of the manifest its line in the log, or -1.
    private var places: [Int32]
    /// How many lines have an answer.
    private(set) var count = 0

    /// Reads a log; nil if there is none.
    ///
    /// - Complexity: O(bytes); four bytes of memory for a line of the manifest.
    init?(_ path: String, lineCount: Int) {
      guard FileKind.of(path) == .file, let file = try? ManifestFile.open(path),
        file.lineCount > 0
      else { return nil }
      self.file = file
      run = file.line(at: 0)
      places = Array(repeating: -1, count: lineCount)
      var model: PredictionModel?
      for place in 1..<max(1, file.lineCount) {
        // What a crash cut off is no JSON.
        guard let json = try? JSONValue(parsing: file.line(at: place)) else { continue }
        if let told = json["model"] {
          model = PredictionModel(logged: told)
        } else if let line = json["line"]?.integer, places.indices.contains(line) {
          if places[line] < 0 { count += 1 }
          places[line] = Int32(clamping: place)
        }
      }
      self.model = model
    }

    /// Whether a line has an answer.
    func has(_ line: Int) -> Bool { places.indices.contains(line) && places[line] >= 0 }

    /// The answer for a line; nil if there is none.
    func record(at line: Int) -> Record? {
      guard has(line), let json = try? JSONValue(parsing: file.line(at: Int(places[line]))),
        let reference = json["source-ref"]?.string, let width = json["width"]?.integer,
        let height = json["height"]?.integer, let answer = json["answer"],
        let labels = try? DetectCustomLabels.labels(in: answer, named: "")
      else { return nil }
      return Record(
        line: line, reference: reference, size: ImageSize(width: width, height: height),
        orientation: json["orientation"]?.integer.flatMap { Orientation(rawValue: $0) } ?? .upright,
        labels: labels)
    }

    /// All answers, in the order of the manifest.
    func forEachRecord(_ body: (Record) -> Void) {
      for line in places.indices where places[line] >= 0 {
        if let record = record(at: line) { body(record) }
      }
    }
  }
}

extension PredictionModel {
  /// Reads what a log tells of a model.
  fileprivate init?(logged json: JSONValue) {
    guard let name = json["name"]?.string else { return nil }
    var thresholds: [String: Double] = [:]
    for member in json["thresholds"]?.members ?? [] {
      thresholds[member.name] = member.value.double
    }
    self.init(
      name: name, version: json["version"]?.string,
      labels: (json["labels"]?.elements ?? []).compactMap(\.string), thresholds: thresholds)
  }
}
