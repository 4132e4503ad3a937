import Glibc

/// The system's `errno` as an error, before it is known what it befell.
struct SystemCode: Error, Hashable {
  let value: Int32

  /// The code of the call that has just failed.
  static var current: SystemCode { SystemCode(value: errno) }
}

/// Runs a system call, and names the file and the work when it fails.
@discardableResult
func attempting<Value>(
  _ operation: StorageError.Operation, _ path: String,
  _ body: () throws(SystemCode) -> Value
) throws(StorageError) -> Value {
  do { return try body() } catch {
    throw .system(operation, path: path, code: error.value)
  }
}

/// Repeats a call that gives -1 on failure while it is interrupted by a signal.
@discardableResult
func checked<Value: BinaryInteger>(_ call: () -> Value) throws(SystemCode) -> Value {
  while true {
    let result = call()
    if result != -1 { return result }
    if errno != EINTR { throw .current }
  }
}

extension [UInt8] {
  /// The bytes as a raw buffer, with typed errors.
  func withRawBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeBufferPointer { (buffer) throws(Failure) in
      try body(UnsafeRawBufferPointer(buffer))
    }
  }
}
