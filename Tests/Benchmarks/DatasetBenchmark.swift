import ArgumentParser
import Cells
import FoundationEssentials
import Glibc
import GroundTruth
import Storage
import TestSupport

/// `Benchmarks dataset`: a manifest of a million lines, opened, counted, edited and saved.
struct DatasetBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Measure a large manifest in 'reticle label', beside wc, cp and sync.",
    discussion: """
      Build the program first: swift build -c release --product reticle. Photos are made with \
      cjpeg of libjpeg-turbo-progs; the manifest takes half a gigabyte in the temporary folder, \
      and its copies as much again.
      """)

  @Option(help: "How many lines the manifest has.")
  var lines = 1_000_000

  @Option(help: "How often what is started is started.")
  var runs = 3

  @Flag(help: "Print JSON: machine, measurements, notes.")
  var json = false

  @Option(help: "The program to measure, if not the one built beside this one.")
  var program: String?

  func validate() throws {
    if lines < 10 || runs < 1 { throw ValidationError("--lines is 10 at least, --runs 1") }
  }

  func run() throws {
    do {
      let bench = try DatasetBench(
        program: program ?? BuiltProduct.path("reticle"), lineCount: lines, runs: runs)
      var report = Report()
      try bench.measure(into: &report)
      print(json ? try report.json() : report.table)
    } catch let error as BenchmarkError {
      var text = "not measured: \(error)\n"
      text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
  }
}

/// A folder with a large manifest, one of its first ten lines, and what is measured with them.
final class DatasetBench {
  private let program: String
  private let runs: Int
  private let folder: String
  private let byteCount: Int

  private static let size = CellSize(columns: 120, rows: 36)
  private static let photoCount = 10

  private var large: String { folder + "/large.manifest" }
  private var small: String { folder + "/small.manifest" }

  /// Makes the folder.
  ///
  /// - Throws: ``BenchmarkError`` if an encoder is missing, or an error of the file system.
  init(program: String, lineCount: Int, runs: Int) throws {
    self.program = program
    self.runs = runs
    folder =
      FileManager.default.temporaryDirectory.path
      + "/reticle-dataset-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(
      atPath: folder + "/images", withIntermediateDirectories: true)
    for number in 0..<Self.photoCount {
      try SyntheticPhoto(width: 640, height: 480, seed: UInt64(number + 1))
        .write(to: folder + "/" + ManifestLines.image(number))
    }
    byteCount = try ManifestLines(seed: 20_260_401).write(lineCount, to: folder + "/large.manifest")
    _ = try ManifestLines(seed: 20_260_401).write(Self.photoCount, to: folder + "/small.manifest")
    sync()
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Measures everything.
  func measure(into report: inout Report) throws {
    report.notes.append("The manifest has \((Double(byteCount) / 1e6).brief) MB.")
    let counted = try ChildProcess(Self.tool("wc"), ["-l", large]).wall
    try measureOpening(beside: counted, into: &report)
    try measureCommands(beside: counted, into: &report)
    try measureWork(into: &report)
  }

  // MARK: Peers

  private static func tool(_ name: String) throws -> String {
    guard let path = ChildProcess.find(name) else {
      throw BenchmarkError(description: "\(name) is missing; coreutils has it")
    }
    return path
  }

  /// The time that `cp` and `sync` of the manifest take, in milliseconds.
  private func copyAndSync() throws -> Double {
    let copy = folder + "/copy.manifest"
    sync()
    let copied = try ChildProcess(Self.tool("cp"), [large, copy]).wall
    let synced = try ChildProcess(Self.tool("sync"), [copy]).wall
    try FileManager.default.removeItem(atPath: copy)
    return copied + synced
  }

  // MARK: Opening

  private func session(_ manifest: String) throws -> LabelSession {
    let home = folder + "/home-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    return try LabelSession(program, [manifest], home: home, size: Self.size)
  }

  /// Waits until the screen is as wanted; returns how long that took, in milliseconds.
  private func wait(
    for session: LabelSession, since start: ContinuousClock.Instant, _ what: String,
    _ isThere: () -> Bool
  ) throws -> Double {
    while !isThere() {
      if ContinuousClock.now - start > .seconds(120) {
        throw BenchmarkError(
          description: "no \(what); the screen:\n\(session.terminal.screen.text)")
      }
      usleep(500)
    }
    return (ContinuousClock.now - start).milliseconds
  }

  private static func header(_ session: LabelSession) -> Substring {
    session.terminal.screen.text.split(separator: "\n", omittingEmptySubsequences: false)[0]
  }

