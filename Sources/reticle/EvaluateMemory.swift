import Evaluation
import GroundTruth
import Storage

/// The figures of the last run, kept in the state folder so that the next can say what changed.
struct EvaluateMemory {
  /// What is kept of a run.
  struct Run {
    let date: String
    let figures: [String: Double]
  }

  /// The last run with the same dataset, truth, IoU and thresholds; nil if there was none.
  let last: Run?
  private let file: String?
  private let identity: String

  /// The figures that are kept, by the names they have in the JSON.
  static func figures(of overall: OverallFigures) -> [(name: String, value: Double?)] {
    [
      ("F1Score", overall.f1), ("Precision", overall.precision), ("Recall", overall.recall),
      ("AP50", overall.ap50), ("AP50:95", overall.ap),
    ]
  }

  /// Looks for the last run.
  init(of dataset: String, truth: String, iou: Double, threshold: Double?) {
    self.init(
      of: dataset, truth: truth, rule: "\(iou)\n\(threshold.map { "\($0)" } ?? "best F1")")
  }

  /// Looks for the last run by a rule of its own.
  init(of dataset: String, truth: String, rule: String) {
    let identity = "\(Self.realPath(dataset))\n\(truth)\n\(rule)"
    self.identity = identity
    file = StateFolder.standard.map { folder in
      "\(folder.path)/\(Fingerprint(of: Array(identity.utf8)))-evaluation.json"
    }
    last = file.flatMap(Self.contents).flatMap { Self.run(in: $0, of: identity) }
  }

  /// Keeps a run in place of the last; returns what went wrong.
  func keep(_ overall: OverallFigures) -> String? {
    keep(
      Self.figures(of: overall).compactMap { figure in figure.value.map { (figure.name, $0) } })
  }

  /// Keeps figures by their names in place of the last; returns what went wrong.
  func keep(_ named: [(String, Double)]) -> String? {
    guard let file else { return nil }
    let figures = named.map { (name: $0.0, value: JSONNumber.encode($0.1)) }
    let json = JSONStyle.compact.object([
      ("evaluation", JSONText.encode(identity)),
      ("date", JSONText.encode("\(Timestamp.now)")),
      ("figures", JSONStyle.compact.object(figures)),
    ])
    do throws(CheckProblem) {
      Self.makeFolders(above: file)
      let output = try CheckOutput(file)
      try output.append(json + [0x0A])
      try output.commit()
      return nil
    } catch {
      return error.message
    }
  }

  private static func run(in bytes: [UInt8], of identity: String) -> Run? {
    guard let json = try? JSONValue(parsing: bytes), json["evaluation"]?.string == identity,
      let date = json["date"]?.string, let members = json["figures"]?.members
    else { return nil }
    var figures: [String: Double] = [:]
    for member in members { figures[member.name] = member.value.double }
    return Run(date: date, figures: figures)
  }
}

/// What changed since the last run.
struct EvaluateChange {
  let since: String
  /// By name, for figures that both runs have.
  let differences: [String: Double]

  init(from last: EvaluateMemory.Run, to overall: OverallFigures) {
    since = last.date
    var differences: [String: Double] = [:]
    for (name, value) in EvaluateMemory.figures(of: overall) {
      if let value, let old = last.figures[name] { differences[name] = value - old }
    }
    self.differences = differences
  }
}
