public import Cells

/// The loop: shows the state, waits, reduces what came, and has its effects performed.
@MainActor
public final class Session {
  /// What the session knows.
  public private(set) var state: State
  private let screen: any Screen
  private let mailbox: Mailbox
  private let clock: () -> Double
  private let perform: (Effect) -> Void
  private var knownRate: Double?
  private var wasBehind = false

  /// Creates a session.
  ///
  /// - Parameters:
  ///   - state: What to begin with.
  ///   - screen: Where it is shown.
  ///   - mailbox: Where effects put their events.
  ///   - clock: The time, in seconds since 1970.
  ///   - perform: Performs an effect; must not block.
  public init(
    state: State, screen: any Screen, mailbox: Mailbox, clock: @escaping () -> Double,
    perform: @escaping (Effect) -> Void
  ) {
    self.state = state
    self.screen = screen
    self.mailbox = mailbox
    self.clock = clock
    self.perform = perform
  }

  /// Runs until the person leaves.
  public func run() {
    handle(.input(.resize(screen.size)))
    while !state.isFinished {
      for event in mailbox.take() { handle(event) }
      guard !state.isFinished else { break }
      screen.draw(state.frame)
      _ = followLink()
      let inputs = screen.nextEvents(timeout: state.patience)
      let arrived = mailbox.take()
      // Only the terminal may have ended the wait, by catching up.
      let hasChanged = followLink()
      if inputs.isEmpty, arrived.isEmpty, !hasChanged { handle(.pause) }
      for event in arrived { handle(event) }
      for input in inputs where !state.isFinished { handle(.input(input)) }
    }
    handle(.pause)
  }

  /// Tells the state how the way to the terminal does; returns whether there was anything new.
  private func followLink() -> Bool {
    if let rate = screen.drainRate, rate != knownRate {
      knownRate = rate
      handle(.drained(bytesPerSecond: rate))
    }
    guard screen.isBehind != wasBehind else { return false }
    wasBehind.toggle()
    handle(.link(isBehind: wasBehind))
    return true
  }

  private func handle(_ event: Event) {
    for effect in state.reduce(event, at: clock()) {
      switch effect {
      case .repaint: screen.repaint()
      case .suspend: screen.suspend()
      case .ring: screen.ring()
      default: perform(effect)
      }
    }
  }
}