  private func measureOpening(beside peer: Double, into report: inout Report) throws {
    var (first, tenLines, counts, peaks): ([Double], [Double], [Double], [Double])
    (first, tenLines, counts, peaks) = ([], [], [], [])
    for _ in 0..<runs {
      for manifest in [small, large] {
        let session = try session(manifest)
        let wall = try wait(for: session, since: session.start, "picture") {
          session.frames(since: 0).contains(where: \.showsPicture)
        }
        guard manifest == large else {
          tenLines.append(wall)
          continue
        }
        first.append(wall)
        counts.append(
          try wait(for: session, since: session.start, "counts") {
            let header = Self.header(session)
            return header.contains("%") && !header.contains("counting")
          })
        peaks.append(Double(session.peakMemory) / 1e6)
      }
    }
    report.measurements += [
      Measurement(
        what: "start to first image", unit: "ms", samples: Samples(first), bar: 1_000,
        peer: ("with 10 lines", Samples(tenLines))),
      Measurement(
        what: "  all counts on the screen", unit: "ms", samples: Samples(counts), bar: 2_000,
        peer: ("wc -l", Samples([peer]))),
      Measurement(
        what: "  peak RssAnon until then", unit: "MB", samples: Samples(peaks), bar: 150),
    ]
  }

  private func measureCommands(beside peer: Double, into report: inout Report) throws {
    for (command, bar) in [(["stats"], 2_000.0), (["check", "--local"], 6_000)] {
      // A million images are more than the service takes: check ends with 1.
      let children = try (0..<runs).map { _ in
        try ChildProcess(program, command + [large], codes: 0...1)
      }
      let name = command.joined(separator: " ")
      report.measurements += [
        Measurement(
          what: "reticle \(name)", unit: "ms", samples: Samples(children.map(\.wall)), bar: bar,
          peer: ("wc -l", Samples([peer]))),
        Measurement(
          what: "  its processor time, all cores", unit: "ms",
          samples: Samples(children.map(\.processor))),
      ]
    }
  }

  // MARK: Working

  private func measureWork(into report: inout Report) throws {
    let few = try edits(session(small))
    let session = try session(large)
    let many = try edits(session)
    var (saves, copies): ([Double], [Double]) = ([], [])
    // Side by side: the machine's mood is the same for both.
    for _ in 0..<runs {
      copies.append(try copyAndSync())
      _ = try session.press("a")
      _ = try edit(session, "s")
      sync()
      saves.append(try save(session))
    }
    let peer = Samples(copies)
    let filters = try [
      "is:unlabelled boxes<1", "label:label-03 -is:verified", "name:*12345*", "size<20",
    ].map { query in
      try measureLine(":filter \(query)\r", "match", session, what: "filter \(query)")
    }
    session.terminal.send(":filter\r")
    try session.settle()
    let orders = try ["boxes", "open", "name", "file"].map { order in
      try measureLine(":sort \(order)\r", "order:", session, what: "sort by \(order)")
    }
    report.measurements += [
      Measurement(
        what: "an edit, to the first frame", unit: "ms", samples: Samples(many.map(\.frame)),
        peer: ("with 10 lines", Samples(few.map(\.frame)))),
      Measurement(
        what: "  until it is safe on disk", unit: "ms", samples: Samples(many.map(\.saved)),
        peer: ("with 10 lines", Samples(few.map(\.saved)))),
      Measurement(
        what: "save after an edit", unit: "ms", samples: Samples(saves), bar: 2 * peer.median,
        peer: ("cp and sync", peer)),
    ]
    report.measurements += filters + orders
    report.measurements.append(
      Measurement(
        what: "peak RssAnon over all that", unit: "MB",
        samples: Samples([Double(session.peakMemory) / 1e6]), bar: 150))
  }

  /// Edits of the first images, one after another.
  private func edits(_ session: LabelSession) throws -> [(frame: Double, saved: Double)] {
    _ = try wait(for: session, since: session.start, "counts") {
      let header = Self.header(session)
      return header.contains("%") && !header.contains("counting")
    }
    try session.settle()
    return try (0..<8).map { _ in try edit(session, "s") }
  }

  /// Makes an edit by a key that goes on to the next image.
  private func edit(
    _ session: LabelSession, _ key: String
  ) throws -> (frame: Double, saved: Double) {
    let start = ContinuousClock.now
    let frame = try session.press(key).wall
    let saved = try wait(for: session, since: start, "saved edit") {
      Self.header(session).hasSuffix(" saved") || Self.header(session).contains(" saved ")
    }
    try session.settle()
    return (frame, saved)
  }

