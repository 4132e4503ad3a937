public import Cells
import Dispatch

/// A screen in memory that plays a script and keeps every frame.
@MainActor
public final class ScriptedScreen: Screen {
  /// A step of a script.
  public enum Step {
    /// Events that arrive together.
    case input([InputEvent])
    /// Waits, while background work wakes the program, until its last frame is as wanted.
    case untilFrame(String, @MainActor (CellGrid) -> Bool)
    /// The screen becomes another size.
    case resize(CellSize)
  }

  /// The size now.
  public private(set) var size: CellSize
  /// What the screen shows.
  public let capabilities: ScreenCapabilities
  /// Every frame drawn, in order.
  public private(set) var frames: [CellGrid] = []
  /// How often a repaint was asked for.
  public private(set) var repaints = 0
  /// How often the program stopped to the shell.
  public private(set) var suspensions = 0
  /// How often the bell rang.
  public private(set) var bells = 0
  /// Waits of the script that were in vain, by their names: a test expects none.
  public private(set) var timedOut: [String] = []

  private var script: ArraySlice<Step>
  private let patience: Duration
  private var waitingSince: ContinuousClock.Instant?
  private let signal = WakeSignal()

  /// Creates a screen that plays a script and then asks the program to end.
  ///
  /// - Parameters:
  ///   - size: The size in cells.
  ///   - capabilities: What it shows.
  ///   - script: The steps in order.
  ///   - patience: How long a wait for a frame may take.
  public init(
    size: CellSize = CellSize(columns: 80, rows: 24),
    capabilities: ScreenCapabilities = ScreenCapabilities(depth: .truecolor, isUnicode: true),
    script: [Step] = [], patience: Duration = .seconds(60)
  ) {
    self.size = size
    self.capabilities = capabilities
    self.script = script[...]
    self.patience = patience
  }

  /// The last frame drawn, or a blank one.
  public var lastFrame: CellGrid { frames.last ?? CellGrid(size: size) }

  /// Keeps a frame.
  public func draw(_ frame: CellGrid) { frames.append(frame) }

  /// The next events of the script; `.terminate` when it is over.
  public func nextEvents(timeout: Duration?) -> [InputEvent] {
    guard let step = script.first else { return [.terminate] }
    switch step {
    case .input(let events):
      script.removeFirst()
      return events
    case .resize(let newSize):
      script.removeFirst()
      size = newSize
      return [.resize(newSize)]
    case .untilFrame(let name, let isWanted):
      if isWanted(lastFrame) {
        script.removeFirst()
        waitingSince = nil
        return nextEvents(timeout: timeout)
      }
      let since = waitingSince ?? .now
      waitingSince = since
      if ContinuousClock.now - since >= patience {
        timedOut.append(name)
        waitingSince = nil
        script.removeFirst()
      } else {
        signal.wait(min(timeout ?? patience, patience))
      }
      return []
    }
  }

  /// Ends the wait in `nextEvents`.
  public var waker: @Sendable () -> Void { { [signal] in signal.set() } }

  /// Counts a repaint.
  public func repaint() { repaints += 1 }

  /// Counts a suspension.
  public func suspend() { suspensions += 1 }

  /// Counts a bell.
  public func ring() { bells += 1 }
}

/// A flag that a thread can wait for.
private final class WakeSignal: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func set() { semaphore.signal() }

  func wait(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = Int(clamping: seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    _ = semaphore.wait(timeout: .now() + .nanoseconds(nanoseconds))
  }
}
