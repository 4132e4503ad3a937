import CPseudoTerminal
import CVterm
import Cells
import Glibc
import Synchronization

/// The terminal's side: reads what the program writes, on a thread of its own.
///
/// Unchecked because libvterm's state is a pointer; every use of it is inside `withTerminal`, which
/// holds the lock.
final class Emulator: @unchecked Sendable {
  private struct State {
    var size: CellSize
    var byteCount = 0
    var log: [UInt8] = []
    var arrivals: [PseudoTerminal.Arrival] = []
    var isAtEnd = false
    /// How many bytes may still be read; nil for all.
    var allowance: Int?
    /// Whether a frame was begun and is not written to its end yet.
    var isMidFrame = false
    /// The last bytes, which may be the start of a sequence.
    var tail: [UInt8] = []
  }

  private static let logLimit = 64 << 20

  let master: Int32
  private let terminal: OpaquePointer
  private let modes: UnsafeMutablePointer<cvterm_modes>
  private let state: Mutex<State>

  /// Takes over the terminal's end of a pseudo-terminal; it is closed with the emulator.
  init(master: Int32, size: CellSize) throws {
    self.master = master
    modes = .allocate(capacity: 1)
    modes.initialize(to: cvterm_modes())
    guard let terminal = cvterm_new(Int32(size.rows), Int32(size.columns), modes) else {
      modes.deallocate()
      close(master)
      throw PseudoTerminalError(description: "libvterm does not start")
    }
    self.terminal = terminal
    state = Mutex(State(size: size))
  }

  deinit {
    vterm_free(terminal)
    modes.deallocate()
    close(master)
  }

  private func withTerminal<Result>(_ body: (inout State) -> Result) -> Result {
    state.withLock { body(&$0) }
  }

  /// Reads on a thread until the program's side is closed; the thread keeps the emulator alive.
  func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let result = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Emulator>.fromOpaque(context).takeRetainedValue().readToEnd() }
        return nil
      }, context)
    if result == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<Emulator>.fromOpaque(context).release()
    }
  }

  private func readToEnd() {
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      // What may be read is asked when there is something: it may have changed since the last.
      var file = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&file, 1, -1) >= 0 || errno == EINTR else { break }
      let most = allowance ?? block.count
      guard most > 0 else {
        usleep(500)
        continue
      }
      let count = read(master, &block, min(most, block.count))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      let time = ContinuousClock.now
      let replies = withTerminal { state in
        block.withUnsafeBytes {
          _ = vterm_input_write(terminal, $0.bindMemory(to: CChar.self).baseAddress, count)
        }
        state.byteCount += count
        if let allowance = state.allowance { state.allowance = max(0, allowance - count) }
        state.arrivals.append(PseudoTerminal.Arrival(byteCount: state.byteCount, time: time))
        if state.log.count < Self.logLimit { state.log += block[..<count] }
        followFrames(block[..<count], in: &state)
        return takeOutput()
      }
      write(replies)
    }
    withTerminal { $0.isAtEnd = true }
  }

  /// Follows the marks of synchronized updates around each frame, `CSI ? 2026 h` and `l`.
  private func followFrames(_ block: ArraySlice<UInt8>, in state: inout State) {
    let mark = Array("\u{1B}[?2026".utf8)
    let bytes = state.tail + block
    var end = bytes.count
    while let start = bytes[..<end].lastIndex(of: 0x1B) {
      let rest = bytes[start...]
      if rest.count > mark.count, rest.starts(with: mark) {
        state.isMidFrame = rest[start + mark.count] == UInt8(ascii: "h")
        break
      }
      end = start
    }
    state.tail = Array(bytes.suffix(mark.count))
  }

  private func takeOutput() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: vterm_output_get_buffer_current(terminal))
    let count = bytes.withUnsafeMutableBytes {
      vterm_output_read(terminal, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
    }
    return Array(bytes[..<count])
  }

  /// Sends bytes to the program.
  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Sends what the terminal makes of some input, in the mode the program switched on.
  func send(_ input: (OpaquePointer) -> Void) {
    let bytes = withTerminal { _ in
      input(terminal)
      return takeOutput()
    }
    write(bytes)
  }

  func resize(to size: CellSize) {
    withTerminal { state in
      vterm_set_size(terminal, Int32(size.rows), Int32(size.columns))
      state.size = size
    }
    _ = pseudo_terminal_resize(master, Int32(size.rows), Int32(size.columns))
  }

  /// How many bytes may still be read; nil for all.
  var allowance: Int? {
    get { withTerminal { $0.allowance } }
    set { withTerminal { $0.allowance = newValue } }
  }

  var byteCount: Int { withTerminal { $0.byteCount } }
  var log: [UInt8] { withTerminal { $0.log } }
  func log(since count: Int) -> [UInt8] { withTerminal { Array($0.log.dropFirst(count)) } }
  var arrivals: [PseudoTerminal.Arrival] { withTerminal { $0.arrivals } }
  var isAtEnd: Bool { withTerminal { $0.isAtEnd } }

  var snapshot: TerminalSnapshot {
    withTerminal { state in
      let raw = [cvterm_cell](unsafeUninitializedCapacity: state.size.area) { buffer, count in
        cvterm_copy(
          terminal, Int32(state.size.rows), Int32(state.size.columns), buffer.baseAddress)
        count = state.size.area
      }
      return TerminalSnapshot(
        raw: raw, size: state.size, isCursorVisible: modes.pointee.cursor_visible,
        isAlternateScreen: modes.pointee.alternate_screen,
        isMouseOn: modes.pointee.mouse != 0, bells: Int(modes.pointee.bells),
        isMidFrame: state.isMidFrame)
    }
  }
}
