import CNcurses
import CSignals
public import Cells
import Glibc

/// The terminal that the program runs in, by way of ncurses.
///
/// One at a time. From `init` to ``close()`` the terminal shows the program's screen; on a crash or
/// `exit` it is given back as well, and what was written to standard error meanwhile is shown then.
@MainActor
public final class CursesScreen: Screen {
  /// The size now, in cells.
  public private(set) var size: CellSize
  /// What the terminal shows.
  public let capabilities: ScreenCapabilities

  private let session: CursesSession
  private let painter: FramePainter
  private let wakePipe: WakePipe
  private let signals: Int32
  private var decoder = InputDecoder()
  private var pending: [InputEvent] = []
  private var isOpen = true
  private var updateStart = Duration.zero
  private var drain: DrainMeter?
  private let clock = ContinuousClock()
  private let start = ContinuousClock.now

  /// Opens the terminal of standard input and output.
  ///
  /// - Parameters:
  ///   - options: How to open it.
  ///   - environment: The environment variables that say what the terminal is.
  /// - Throws: ``TerminalError`` if there is no terminal or it cannot be drawn on.
  public init(
    options: TerminalOptions = TerminalOptions(),
    environment: [String: String] = CursesScreen.processEnvironment
  ) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    guard let terminal = environment["TERM"], !terminal.isEmpty else { throw .noTerminalName }
    guard terminal != "dumb" else { throw .tooSimple(name: terminal) }
    let repertoire = GlyphRepertoire.adoptingLocale(of: environment)
    let depth = ColorDetection.depth(
      choice: options.color, environment: environment, terminal: terminal)
    wakePipe = try WakePipe()
    // Before curses, which leaves signals alone that have a handler.
    signals = signal_pipe_open()
    guard signals >= 0 else { throw .cannotOpen(reason: "a screen is already open") }
    do throws(TerminalError) {
      session = try CursesSession(terminal: terminal, depth: depth, mouse: options.mouse)
    } catch {
      signal_pipe_close()
      throw error
    }
    capabilities = ScreenCapabilities(
      depth: session.depth, isUnicode: repertoire.isUnicode,
      hasLegacyComputing: repertoire.isUnicode
        && GlyphDetection.hasLegacyComputing(environment: environment, terminal: terminal))
    painter = FramePainter(depth: session.depth, repertoire: repertoire)
    size = session.adoptSize()
    painter.prepare(for: size)
    if options.measuresDrain { drain = DrainMeter() }
    session.enter()
  }

  isolated deinit { close() }

  /// The environment variables of this process.
  public nonisolated static var processEnvironment: [String: String] {
    var variables: [String: String] = [:]
    let names = [
      "TERM", "COLORTERM", "NO_COLOR", "STY", "TMUX", "LC_ALL", "LC_CTYPE", "LANG", "TERM_PROGRAM",
      "VTE_VERSION", "SSH_CONNECTION",
    ]
    for name in names {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    return variables
  }

  /// Whether the terminal is known to be on another machine.
  ///
  /// Only then are frames timed: nearby, a slow answer tells of a busy machine.
  public nonisolated static var isRemote: Bool {
    processEnvironment["SSH_CONNECTION"].map { !$0.isEmpty } ?? false
  }

  /// Gives the terminal back for good; afterwards nothing is drawn and the only event is the end.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    awaitReport()
    session.leave()
    session.dispose()
    signal_pipe_close()
    wakePipe.close()
  }

  /// Shows a frame, sending only what changed since the last one.
  ///
  /// A frame of another size, drawn before the resize was heard of, is cut or filled with blanks.
  public func draw(_ frame: CellGrid) {
    guard isOpen else { return }
    updateStart = now
    if frame.size == size {
      painter.paint(frame)
    } else {
      var fitted = CellGrid(size: size)
      fitted.draw(frame, at: CellPoint(column: 0, row: 0))
      painter.paint(fitted)
    }
    measureDrain()
  }

  /// Bytes a second that the way to the terminal was seen to carry.
  public var drainRate: Double? { drain?.rate }

  /// Whether the terminal hasn't said yet that it has read the last large frame.
  public var isBehind: Bool { drain?.isBehind(at: now) ?? false }

  private func measureDrain() {
    guard drain?.begin(bytes: painter.updateBytes, at: updateStart) ?? false else { return }
    FramePainter.send(DrainMeter.question)
  }

  /// Waits a while for an answer that is on its way, or the shell would take it for typing.
  private func awaitReport() {
    guard drain?.isWaiting ?? false else { return }
    let end = now + .seconds(2)
    while drain?.isWaiting ?? false, now < end {
      var file = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&file, 1, 50) >= 0 else { break }
      guard Int32(file.revents) & (POLLHUP | POLLERR | POLLNVAL) == 0 else { break }
      if file.revents != 0, readCodes() == 0 { break }
    }
  }

  /// Sends the whole of the last frame again.
  public func repaint() {
    guard isOpen else { return }
    painter.clearBeforeNextUpdate()
    painter.paint(nil)
  }

  /// Sounds the bell.
  public func ring() {
    if isOpen { FramePainter.send("\u{7}") }
  }

  /// Ends the wait in `nextEvents`, from any thread.
  public var waker: @Sendable () -> Void {
    { [wakePipe] in wakePipe.wake() }
  }

  /// Stops the program's process group until it is continued; then a resize event asks for a frame.
  public func suspend() {
    guard isOpen else { return }
    awaitReport()
    session.leave()
    // The whole group, as the terminal itself would: a shell script around waits with us.
    kill(0, SIGTSTP)
    // The reading side of the pipe still holds the news of being continued: it is no news.
    let news = WakePipe.readAll(from: signals)
    if news.contains(UInt8(SIGNAL_TERMINATED)) { pending.append(.terminate) }
    session.enter()
    session.resumeModes()
    takeSize()
  }

  // The size, asked again even if no signal came: a stopped program hears none.
  private func takeSize() {
    size = session.adoptSize()
    painter.prepare(for: size)
    pending.append(.resize(size))
  }
}

