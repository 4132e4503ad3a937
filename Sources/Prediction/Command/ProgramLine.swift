import GroundTruth
import Processes

/// What a line means that a predictor's program writes.
enum ProgramLine {
  /// The program tells who it is.
  case model(PredictionModel)
  /// An answer, or why it can't be used, with the number of the request it names.
  case answer(id: Int, Result<[CustomLabel], PredictionError>, notes: [String])
  /// Anything else, and what is wrong with it.
  case stray(String)

  /// Reads a line; nil for a blank one.
  init?(_ line: BoundedLines.Line) {
    switch line {
    case .tooLong(let head):
      let message = "its answer is longer than \(ProgramLine.limit >> 20) MiB: give fewer labels"
      self = .bad(message, head: head) ?? .stray("a line is longer than any answer")
    case .whole(let bytes):
      guard bytes.contains(where: { $0 > 0x20 }) else { return nil }
      do throws(JSONError) {
        self.init(try JSONValue(parsing: bytes), bytes)
      } catch {
        let message =
          "its answer is not JSON at byte \(error.offset + 1) (\(error.reason)): \(Self.quoting(bytes, around: error.offset))"
        self = .bad(message, head: bytes) ?? .stray("a line is no answer: \(Self.quoting(bytes))")
      }
    }
  }

  /// The most bytes that a line may have.
  static let limit = 4 << 20

  private init(_ value: JSONValue, _ bytes: [UInt8]) {
    if let id = value["id"] {
      guard let number = id.string.flatMap({ Int($0) }) ?? id.integer else {
        self = .stray("an answer is for no image that was asked for: \(Self.quoting(bytes))")
        return
      }
      self = Self.answer(value, to: number)
    } else if let model = value["model"] {
      self =
        PredictionModel(model).map { .model($0) }
        ?? .stray("a line tells a model without a name: \(Self.quoting(bytes))")
    } else {
      self = .stray("a line is no answer, as it has no “id”: \(Self.quoting(bytes))")
    }
  }

  private static func answer(_ value: JSONValue, to id: Int) -> ProgramLine {
    if let error = value["error"], error.kind != .null {
      let reason = error.string ?? String(decoding: error.bytes, as: UTF8.self)
      return .answer(
        id: id, .failure(PredictionError(.refused, "the model says “\(reason.excerpt)”")), notes: []
      )
    }
    do throws(FormatError) {
      let found = try DetectCustomLabels.labels(in: value, named: "")
      let fits = found.map(\.fit)
      let kept = found.indices.filter { fits[$0] == .within || fits[$0] == .reachingOut }
      return .answer(id: id, .success(kept.map { found[$0] }), notes: notes(on: fits))
    } catch {
      let message = "its answer can't be used: \(error.message)"
      return .answer(id: id, .failure(PredictionError(.badAnswer, message)), notes: [])
    }
  }

  private static func notes(on fits: [CustomLabel.Fit]) -> [String] {
    let kinds: [(CustomLabel.Fit, String)] = [
      (.outside, "beyond the image and left out"), (.empty, "without area and left out"),
      (.reachingOut, "cut to the image"),
    ]
    return kinds.compactMap { kind, words in
      let count = fits.count { $0 == kind }
      guard count > 0 else { return nil }
      return "\(count) \(count == 1 ? "box is" : "boxes are") \(words)"
    }
  }

  /// An answer that can't be read, if it can be told whose it is.
  private static func bad(_ message: String, head: [UInt8]) -> ProgramLine? {
    guard let id = id(in: head) else { return nil }
    return .answer(id: id, .failure(PredictionError(.badAnswer, message)), notes: [])
  }

  /// The number that a line seems to be about, though it isn't JSON.
  private static func id(in line: [UInt8]) -> Int? {
    let text = String(decoding: line.prefix(BoundedLines.headLength), as: UTF8.self)
    guard let key = text.firstRange(of: "\"id\"") else { return nil }
    let value = text[key.upperBound...].drop { $0 == ":" || $0 == " " || $0 == "\"" }
    return Int(value.prefix { $0.isASCII && $0.isNumber })
  }

  /// A piece of a line for a message.
  private static func quoting(_ bytes: [UInt8], around offset: Int = 0) -> String {
    let start = max(0, min(offset, bytes.count) - 20)
    let text = String(decoding: bytes[start...].prefix(240), as: UTF8.self)
    return "“\(start > 0 ? "…" : "")\(text.excerpt)”"
  }
}

extension PredictionModel {
  /// Reads what a program says of itself; nil without a name.
  fileprivate init?(_ value: JSONValue) {
    guard let name = value["name"]?.string, !name.isEmpty else { return nil }
    let version = value["version"].flatMap { $0.string ?? $0.integer.map { "\($0)" } }
    var thresholds: [String: Double] = [:]
    for member in value["thresholds"]?.members ?? [] {
      guard let percent = member.value.double, (0...100).contains(percent) else { continue }
      thresholds[member.name] = percent / 100
    }
    self.init(
      name: String(name.prefix(200)), version: version.map { String($0.prefix(100)) },
      labels: (value["labels"]?.elements ?? []).compactMap(\.string), thresholds: thresholds)
  }
}

extension StringProtocol {
  /// What fits a message.
  var excerpt: String { count > 120 ? prefix(119) + "…" : String(self) }
}
