import Glibc
import GroundTruth
import Prediction
import Synchronization

/// Tries a predictor's program on made-up images, rule by rule.
struct CommandCheck {
  /// A rule, and why it isn't kept.
  struct Verdict {
    let rule: String
    /// What is wrong and how to mend it; nil if the rule is kept.
    let problem: String?
  }

  /// An image that is asked for.
  private struct Image {
    let name: String
    let size: ImageSize
    /// What the file holds; nil if there is none.
    var bytes: [UInt8]?

    init(_ name: String, _ width: Int, _ height: Int) {
      self.name = name
      size = ImageSize(width: width, height: height)
      bytes = TestPicture(width: width, height: height).bytes
    }
  }

  private static let plain = 0
  private static let special = 3
  private static let broken = 4
  private static let missing = 5
  private static let plainAgain = 6

  private let predictor: CommandPredictor
  private let remarks = Remarks()

  /// Prepares a check.
  ///
  /// - Throws: ``Failure`` if there is no such program.
  init(_ command: String, limits: CommandLimits) throws {
    do throws(PredictionError) {
      predictor = try CommandPredictor(
        try CommandWords(command), limits: limits, remark: { [remarks] in remarks.add($0) })
    } catch {
      throw Failure.saying("--check-command: \(error.message)", Failure.noInput)
    }
  }

  /// Asks for all images, ends the program, and says which rules it kept.
  ///
  /// - Throws: ``Failure`` if the images can't be made.
  func verdicts() throws -> [Verdict] {
    let scratch = try Scratch("check")
    // The folder goes with it.
    defer { withExtendedLifetime(scratch) {} }
    let folder = scratch.path
    var images = [
      Image("plain.png", 320, 240), Image("small.png", 64, 64), Image("wide.png", 900, 200),
      Image("a b'c \"d\" \\ é猫.png", 200, 160), Image("broken.jpg", 200, 160),
      Image("not-there.jpg", 200, 160), Image("plain.png", 320, 240),
    ]
    images[Self.broken].bytes = Array("no image".utf8)
    images[Self.missing].bytes = nil
    for image in images {
      if let bytes = image.bytes { try Self.write(bytes, to: "\(folder)/\(image.name)") }
    }
    // One alone first: a program of no use is seen before it can be blamed for more.
    var answers = [predictor.answer(for: request(images[0], 0, folder))]
    let isUsable = ![.unavailable, .crashed, .timedOut].contains(answers[0].error?.kind)
    if isUsable {
      answers += predictor.answers(
        for: images.indices.dropFirst().map { request(images[$0], $0, folder) })
    }
    predictor.finish()
    return judge(answers.sorted { $0.id < $1.id }, count: images.count)
  }

  /// What the program said last on standard error.
  var messages: [String] { predictor.messages }

  // MARK: Judging

  private func judge(_ answers: [PredictionAnswer], count: Int) -> [Verdict] {
    guard answers.count == count else {
      return [Verdict(rule: "it starts, and answers", problem: answers[0].error?.message ?? "no")]
    }
    let readable = answers.filter { ![Self.broken, Self.missing].contains($0.id) }
    func first(_ kinds: PredictionError.Kind...) -> String? {
      readable.lazy.compactMap(\.error).first { kinds.contains($0.kind) }?.message
    }
    let strays = remarks.take()
    let notes = readable.flatMap(\.notes)
    let special = answers[Self.special].error
    return [
      Verdict(rule: "it starts, and answers", problem: answers[Self.plain].error?.message),
      Verdict(
        rule: "it answers all images that are asked for at once",
        problem: first(.crashed, .timedOut, .unavailable)),
      Verdict(
        rule: "its answers are “CustomLabels” in DetectCustomLabels' form",
        problem: first(.badAnswer)
      ),
      Verdict(
        rule: "each label has a “Confidence”, in percent",
        problem: Self.confidenceProblem(readable)),
      Verdict(
        rule: "boxes lie in the image, as ratios of its width and height", problem: notes.first),
      Verdict(
        rule: "it opens a path with spaces, quotes and letters beyond ASCII",
        problem: special?.kind == .refused ? special?.message : nil),
      Verdict(
        rule: "an image that can't be read gets an “error”, and the next is answered",
        problem: Self.unreadableProblem(answers)),
      Verdict(
        rule: "the same image gets the same answer",
        problem: Self.same(answers[Self.plain], answers[Self.plainAgain])
          ? nil : "plain.png got two different answers: fix the seed, switch training mode off"),
      Verdict(
        rule: "it writes nothing but answers to standard output",
        problem: strays.first.map { "\($0): print to standard error instead" }),
      Verdict(
        rule: "it ends with code 0 at the end of its input",
        problem: predictor.endingCode.map { code in
          code == 0 ? nil : "it ended with code \(code)"
        } ?? "it was still there after two seconds: leave the loop at the end of standard input"),
    ]
  }

  private static func confidenceProblem(_ answers: [PredictionAnswer]) -> String? {
    let labels = answers.flatMap { (try? $0.outcome.get()) ?? [] }
    guard let label = labels.first(where: { $0.confidence == nil }) else {
      let confidences = labels.compactMap(\.confidence)
      guard confidences.count > 2, confidences.allSatisfy({ $0 <= 0.01 }) else { return nil }
      return "none is above 1 %: are they shares of 1? Multiply by 100"
    }
    return "a label “\(label.name)” has none"
  }

  private static func unreadableProblem(_ answers: [PredictionAnswer]) -> String? {
    for place in [broken, missing] {
      guard let error = answers[place].error else {
        return
          "\(place == broken ? "a file that is no image" : "a file that isn't there") got labels"
      }
      if error.kind != .refused { return error.message }
    }
    return nil
  }

  private static func same(_ first: PredictionAnswer, _ second: PredictionAnswer) -> Bool {
    guard let first = try? first.outcome.get(), let second = try? second.outcome.get(),
      first.count == second.count
    else { return first.error != nil || second.error != nil }
    // Sums in another order differ in their last digits.
    func isClose(_ first: Double?, _ second: Double?) -> Bool {
      abs((first ?? 0) - (second ?? 0)) < 1e-3
    }
    return zip(first, second).allSatisfy { first, second in
      first.name == second.name && isClose(first.confidence, second.confidence)
        && isClose(first.place?.left, second.place?.left)
        && isClose(first.place?.width, second.place?.width)
    }
  }

  // MARK: Images

  private func request(_ image: Image, _ id: Int, _ folder: String) -> PredictionRequest {
    PredictionRequest(id: id, path: "\(folder)/\(image.name)", size: image.size)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw noPlace(path) }
    defer { close(file) }
    guard bytes.withUnsafeBytes({ Glibc.write(file, $0.baseAddress, $0.count) }) == bytes.count
    else { throw noPlace(path) }
  }

  private static func noPlace(_ path: String) -> Failure {
    Failure.saying(
      "\(path): \(String(cString: strerror(errno))); make room, or set TMPDIR",
      Failure.cannotCreate)
  }
}

extension PredictionAnswer {
  /// Why there is no answer; nil if there is one.
  var error: PredictionError? {
    if case .failure(let error) = outcome { error } else { nil }
  }
}
