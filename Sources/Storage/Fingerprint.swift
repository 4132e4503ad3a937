/// What tells one content of a file from another: its XXH64 hash and its size.
///
/// Not cryptographic: it notices accidents, not forgeries. A file that is not there has the
/// fingerprint of an empty one, as both have no lines.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// The XXH64 hash of the bytes, with seed 0 (https://xxhash.com).
  public let hash: UInt64
  /// The size in bytes.
  public let byteCount: Int

  /// Creates a fingerprint from its parts.
  public init(hash: UInt64, byteCount: Int) {
    self.hash = hash
    self.byteCount = byteCount
  }

  /// The fingerprint of bytes in memory.
  ///
  /// - Complexity: O(bytes), several gigabytes a second when optimised.
  public init(of bytes: [UInt8]) {
    var hash = ContentHash()
    bytes.withRawBytes { hash.update($0) }
    self.init(hash: hash.value, byteCount: bytes.count)
  }

  /// The fingerprint of a file that is empty or not there.
  public static let absent = Fingerprint(of: [])

  /// The hash as 16 hexadecimal digits.
  public var description: String { Self.hexadecimal(hash) }

  /// 16 hexadecimal digits.
  static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
