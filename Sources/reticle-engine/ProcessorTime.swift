import Glibc

/// The processor time of this process, and the time on the wall.
enum ProcessorTime {
  /// The processor time so far, in seconds.
  static var now: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }
  /// A time that only moves forward, in seconds.
  static var wall: Double { seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
