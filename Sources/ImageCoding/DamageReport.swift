/// What to tell of a file that could be shown though something is wrong with it.
struct DamageReport {
  /// Whether the data stop before the image is complete.
  let endedEarly: Bool
  /// The decoder's words for data that made no sense.
  let damage: String?
  /// The share of what was asked for that is missing, 0 … 1.
  let missing: Double
  /// Whether what is missing is detail everywhere rather than the lower part.
  let isCoarse: Bool

  /// The end of a sentence that begins with the file's name, or nil.
  var text: String? {
    if endedEarly, isCoarse { return "ends early: its finer detail is missing" }
    if endedEarly { return "ends early: \(missingPart)" }
    if let damage {
      return missing > 0 ? "is damaged: \(missingPart) (\(damage))" : "is damaged (\(damage))"
    }
    return nil
  }

  private var missingPart: String {
    if missing == 1 { return "this part is missing" }
    let percent = Int((missing * 100).rounded())
    return percent == 0 ? "its last rows may be missing" : "the lower \(percent) % is missing"
  }
}
