import Synchronization

/// Where effects, on whatever thread, leave their events for the session.
public final class Mailbox: Sendable {
  private let events = Mutex<[Event]>([])
  private let wake: @Sendable () -> Void

  /// Creates a mailbox that calls `wake` after each event left in it.
  public init(wake: @escaping @Sendable () -> Void) {
    self.wake = wake
  }

  /// Leaves an event and ends the session's wait.
  public func post(_ event: Event) {
    events.withLock { $0.append(event) }
    wake()
  }

  /// Takes what was left, oldest first.
  public func take() -> [Event] {
    events.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
