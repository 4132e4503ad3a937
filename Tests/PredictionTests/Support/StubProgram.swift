import Foundation
import GroundTruth
import Prediction
import Synchronization

/// A predictor's program as a script for `sh`, in a folder of its own that goes with it.
final class StubProgram: Sendable {
  let folder: String

  /// Writes a script; `id` is the request's number in it, and `answer` gives a box of `cat`.
  init(_ body: String, before: String = "") throws {
    var template = Array((NSTemporaryDirectory() + "reticle-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let script = """
      box='"Geometry":{"BoundingBox":{"Left":0.1,"Top":0.2,"Width":0.3,"Height":0.4}}'
      answer() { printf '{"id":"%s","CustomLabels":[{"Name":"cat","Confidence":90,%s}]}\\n' "$1" "$box"; }
      cd "$(dirname "$0")"
      \(before)
      while IFS= read -r line; do
        id=${line#*\\"id\\":\\"}
        id=${id%%\\"*}
        \(body)
      done
      """
    try Data(script.utf8).write(to: URL(filePath: folder + "/stub.sh"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// What the script left in a file of its folder.
  func text(of name: String) -> String {
    (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) ?? ""
  }

  /// A predictor that runs it.
  func predictor(
    limits: CommandLimits = .unhurried, remark: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> CommandPredictor {
    try CommandPredictor(
      CommandWords("/bin/sh '\(folder)/stub.sh'"), limits: limits, remark: remark)
  }
}

extension CommandLimits {
  /// Limits that only a broken program meets.
  static let unhurried = CommandLimits(lanes: 4, image: .seconds(60), start: .seconds(60))
}

/// The labels in an answer, or why there are none.
typealias Outcome = Result<[CustomLabel], PredictionError>

extension Predictor {
  /// Asks for images with these numbers and waits for all answers; a second one for an image traps.
  func answers(_ ids: Range<Int>) async -> [Int: PredictionAnswer] {
    let found = Mutex<[Int: PredictionAnswer]>([:])
    await withCheckedContinuation { continuation in
      predict(ids.map(PredictionRequest.init(number:))) { answer in
        let isLast = found.withLock { found in
          precondition(found.updateValue(answer, forKey: answer.id) == nil, "answered twice")
          return found.count == ids.count
        }
        if isLast { continuation.resume() }
      }
    }
    return found.withLock { $0 }
  }
}

extension PredictionRequest {
  /// A request for an image that isn't there: stubs don't look.
  init(number: Int) {
    self.init(id: number, path: "/photos/\(number).jpg", size: ImageSize(width: 640, height: 480))
  }
}

extension PredictionAnswer {
  /// The labels' names; nil if there is no answer.
  var names: [String]? { try? outcome.get().map(\.name) }

  /// Why there is no answer.
  var error: PredictionError? {
    if case .failure(let error) = outcome { error } else { nil }
  }
}
