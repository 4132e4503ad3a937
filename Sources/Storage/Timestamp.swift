import Glibc

/// A moment, to the second, in universal time.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int

  /// Creates a moment.
  public init(seconds: Int) { self.seconds = seconds }

  /// Now.
  public static var now: Timestamp { Timestamp(seconds: time(nil)) }

  /// Whether one moment is before another.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

  /// The moment as `2024-05-01T12:34:56Z`.
  public var description: String {
    var seconds = seconds
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "\(seconds)" }
    func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(Int(parts.tm_year) + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
      + "T\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))Z"
  }

  /// The moment as a label attribute's metadata has it, `2024-05-01T12:34:56.000000`.
  public var creationDate: String { description.dropLast() + ".000000" }
}
