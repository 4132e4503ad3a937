import Glibc

/// Programs of this package, as they were built with the running tests.
public enum BuiltProduct {
  /// The path of a program, beside the test bundle, whatever the configuration.
  ///
  /// - Parameter name: The executable target's name; it must be among the test target's
  ///   dependencies, or it may not have been built.
  /// - Returns: The path.
  public static func path(_ name: String) -> String {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let own = String(decoding: buffer[..<max(0, count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
    return String(own[..<(own.lastIndex(of: "/") ?? own.startIndex)]) + "/" + name
  }
}
