/// What the C decoders call back into: the bytes, and whether to go on.
final class DecodeSession: Sendable {
  let source: ByteSource
  let isCancelled: @Sendable () -> Bool

  init(source: ByteSource, isCancelled: @escaping @Sendable () -> Bool = { false }) {
    self.source = source
    self.isCancelled = isCancelled
  }

  /// The session behind the pointer that a C decoder was given.
  static func at(_ context: UnsafeMutableRawPointer?) -> DecodeSession? {
    context.map { Unmanaged<DecodeSession>.fromOpaque($0).takeUnretainedValue() }
  }

  /// A pointer for C; the session must be kept alive as long as it is used.
  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
}

/// Why a decoder gave up, without the name of the file, which decoders do not know.
struct DecodeFailure: Error {
  let reason: ImageError.Reason

  init(_ reason: ImageError.Reason) {
    self.reason = reason
  }
}
