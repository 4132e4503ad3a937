import Glibc
import Processes

/// The program that trains and runs the local models, apart from this one: `reticle-engine`.
enum EngineProgram {
  /// The variable that names another.
  static let variable = "RETICLE_ENGINE"

  /// Finds it: where `RETICLE_ENGINE` says, else beside this program.
  ///
  /// - Throws: ``Failure``, which says what to install.
  static func path() throws -> String {
    if let given = getenv(variable).map({ String(cString: $0) }), !given.isEmpty {
      guard let path = Executable.path(of: given) else {
        throw Failure.saying(
          "\(variable) names \(given), which is no program that can be started; correct it, or "
            + "unset it to take the one that belongs to reticle", Failure.noInput)
      }
      return path
    }
    let own = Sources.real("/proc/self/exe")
    let folder = own.lastIndex(of: "/").map { String(own[...$0]) } ?? "./"
    let path = folder + "reticle-engine"
    guard Executable.isProgram(path) else {
      throw Failure.saying(
        "\(path): the engine for local models is not here: run Assets/setup, which installs "
          + "libtorch, and build again; labelling and reviewing work without it", Failure.noInput)
    }
    return path
  }
}
