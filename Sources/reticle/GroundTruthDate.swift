import Glibc

/// Dates as manifests have them.
enum GroundTruthDate {
  /// Now, as `YYYY-MM-DDTHH:MM:SS.ffffff` in UTC.
  static var now: String {
    let seconds = WallClock.secondsSince1970()
    var whole = time_t(seconds.rounded(.down))
    let microseconds = min(999_999, Int((seconds - seconds.rounded(.down)) * 1_000_000))
    var parts = tm()
    guard gmtime_r(&whole, &parts) != nil else { return "" }
    func padded(_ number: Int, _ digits: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    return padded(Int(parts.tm_year) + 1900, 4) + "-" + padded(Int(parts.tm_mon) + 1, 2) + "-"
      + padded(Int(parts.tm_mday), 2) + "T" + padded(Int(parts.tm_hour), 2) + ":"
      + padded(Int(parts.tm_min), 2) + ":" + padded(Int(parts.tm_sec), 2) + "."
      + padded(microseconds, 6)
  }
}
