import Cells
import Glibc
import TestSupport
import Testing

/// Stopping to a shell and coming back takes a real shell with job control, here in a real tmux.
@Suite(.enabled(if: access("/usr/bin/tmux", X_OK) == 0 && access("/bin/bash", X_OK) == 0))
struct SuspendTests {
  @Test func `the shell gets a clean terminal, and fg brings the screen back`() async throws {
    let socket = "/tmp/reticle-suspend-\(getpid()).tmux"
    defer { unlink(socket) }
    let shell = "/bin/bash --norc --noprofile -i"
    let running = try PseudoTerminal(
      "/usr/bin/tmux", ["-u", "-S", socket, "-f", "/dev/null", "new-session", shell],
      environment: [
        "PROMPT_COMMAND": "echo at the prompt", "PROBE": BuiltProduct.path("TerminalProbe"),
      ])
    // The server outlives its terminal; it ends with its last shell.
    defer { running.send("\u{3}\u{3}q\rexit\rexit\r") }
    try await running.waitFor("at the prompt")
    running.send("$PROBE echo\r")
    try await running.waitFor("ready 80x23")
    #expect(running.screen.isMouseOn)

    running.send("S")
    try await running.waitFor("Stopped")
    #expect(!running.screen.isMouseOn)
    running.send("stty -a | grep -o ' icanon.*echo ' && echo cook''ed\r")
    try await running.waitFor("cooked")

    running.resize(to: CellSize(columns: 90, rows: 30))
    running.send("fg\r")
    let screen = try await running.waitFor("resize 90x29")
    #expect(screen.contains("key S") && !screen.contains("Stopped"))
    try await running.waitUntil("the mouse on") { $0.isMouseOn }

    running.send("k\u{3}")
    try await running.waitFor("at the prompt")
    running.send("exit\r")
    #expect(try await running.waitForExit() == .code(0))
  }
}
