/// An object on S3, named by an `s3://` URI.
struct S3Object: Hashable {
  /// As the manifest names it.
  let uri: String
  let bucket: String
  let key: String

  /// Takes `s3://bucket/key` apart; nil for anything else.
  ///
  /// The key is everything after the bucket, byte for byte: S3 knows no `..` and no escapes.
  init?(uri: String) {
    let scheme = "s3://"
    guard uri.utf8.starts(with: scheme.utf8), !uri.utf8.contains(0) else { return nil }
    let rest = uri.utf8.dropFirst(scheme.utf8.count)
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    bucket = String(Substring(rest[..<slash]))
    key = String(Substring(rest[slash...].dropFirst()))
    self.uri = uri
    guard !bucket.isEmpty, !key.isEmpty else { return nil }
  }

  /// What the key begins with, up to its last slash.
  var folder: String {
    let slash = key.utf8.lastIndex(of: UInt8(ascii: "/"))
    return "s3://\(bucket)/" + (slash.map { key[...$0] } ?? "")
  }
}
