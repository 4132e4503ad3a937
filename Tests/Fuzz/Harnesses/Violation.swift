/// What a harness found broken that isn't a crash: a promise of the module that some bytes undo.
public struct Violation: Error, CustomStringConvertible {
  /// The promise, and what broke it.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Holds the module to a promise.
func expect(
  _ holds: Bool, _ promise: @autoclosure () -> String
) throws(Violation) {
  if !holds { throw Violation(promise()) }
}
