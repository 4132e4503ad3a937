/// How pieces of work that don't depend on each other are done: one after the other, or some at a
/// time on the threads that the program has.
public struct Spread: Sendable {
  private let run: @Sendable (Int, @Sendable (Int) -> Void) -> Void

  /// Creates a way of doing work.
  ///
  /// - Parameter run: Calls its second argument with each number below its first one, on any
  ///   threads, and returns when all calls have.
  public init(_ run: @escaping @Sendable (_ count: Int, _ piece: @Sendable (Int) -> Void) -> Void) {
    self.run = run
  }

  /// One piece after the other, on the caller's thread.
  public static let inOrder = Spread { count, piece in
    for index in 0..<count { piece(index) }
  }

  /// Calls a function for each number below a count, and returns when all calls have.
  func callAsFunction(_ count: Int, _ piece: @Sendable (Int) -> Void) { run(count, piece) }
}
