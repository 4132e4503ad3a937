import TestSupport
import Testing

@testable import Storage

@Suite("A fingerprint")
struct FingerprintTests {
  /// Values of the reference implementation, xxhash 0.8.
  @Test("is XXH64 with seed 0")
  func knownValues() {
    #expect(Fingerprint(of: []).description == "ef46db3751d8e999")
    #expect(Fingerprint(of: Array("a".utf8)).description == "d24ec4f1a98c6e5b")
    #expect(Fingerprint(of: Array("abc".utf8)).description == "44bc2cf5ad770999")
    #expect(
      Fingerprint(of: Array("Nobody inspects the spammish repetition".utf8)).description
        == "fbcea83c8a378bf1")
  }

  @Test("is the same however the bytes come")
  func pieces() {
    for seed in 0..<100 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let bytes = (0..<Int.random(in: 0..<300, using: &generator)).map { _ in
        UInt8.random(in: .min ... .max, using: &generator)
      }
      var hash = ContentHash()
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = Array(rest.prefix(Int.random(in: 0..<70, using: &generator)))
        piece.withRawBytes { hash.update($0) }
        rest = rest.dropFirst(piece.count)
      }
      #expect(hash.value == Fingerprint(of: bytes).hash, "seed \(seed)")
    }
  }
}
