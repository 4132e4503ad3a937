import Foundation

/// Runs something that blocks on a thread of its own, so that tests that wait for something else
/// go on meanwhile: tasks share as few threads as there are processors.
///
/// - Parameter work: What blocks.
/// - Returns: What it returns.
/// - Throws: What it throws.
public func apart<Value: Sendable>(
  _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
  }
}
