import ArgumentParser
import Glibc

/// What kept a manifest from being checked.
enum CheckProblem: Error {
  case missing(String)
  case folder(String)
  case unreadable(String, Int32)
  case endlessLine(Int)
  case unwritable(String, Int32)

  /// What is wrong with a manifest and what to do.
  func message(for path: String) -> String {
    switch self {
    case .endlessLine: "\(path): \(message)"
    default: message
    }
  }

  /// What is wrong and what to do.
  var message: String {
    switch self {
    case .missing(let path): "\(path): there is no such manifest; check the name"
    case .folder(let path): "\(path) is a folder; name a manifest"
    case .unreadable(let path, let code):
      "\(path) could not be read (\(String(cString: strerror(code)))); check its permissions"
    case .endlessLine(let count):
      "a line has more than \(count) bytes; this is no manifest: write one JSON object a line"
    case .unwritable(let path, let code):
      "\(path) could not be written (\(String(cString: strerror(code)))); name another place"
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .missing: Failure.noInput
    case .folder, .unreadable, .endlessLine: Failure.data
    case .unwritable: Failure.cannotCreate
    }
  }
}
