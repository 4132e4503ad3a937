import CSignals
import Glibc
import Synchronization

/// A program that works on its own, without terminal or input, until it ends or is stopped.
///
/// It is the leader of a session, so that it can neither ask on the terminal nor leave a child
/// behind when it is stopped.
final class ChildProgram: Sendable {
  /// How a program ended.
  enum Ending: Hashable, Sendable {
    /// By itself; 0 is success, and what a signal ended has 128 and its number.
    case ended(code: Int32)
    /// Because nobody wants its work any more.
    case stopped
    /// Because it made no progress for too long.
    case stalled
    /// Because its file became too large.
    case tooLarge
  }

  /// How long a program may take, and how much it may write.
  struct Limits: Sendable {
    /// Without a new byte in its file.
    var stall: Duration = .seconds(90)
    /// In all.
    var total: Duration = .seconds(900)
    /// Bytes in its file.
    var size = 256 << 20
  }

  private struct Life {
    var isStopped = false
    var isReaped = false
  }

  private let life = Mutex(Life())
  private let process: pid_t
  private let messages: Int32

  /// Hidden from Swift's Glibc module, which is built without `_GNU_SOURCE` (`<spawn.h>`).
  private static let newSession: Int16 = 0x80

  /// Starts a program; nil, with `errno` set, if the system can't.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: Its arguments, each as it is: no shell reads them.
  ///   - environment: Variables as `NAME=value`, beside those of this process.
  ///   - output: The file for what it writes to standard output; nil to drop that.
  init?(
    _ path: String, _ arguments: [String], environment: [String], output: String? = nil
  ) {
    // Where whoever started this process ignores its children's ends, nobody could wait for them.
    signal(SIGCHLD, SIG_DFL)
    var ends: [Int32] = [-1, -1]
    guard nonblocking_pipe(&ends) else { return nil }
    defer { close(ends[1]) }
    // Only the reading end is not to wait.
    _ = fcntl(ends[1], F_SETFL, fcntl(ends[1], F_GETFL) & ~O_NONBLOCK)
    var process: pid_t = 0
    let error = Self.spawn(
      &process, path, arguments, environment, messages: ends[1], output: output ?? "/dev/null")
    guard error == 0 else {
      close(ends[0])
      errno = error
      return nil
    }
    self.process = process
    messages = ends[0]
  }

  deinit { close(messages) }

  /// Ends the program at once, with all that it started; `wait` then returns.
  func stop() {
    life.withLock { life in
      life.isStopped = true
      // A number that was waited for may be another's by now.
      if !life.isReaped { kill(-process, SIGKILL) }
    }
  }

  /// Waits for the end.
  ///
  /// - Parameters:
  ///   - file: The file that the program writes.
  ///   - limits: What it may take.
  /// - Returns: How it ended, and the last of what it said on standard error.
  func wait(writing file: String, limits: Limits) -> (Ending, message: String) {
    var message: [UInt8] = []
    var size = 0
    let start = ContinuousClock.now
    var lastProgress = start
    var end: Ending?
    while true {
      if let code = reap() {
        read(into: &message)
        return (
          end ?? (life.withLock { $0.isStopped } ? .stopped : .ended(code: code)),
          Self.text(message)
        )
      }
      waitForMessage()
      read(into: &message)
      let now = ContinuousClock.now
      let newSize = Self.size(of: file)
      if newSize != size { (size, lastProgress) = (newSize, now) }
      guard end == nil else { continue }
      if size > limits.size { end = .tooLarge }
      if now - lastProgress > limits.stall || now - start > limits.total { end = .stalled }
      if end != nil { life.withLock { if !$0.isReaped { kill(-process, SIGKILL) } } }
    }
  }

  // MARK: Starting

  private static func spawn(
    _ process: inout pid_t, _ path: String, _ arguments: [String], _ environment: [String],
    messages: Int32, output: String
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, messages, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, newSession | Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    return withCStrings([path] + arguments) { argv in
      withCStrings(environment + inherited(except: environment)) { envp in
        posix_spawn(&process, path, &actions, &attributes, argv, envp)
      }
    }
  }

  /// The variables of this process but those that are set anew.
  private static func inherited(except new: [String]) -> [String] {
    let names = new.map { $0.prefix { $0 != "=" } + "=" }
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if !names.contains(where: text.hasPrefix) { variables.append(text) }
      next += 1
    }
    return variables
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }

  // MARK: Waiting

  /// Waits until there is something to read or a twentieth of a second is over.
  private func waitForMessage() {
    var poll = pollfd(fd: messages, events: Int16(POLLIN), revents: 0)
    _ = Glibc.poll(&poll, 1, 50)
    // After the other end is closed there is nothing to wait on but the clock.
    if poll.revents & Int16(POLLIN) == 0, poll.revents != 0 { usleep(5_000) }
  }

  private func reap() -> Int32? {
    life.withLock { life in
      var status: Int32 = 0
      let found = waitpid(process, &status, WNOHANG)
      if found == 0 || found < 0 && errno == EINTR { return nil }
      life.isReaped = true
      guard found > 0 else { return 255 }
      let signal = status & 0x7F
      return signal == 0 ? status >> 8 & 0xFF : 128 + signal
    }
  }

  /// Reads what is there and keeps its end.
  private func read(into message: inout [UInt8]) {
    var piece = [UInt8](repeating: 0, count: 4_096)
    // Bounded, so that a program that never stops talking is not listened to for ever.
    for _ in 0..<64 {
      let count = Glibc.read(messages, &piece, piece.count)
      guard count > 0 else { return }
      message += piece.prefix(count)
      if message.count > 8_192 { message.removeFirst(message.count - 8_192) }
    }
  }

  private static func text(_ message: [UInt8]) -> String {
    String(decoding: message, as: UTF8.self)
  }

  private static func size(of file: String) -> Int {
    var status = stat()
    return stat(file, &status) == 0 ? Int(status.st_size) : 0
  }
}
