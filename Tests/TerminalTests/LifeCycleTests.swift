import Cells
import Glibc
import TestSupport
import Testing

/// The terminal is given back, whatever ends the program.
struct LifeCycleTests {
  private func expectRestored(_ running: PseudoTerminal) {
    let screen = running.screen
    #expect(!screen.isAlternateScreen)
    #expect(screen.isCursorVisible)
    #expect(!screen.isMouseOn)
    let output = String(decoding: running.output, as: UTF8.self)
    #expect(output.contains("\u{1B}[?2004l") && output.contains("\u{1B}[?1004l"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `asked to end, the program ends by itself`(_ signal: Int32) async throws {
    let running = try probe("echo")
    try await running.waitFor("ready")
    #expect(running.screen.isAlternateScreen && running.screen.isMouseOn)
    #expect(!running.screen.isCursorVisible)
    running.kill(signal)
    #expect(try await running.waitForExit() == .code(0))
    expectRestored(running)
  }

  @Test func `Ctrl+C is a key`() async throws {
    let running = try probe("echo")
    try await running.waitFor("ready")
    running.send("\u{3}")
    #expect(try await running.waitForExit() == .code(0))
    expectRestored(running)
  }

  @Test func `messages wait until the screen is gone`() async throws {
    let running = try probe("echo")
    try await running.waitFor("ready")
    running.send("ek")
    try await running.waitFor("key k")
    #expect(!running.screen.contains("a message"))
    running.send("\u{3}")
    #expect(try await running.waitForExit() == .code(0))
    #expect(running.screen.contains("a message of the program"))
  }

  @Test(arguments: [
    ("abort", PseudoTerminal.Exit.signal(SIGABRT), "the last words"),
    ("trap", .signal(trapSignal), "a broken promise"),
    ("fault", .signal(SIGSEGV), "the last words"), ("exit", .code(3), "the last words"),
  ])
  func `a crash leaves a working terminal and its message`(
    _ kind: String, _ exit: PseudoTerminal.Exit, _ message: String
  ) async throws {
    // Tall enough for the trace that the runtime prints.
    let running = try probe("crash", kind, size: CellSize(columns: 100, rows: 80))
    try await running.waitFor("ready")
    running.send("x")
    #expect(try await running.waitForExit() == exit)
    expectRestored(running)
    #expect(running.screen.text.replacing("\n", with: "").contains(message))
  }

  #if arch(x86_64) || arch(i386)
  static let trapSignal = SIGILL
  #else
  static let trapSignal = SIGTRAP
  #endif

  @Test func `a size that changes is heard of`() async throws {
    let running = try probe("echo")
    try await running.waitFor("ready")
    running.resize(to: CellSize(columns: 71, rows: 19))
    try await running.waitFor("resize 71x19")
  }

  @Test func `stopped from outside and continued, the program draws anew`() async throws {
    let running = try probe("echo")
    try await running.waitFor("ready")
    running.kill(SIGSTOP)
    running.kill(SIGCONT)
    try await running.waitFor("resize 60x20")
  }

  @Test func `a program without a shell comes back from a suspension`() async throws {
    let running = try probe("echo")
    try await running.waitFor("ready")
    // The kernel does not stop a group that nobody could continue.
    running.send("S")
    try await running.waitFor("resize 60x20")
    #expect(running.screen.isAlternateScreen && running.screen.isMouseOn)
  }

  @Test(arguments: [
    (["TERM": ""], "TERM is not set"), (["TERM": "dumb"], "cannot move its cursor"),
    (["TERM": "no-such-terminal"], "not in the terminfo database"),
  ])
  func `a terminal that cannot be drawn on is refused in a sentence`(
    _ environment: [String: String], _ message: String
  ) async throws {
    let running = try PseudoTerminal(
      BuiltProduct.path("TerminalProbe"), ["echo"], environment: environment)
    #expect(try await running.waitForExit() == .code(1))
    #expect(running.screen.text.replacing("\n", with: "").contains(message))
  }

  @Test func `without a terminal the program says so`() async throws {
    let running = try PseudoTerminal(
      "/bin/sh", ["-c", "\"$0\" echo </dev/null", BuiltProduct.path("TerminalProbe")],
      size: CellSize(columns: 200, rows: 5))
    #expect(try await running.waitForExit() == .code(1))
    #expect(running.screen.contains("must be a terminal"))
  }

  @Test func `standard error in a file gets its lines at once`() async throws {
    let running = try PseudoTerminal(
      "/bin/sh", ["-c", "\"$0\" echo 2>&1 >/dev/tty | cat", BuiltProduct.path("TerminalProbe")])
    try await running.waitFor("ready")
    running.send("e")
    try await running.waitFor("a message of the program")
    running.send("\u{3}")
    #expect(try await running.waitForExit() == .code(0))
  }
}
