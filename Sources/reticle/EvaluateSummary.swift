import GroundTruth

/// A summary file that Custom Labels wrote of an evaluation.
///
/// Read in both forms that the guide gives: the figures of the whole flat, or under `Metrics`.
struct EvaluateSummary {
  /// Figures of a label or of the whole.
  struct Figures {
    let precision: Double?
    let recall: Double?
    let f1: Double?
    let threshold: Double?

    init(_ json: JSONValue?) {
      let inner = json?["Metrics"] ?? json
      precision = inner?["Precision"]?.double
      recall = inner?["Recall"]?.double
      f1 = inner?["F1Score"]?.double
      threshold = inner?["Threshold"]?.double
    }
  }

  let overall: Figures
  let labels: [String: Figures]

  /// Reads a summary file.
  ///
  /// - Throws: ``Failure``, which says what is wrong with it.
  init(_ path: String) throws {
    let files = try ConvertInput(path, images: nil, s3Prefix: nil)
    guard FileKind.of(path) == .file, let bytes = files.contents(of: files.paths[0]) else {
      throw Failure.saying("\(path) can't be read as a file; name a summary file", Failure.data)
    }
    guard let json = try? JSONValue(parsing: bytes), let whole = json["AggregatedEvaluationResults"]
    else {
      throw Failure.saying(
        "\(path): there is no “AggregatedEvaluationResults” in it; name the file that training "
          + "wrote, EvaluationResultSummary-….json", Failure.data)
    }
    overall = Figures(whole)
    var labels: [String: Figures] = [:]
    for item in json["LabelEvaluationResults"]?.elements ?? [] {
      if let name = item["Label"]?.string { labels[name] = Figures(item) }
    }
    self.labels = labels
  }
}
