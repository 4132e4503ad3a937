import Glibc
import GroundTruth

/// AWS, asked through the person's own `aws` program, which alone knows the credentials.
final class AWSService: Sendable {
  private let program: AWSProgram
  let scratch: Scratch
  private let interruption = Interruption()
  /// How long to wait between two looks at what takes time.
  let pace: Duration
  /// The region to ask in; nil for the person's own.
  private let region: String?

  /// How often a call is tried that AWS has no room for.
  private static let attempts = 6
  private static let limits = ChildProgram.Limits(stall: .seconds(300), total: .seconds(3_600))

  /// Finds the program.
  ///
  /// - Parameters:
  ///   - deed: What is to be done, as `send a dataset to AWS`.
  ///   - region: The region to ask in; nil for the person's own.
  ///   - pace: How long to wait between two looks at what takes time.
  /// - Throws: ``Failure`` if there is no `aws`.
  init(to deed: String, region: String? = nil, pace: Duration = .seconds(10)) throws {
    guard let program = AWSProgram.installed else {
      throw Failure.saying(CallFailure.noProgram(deed), Failure.noInput)
    }
    self.program = program
    self.pace = pace
    self.region = region
    scratch = try Scratch("aws")
  }

  /// Ends all that was started when the person presses Ctrl+C.
  func endOnSignals() {
    // The path alone: who catches signals lives as long as the process, and the folder must not.
    interruption.begin { [path = scratch.path] in Scratch.remove(path) }
  }

  /// The arguments that choose the region.
  var regionArguments: [String] { region.map { ["--region=\($0)"] } ?? [] }

  /// Ends all calls that are under way.
  func stopAll() { interruption.stopAll() }

  // MARK: Asking

  /// Makes a call, again and again while AWS is busy.
  ///
  /// - Parameters:
  ///   - call: What is asked.
  ///   - subject: What it is about, for messages.
  ///   - reporting: Called with a sentence before each further attempt.
  /// - Returns: The answer.
  /// - Throws: ``CallFailure``.
  func answer(
    _ call: AWSCall, about subject: String, reporting: (String) -> Void = Failure.say
  ) throws -> JSONValue {
    let request = try scratch.write(call.input.bytes, as: "request.json")
    defer { Scratch.remove(request) }
    var delay = min(pace, .seconds(1))
    for attempt in 1... {
      do {
        return try ask(call, request: request, about: subject)
      } catch let failure as CallFailure where failure.isTemporary && attempt < Self.attempts {
        reporting("AWS is busy (\(failure.code ?? "")); trying again")
        // Spread, so that several who were turned away don't come back at once.
        wait(delay * Double.random(in: 0.75...1.25))
        delay *= 2
      }
    }
    throw CallFailure(call, about: subject, .ended(code: 255), message: "")
  }

  private func ask(
    _ call: AWSCall, request: String, about subject: String
  ) throws -> JSONValue {
    let output = scratch.file("answer.json")
    defer { Scratch.remove(output) }
    let (ending, message) = try run(
      call.arguments(input: request) + regionArguments, output: output)
    guard ending == .ended(code: 0) else {
      throw CallFailure(call, about: subject, ending, message: message)
    }
    let bytes = FileBytes.read(output) ?? []
    let isEmpty = bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard let answer = try? JSONValue(parsing: isEmpty ? Array("{}".utf8) : bytes) else {
      throw CallFailure(call, about: subject, nil, message: "the answer is no JSON")
    }
    return answer
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: Its arguments.
  ///   - output: The file for its standard output.
  ///   - file: The file that grows while it works, if that is another.
  ///   - limits: What it may take.
  /// - Returns: How it ended, and the last of what it said on standard error.
  /// - Throws: ``Failure`` if it can't be started.
  func run(
    _ arguments: [String], output: String, watching file: String? = nil,
    limits: ChildProgram.Limits = AWSService.limits
  ) throws -> (ChildProgram.Ending, message: String) {
    guard
      let child = ChildProgram(
        program.path, arguments, environment: AWSProgram.environment, output: output)
    else {
      throw Failure.saying(
        "\(program.path) can't be started (\(String(cString: strerror(errno)))): mend or reinstall "
          + "the AWS CLI", Failure.noInput)
    }
    return interruption.running(child) { child.wait(writing: file ?? output, limits: limits) }
  }

  /// Brings an object into a file.
  ///
  /// - Throws: ``Failure`` if it can't be fetched.
  func fetch(_ object: S3Object, to file: String) throws {
    guard AWSProgram.takes(object) else {
      throw Failure.saying(FetchFailure.unfit(object), Failure.data)
    }
    let (ending, message) = try run(
      AWSProgram.arguments(fetching: object, to: file), output: scratch.file("answer.json"),
      watching: file)
    guard ending == .ended(code: 0) else {
      throw Failure.saying(
        FetchFailure.sentence(ending, message: message, of: object, limits: Self.limits),
        Failure.noInput)
    }
  }

  /// Which generation the program is of: they read blobs in requests differently.
  func generation() throws -> AWSProgram.Generation {
    let output = scratch.file("version.txt")
    defer { Scratch.remove(output) }
    let (_, message) = try run(["--version"], output: output)
    // Version 1 said it on standard error in its early days.
    let text = String(decoding: FileBytes.read(output) ?? [], as: UTF8.self) + message
    return text.contains("aws-cli/1.") ? .first : .second
  }

  /// Waits.
  func wait(_ time: Duration) {
    let parts = time.components
    var rest = timespec(
      tv_sec: Int(parts.seconds), tv_nsec: Int(parts.attoseconds / 1_000_000_000))
    var left = timespec()
    while nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
  }
}
