/// The dates that Ground Truth writes into `creation-date`.
public enum CreationDate {
  /// A moment as `YYYY-MM-DDTHH:MM:SS.ffffff` in universal time.
  public static func text(secondsSince1970 seconds: Double) -> String {
    let microseconds = Int((seconds * 1_000_000).rounded())
    let whole = microseconds.floorDivided(by: 1_000_000)
    let fraction = microseconds - whole * 1_000_000
    let days = whole.floorDivided(by: 86_400)
    let rest = whole - days * 86_400
    let date = civil(daysSince1970: days)
    return pad(date.year, 4) + "-" + pad(date.month, 2) + "-" + pad(date.day, 2) + "T"
      + pad(rest / 3600, 2) + ":" + pad(rest / 60 % 60, 2) + ":" + pad(rest % 60, 2) + "."
      + pad(fraction, 6)
  }

  /// The Gregorian date of a day, after Howard Hinnant's `civil_from_days`.
  private static func civil(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }

  private static func pad(_ value: Int, _ digits: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension Int {
  /// The quotient rounded towards negative infinity.
  fileprivate func floorDivided(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
