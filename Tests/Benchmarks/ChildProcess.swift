import Glibc

/// Something that keeps a benchmark from running, with the way out.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
}

/// A program run to its end; its standard output is thrown away or goes to a file.
struct ChildProcess {
  /// From its start to its end, in milliseconds.
  let wall: Double
  /// Its processor time, in milliseconds.
  let processor: Double
  /// The most anonymous memory it was seen to have, in megabytes.
  let peakMemory: Double

  /// Runs a program.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: Its arguments, without its name.
  ///   - outputPath: A file for its standard output.
  ///   - feed: Writes its standard input to a file descriptor; without it there is none.
  ///   - codes: The exit codes that are no failure.
  /// - Throws: ``BenchmarkError`` if it does not start or fails.
  init(
    _ path: String, _ arguments: [String], outputPath: String = "/dev/null",
    feed: ((Int32) -> Void)? = nil, codes: ClosedRange<Int32> = 0...0
  ) throws {
    let start = ContinuousClock.now
    var ends: [Int32] = [-1, -1]
    if feed != nil, pipe(&ends) != 0 { throw BenchmarkError(description: "no pipe") }
    // Closed in every other child: one that held an end would keep this one waiting.
    for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let process = try Self.spawn(
      path, arguments, input: ends[0], outputPath: outputPath)
    // Not the maximum that wait4 tells, which this process's own memory goes into.
    let watch = MemoryWatch(process: process)
    if let feed {
      close(ends[0])
      feed(ends[1])
      close(ends[1])
    }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    wall = (ContinuousClock.now - start).milliseconds
    processor = Self.milliseconds(usage.ru_utime) + Self.milliseconds(usage.ru_stime)
    watch.stop()
    peakMemory = Double(watch.peak) / 1e6
    guard status & 0x7F == 0, codes.contains(status >> 8) else {
      throw BenchmarkError(description: "\(path) failed (wait status \(status))")
    }
  }

  /// The path of a program of the system, if it is installed.
  static func find(_ name: String) -> String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(name)" }
      .first { access($0, X_OK) == 0 }
  }

  private static func spawn(
    _ path: String, _ arguments: [String], input: Int32, outputPath: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if input >= 0 {
      posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var argv = ([path] + arguments).map { strdup($0) }
    defer { for pointer in argv { free(pointer) } }
    argv.append(nil)
    var process: pid_t = 0
    let error = posix_spawn(&process, path, &actions, nil, argv, environ)
    guard error == 0 else {
      throw BenchmarkError(description: "\(path): \(String(cString: strerror(error)))")
    }
    return process
  }

  private static func milliseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1_000 + Double(time.tv_usec) / 1_000
  }
}
