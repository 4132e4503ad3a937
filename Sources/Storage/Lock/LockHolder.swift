import Glibc

/// Who has a manifest open for writing.
public struct LockHolder: Hashable, Sendable, CustomStringConvertible {
  /// The login name.
  public let user: String
  /// The name of the machine.
  public let host: String
  /// The process number on that machine.
  public let process: Int
  /// Since when, as `2024-05-01T12:34:56Z`.
  public let since: String

  /// Who it is, in a few words.
  public var description: String { "\(user) on \(host) (process \(process), since \(since))" }

  /// This process, now.
  static func current(at moment: Timestamp) -> LockHolder {
    LockHolder(
      user: userName(), host: hostName(), process: Int(getpid()), since: moment.description)
  }

  init(user: String, host: String, process: Int, since: String) {
    self.user = user
    self.host = host
    self.process = process
    self.since = since
  }

  /// Reads what `encoded` wrote; nil for anything else.
  init?(_ bytes: [UInt8]) {
    guard let value = try? JSONValue(bytes), let user = value["user"]?.string,
      let host = value["host"]?.string, let process = value["pid"]?.integer,
      let since = value["since"]?.string
    else { return nil }
    self.init(user: user, host: host, process: process, since: since)
  }

  /// The content of a lock file.
  var encoded: [UInt8] {
    JSONValue.object([
      "user": .string(user), "host": .string(host), "pid": .number(process),
      "since": .string(since),
    ]).encoded + [0x0A]
  }

  private static func userName() -> String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 4096)
    guard getpwuid_r(getuid(), &entry, &buffer, buffer.count, &found) == 0,
      let name = found?.pointee.pw_name
    else { return "user \(getuid())" }
    return String(cString: name)
  }

  private static func hostName() -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let result = buffer.withUnsafeMutableBytes { raw in
      raw.withMemoryRebound(to: CChar.self) { name in
        name.baseAddress.map { gethostname($0, name.count - 1) } ?? -1
      }
    }
    return result == 0 ? String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self) : "localhost"
  }
}