  /// Saves, and waits until another file has the manifest's name.
  private func save(_ session: LabelSession) throws -> Double {
    let before = inode
    let start = ContinuousClock.now
    session.terminal.send(":w\r")
    let time = try wait(for: session, since: start, "saved manifest") { inode != before }
    try session.settle()
    return time
  }

  private var inode: UInt {
    var status = stat()
    return stat(large, &status) == 0 ? UInt(status.st_ino) : 0
  }

  /// Types a line and waits for the message that answers it.
  private func measureLine(
    _ line: String, _ answer: String, _ session: LabelSession, what: String
  ) throws -> Measurement {
    for character in line.dropLast() { session.terminal.send(String(character)) }
    try session.settle()
    let start = ContinuousClock.now
    session.terminal.send("\r")
    let time = try wait(for: session, since: start, "answer to \(line)") {
      session.terminal.screen.text.contains(answer)
    }
    return Measurement(what: what, unit: "ms", samples: Samples([time]), bar: 2_000)
  }
}

/// Manifest lines as a labelling job writes them: boxes, scenes, marks, some of them predicted.
struct ManifestLines {
  let seed: UInt64

  private static let labels = (0..<20).map { "label-\($0 < 10 ? "0" : "")\($0)" }

  /// The name of an image; those of the first are there.
  static func image(_ number: Int) -> String { "images/photo-\(String(1_000_000 + number)).jpg" }

  /// Writes the first lines; the same for the same seed.
  ///
  /// - Returns: How many bytes there are.
  func write(_ count: Int, to path: String) throws -> Int {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw BenchmarkError(description: "\(path): can't be written") }
    defer { close(file) }
    var generator = SeededGenerator(seed: seed)
    var buffer: [UInt8] = []
    var total = 0
    for number in 0..<count {
      buffer += line(number, &generator).utf8
      guard buffer.count > 1 << 20 || number == count - 1 else { continue }
      total += buffer.count
      while !buffer.isEmpty {
        let written = Glibc.write(file, buffer, buffer.count)
        guard written > 0 else { throw BenchmarkError(description: "\(path): the disk is full") }
        buffer.removeFirst(written)
      }
    }
    return total
  }

  private func line(_ number: Int, _ generator: inout SeededGenerator) -> String {
    let chance = Int.random(in: 0..<100, using: &generator)
    var line = #"{"source-ref":"\#(Self.image(number))""#
    if chance < 85 { line += boxes(number, &generator) }
    if chance >= 75 {
      line +=
        #","scene":\#(number % 3),"scene-metadata":{"class-name":"scene-\#(number % 3)","#
        + #""confidence":0.9,"type":"groundtruth/image-classification","#
        + #""job-name":"labeling-job/scenes","human-annotated":"\#(chance < 90 ? "no" : "yes")","#
        + #""creation-date":"2026-02-01T00:00:00.000000"}"#
    }
    if chance < 30 { line += #","reticle":{"verified":true}"# }
    return line + "}\n"
  }

  private func boxes(_ number: Int, _ generator: inout SeededGenerator) -> String {
    let count = max(0, Int.random(in: -1...6, using: &generator))
    let ids = (0..<count).map { _ in Int.random(in: 0..<Self.labels.count, using: &generator) }
    let annotations = ids.map { id in
      let left = Int.random(in: 0..<600, using: &generator)
      let top = Int.random(in: 0..<440, using: &generator)
      let width = Int.random(in: 8...640 - left, using: &generator)
      let height = Int.random(in: 8...480 - top, using: &generator)
      return #"{"class_id":\#(id),"left":\#(left),"top":\#(top),"#
        + #""width":\#(width),"height":\#(height)}"#
    }
    let map = Set(ids).sorted().map { #""\#($0)":"\#(Self.labels[$0])""# }
    let day = number % 28 + 1
    return #","bounding-box":{"image_size":[{"width":640,"height":480,"depth":3}],"annotations":["#
      + annotations.joined(separator: ",") + #"]},"bounding-box-metadata":{"objects":["#
      + ids.map { _ in #"{"confidence":1}"# }.joined(separator: ",") + #"],"class-map":{"#
      + map.joined(separator: ",") + #"},"type":"groundtruth/object-detection","#
      + #""human-annotated":"yes","creation-date":"2026-01-\#(day < 10 ? "0" : "")\#(day)T"#
      + #"00:00:00.000000","job-name":"labeling-job/benchmark"}"#
  }
}
