import Testing

/// How many tests may have a program running at a time: on a small machine many at once would
/// only wait for each other.
actor Seats {
  private static let all = Seats(count: 4)
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  private init(count: Int) { free = count }

  private func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func giveBack() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }

  /// Runs a test while it has a seat.
  static func withSeat(_ body: () async throws -> Void) async throws {
    await all.take()
    do {
      try await body()
    } catch {
      await all.giveBack()
      throw error
    }
    await all.giveBack()
  }
}

/// Lets each test of a suite wait for a seat.
struct SeatTrait: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await Seats.withSeat(function)
  }
}

extension Trait where Self == SeatTrait {
  /// Tests that start programs on terminals.
  static var onTerminal: Self { SeatTrait() }
}
