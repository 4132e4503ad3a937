import CSignals
import Glibc
import Synchronization

/// A program that was started, without a shell, and that ends with all that it started.
///
/// It is the leader of a session, so that it can neither ask on the terminal nor leave a child
/// behind when it is stopped.
public final class ChildProcess: Sendable {
  /// Which of its three files are pipes to this process; the others are `/dev/null`.
  public struct Pipes: OptionSet, Sendable {
    /// The bits.
    public let rawValue: Int

    /// Creates a set from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// What it reads.
    public static let input = Pipes(rawValue: 1)
    /// What it gives as its result.
    public static let output = Pipes(rawValue: 2)
    /// What it says on standard error.
    public static let messages = Pipes(rawValue: 4)
  }

  private struct Life {
    var code: Int32?
    var descriptors: [Int32] = [-1, -1, -1]
  }

  private let life = Mutex(Life())
  private let process: pid_t

  /// Hidden from Swift's Glibc module, which is built without `_GNU_SOURCE` (`<spawn.h>`).
  private static let newSession: Int16 = 0x80

  /// Starts a program; nil, with `errno` set, if the system can't.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: Its arguments, each as it is: no shell reads them.
  ///   - environment: Variables as `NAME=value`, beside those of this process.
  ///   - pipes: Which of its files are pipes to this process, whose ends here never block.
  ///   - shared: A file of this process that the program has too, as one whose lock it shares.
  ///   - outputFile: The file, made for the user alone, for its results where those are no pipe.
  public init?(
    _ path: String, _ arguments: [String], environment: [String] = [], pipes: Pipes,
    sharing shared: Int32? = nil, outputFile: String? = nil
  ) {
    // Where whoever started this process ignores its children's ends, nobody could wait for them.
    signal(SIGCHLD, SIG_DFL)
    var ours: [Int32] = [-1, -1, -1]
    var theirs: [Int32] = [-1, -1, -1]
    defer { for end in theirs where end >= 0 { close(end) } }
    for file in 0..<3 where pipes.contains(Pipes(rawValue: 1 << file)) {
      var ends: [Int32] = [-1, -1]
      guard nonblocking_pipe(&ends) else {
        let error = errno
        for end in ours where end >= 0 { close(end) }
        errno = error
        return nil
      }
      // The pipe's second end is for writing, which only with the program's input is ours.
      (ours[file], theirs[file]) = file == 0 ? (ends[1], ends[0]) : (ends[0], ends[1])
      // Only our end is not to wait.
      _ = fcntl(theirs[file], F_SETFL, fcntl(theirs[file], F_GETFL) & ~O_NONBLOCK)
    }
    var process: pid_t = 0
    let error = Self.spawn(
      &process, path, arguments, environment, files: theirs, shared: shared, outputFile: outputFile)
    guard error == 0 else {
      for end in ours where end >= 0 { close(end) }
      errno = error
      return nil
    }
    self.process = process
    life.withLock { $0.descriptors = ours }
  }

  deinit {
    life.withLock { life in
      for end in life.descriptors where end >= 0 { close(end) }
    }
  }

  /// The end of the pipe that the program reads; -1 if there is none, or it is closed.
  public var input: Int32 { life.withLock { $0.descriptors[0] } }
  /// The end of the pipe that its results come from; -1 if there is none.
  public var output: Int32 { life.withLock { $0.descriptors[1] } }
  /// The end of the pipe that its messages come from; -1 if there is none.
  public var messages: Int32 { life.withLock { $0.descriptors[2] } }

  /// Ends the program's input.
  public func closeInput() {
    life.withLock { life in
      if life.descriptors[0] >= 0 { close(life.descriptors[0]) }
      life.descriptors[0] = -1
    }
  }

  /// Sends a signal to the program and to all that it started.
  public func send(_ signal: Int32) {
    life.withLock { life in
      // A number that was waited for may be another's by now.
      if life.code == nil { kill(-process, signal) }
    }
  }

  /// How the program ended, 128 and its number for what a signal ended; nil while it runs.
  public func reap() -> Int32? {
    life.withLock { life in
      if let code = life.code { return code }
      var information = siginfo_t()
      let options = WEXITED | WNOHANG | WNOWAIT
      let result = waitid(P_PID, id_t(process), &information, options)
      if result == 0 && information.si_signo == 0 || result < 0 && errno == EINTR { return nil }
      // What it started and left behind goes too; until it is waited for, its number is its own.
      kill(-process, SIGKILL)
      var status: Int32 = 0
      let isFound = waitpid(process, &status, 0) == process
      let signal = status & 0x7F
      let code = !isFound ? 255 : signal == 0 ? status >> 8 & 0xFF : 128 + signal
      life.code = code
      return code
    }
  }

  // MARK: Starting

  private static func spawn(
    _ process: inout pid_t, _ path: String, _ arguments: [String], _ environment: [String],
    files: [Int32], shared: Int32?, outputFile: String?
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (file, end) in files.enumerated() {
      if end >= 0 {
        posix_spawn_file_actions_adddup2(&actions, end, Int32(file))
      } else if file == 1, let outputFile {
        posix_spawn_file_actions_addopen(
          &actions, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      } else {
        posix_spawn_file_actions_addopen(
          &actions, Int32(file), "/dev/null", file == 0 ? O_RDONLY : O_WRONLY, 0)
      }
    }
    // Whatever else is open here is none of its business.
    for file in 3..<max(3, shared ?? 3) { posix_spawn_file_actions_addclose(&actions, file) }
    _ = close_files_from(&actions, max(3, (shared ?? 2) + 1))
    // Under its own number, which is then not closed when the program begins.
    if let shared { posix_spawn_file_actions_adddup2(&actions, shared, shared) }
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
}
