import GroundTruth
import Storage

/// A version as a list has it.
struct VersionRow {
  let version: ModelVersion
  let record: VersionRecord
  let isBusy: Bool
  let byteCount: Int

  /// What it is doing, for people.
  var state: String {
    let isInterrupted = record.status == .trainingInProgress && !isBusy
    return record.status.rawValue + (isInterrupted ? " (interrupted)" : "")
  }
}

extension ProjectFolder {
  /// The versions with what is known of each.
  ///
  /// - Throws: ``Failure``, which says what can't be read.
  func versionRows() throws -> [VersionRow] {
    do throws(StorageError) {
      var rows: [VersionRow] = []
      for version in try versions() {
        rows.append(
          VersionRow(
            version: version, record: try version.record(), isBusy: version.holder != nil,
            byteCount: version.byteCount))
      }
      return rows
    } catch {
      throw Failure.saying(error.description, error.exitCode)
    }
  }
}

/// The list of versions, for people and for machines.
enum ModelsReport {
  /// A table with a head, its text free of anything harmful.
  static func table(_ rows: [VersionRow]) -> [String] {
    let head = ["version", "F1", "AP50", "trained on", "tested on", "size", "date", "status"]
    let lines = rows.map { row in
      [
        row.version.name.description, EvaluateReport.share(row.record.f1),
        EvaluateReport.share(row.record.averagePrecision), count(row.record.trainingCount),
        count(row.record.testCount), size(row.byteCount),
        String((row.record.trained ?? row.record.created).prefix(16)), row.state,
      ]
    }
    let messages = rows.filter { !$0.record.message.isEmpty }.map {
      "\($0.version.name): \($0.record.message)"
    }
    return EvaluateTable(rows: [head] + lines).lines
      + messages.map { EvaluateTable(rows: [[$0]]).lines[0] }
  }

  /// One object on one line.
  static func json(_ project: ProjectFolder, _ rows: [VersionRow]) -> [UInt8] {
    let style = JSONStyle.compact
    let null = Array("null".utf8)
    let versions = rows.map { row in
      style.object([
        ("Name", JSONText.encode(row.version.name.description)),
        ("Status", JSONText.encode(row.record.status.rawValue)),
        ("StatusMessage", JSONText.encode(row.record.message)),
        ("CreationTimestamp", JSONText.encode(row.record.created)),
        ("TrainingEndTimestamp", row.record.trained.map(JSONText.encode) ?? null),
        ("F1", row.record.f1.map(JSONNumber.encode) ?? null),
        ("AP50", row.record.averagePrecision.map(JSONNumber.encode) ?? null),
        ("TrainingImages", row.record.trainingCount.map { JSONNumber.encode($0) } ?? null),
        ("TestImages", row.record.testCount.map { JSONNumber.encode($0) } ?? null),
        ("Bytes", JSONNumber.encode(row.byteCount)),
        ("IsBusy", Array((row.isBusy ? "true" : "false").utf8)),
      ])
    }
    return style.object([
      ("Project", JSONText.encode(project.settings.name.description)),
      ("Versions", style.array(versions)),
    ]) + [0x0A]
  }

  /// Bytes as people say them, in powers of ten.
  static func size(_ bytes: Int) -> String {
    let units = ["kB", "MB", "GB", "TB"]
    guard bytes >= 1_000 else { return "\(bytes) B" }
    var value = Double(bytes) / 1_000
    var unit = 0
    while value >= 999.5, unit + 1 < units.count {
      value /= 1_000
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    let number = value < 9.95 ? "\(tenths / 10).\(tenths % 10)" : "\(Int(value.rounded()))"
    return "\(number) \(units[unit])"
  }

  private static func count(_ value: Int?) -> String { value.map(String.init) ?? "–" }
}