// MARK: - Input

extension CursesScreen {
  // So much is read before events are given out that a flood cannot starve the screen.
  private static let mostCodesAtOnce = 65_536

  /// Waits for input, for the waker, or for the timeout, and returns what came.
  ///
  /// Of drags that came together only the last is returned. When the terminal is gone, every call
  /// returns `.terminate`.
  public func nextEvents(timeout: Duration?) -> [InputEvent] {
    guard isOpen else { return [.terminate] }
    let end = timeout.map { now + $0 }
    var isWoken = false
    let wasBehind = isBehind
    while true {
      let count = readCodes()
      takeSignals()
      isWoken = isWoken || wasBehind && !isBehind
      let events = takeEvents()
      if !events.isEmpty || isWoken { return events }
      // What curses has read is invisible to poll, so more of it is never waited for.
      if count == Self.mostCodesAtOnce { continue }
      if let end, now >= end { return [] }
      let wait = poll(until: [end, decoder.deadline].compactMap { $0 }.min())
      if wait == .hungUp { return [.terminate] }
      isWoken = wakePipe.drain()
    }
  }

  private var now: Duration { clock.now - start }

  private func readCodes() -> Int {
    var count = 0
    while count < Self.mostCodesAtOnce {
      let code = wgetch(nc_stdscr())
      if code == ERR { break }
      decoder.feed(code, at: now)
      count += 1
    }
    let time = now
    decoder.drained(at: time)
    drain?.take(reports: decoder.attributeReports, at: time)
    decoder.expire(at: time)
    return count
  }

  private func takeSignals() {
    let news = WakePipe.readAll(from: signals)
    if news.contains(UInt8(SIGNAL_CONTINUED)) {
      session.resumeModes()
      takeSize()
    } else if news.contains(UInt8(SIGNAL_RESIZED)) {
      takeSize()
    }
    if news.contains(UInt8(SIGNAL_TERMINATED)) { pending.append(.terminate) }
  }

  private func takeEvents() -> [InputEvent] {
    let events = pending + decoder.takeEvents()
    pending = []
    return InputBatch.coalescing(events, within: size)
  }

  private enum Wait {
    case ended
    case hungUp
  }

  private func poll(until end: Duration?) -> Wait {
    var files = [STDIN_FILENO, wakePipe.readEnd, signals].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let result = Glibc.poll(&files, nfds_t(files.count), milliseconds(until: end))
    guard result > 0 else { return .ended }
    let input = Int32(files[0].revents)
    if input & (POLLHUP | POLLERR | POLLNVAL) != 0 { return .hungUp }
    guard input & POLLIN != 0 else { return .ended }
    // Readable with nothing to read is the end of the file.
    var available: Int32 = 0
    let isKnown = ioctl(STDIN_FILENO, UInt(FIONREAD), &available) == 0
    return isKnown && available > 0 ? .ended : .hungUp
  }

  private func milliseconds(until end: Duration?) -> Int32 {
    guard let end else { return -1 }
    let (seconds, attoseconds) = max(.zero, end - now).components
    let exact = seconds.multipliedReportingOverflow(by: 1_000)
    guard !exact.overflow else { return Int32.max }
    // Rounded up, or the last millisecond would be spent in a busy loop.
    return Int32(clamping: exact.partialValue + attoseconds / 1_000_000_000_000_000 + 1)
  }
}
