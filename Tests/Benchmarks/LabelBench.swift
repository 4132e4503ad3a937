import Cells
import TestSupport

/// The figures of `reticle label` as a person at the terminal would have them.
struct LabelBench {
  let program: String
  let runs: Int
  let steps: Int
  let place: Workplace

  static let medium = CellSize(columns: 120, rows: 36)
  static let wide = CellSize(columns: 200, rows: 60)

  private func session(_ arguments: String..., size: CellSize) throws -> LabelSession {
    try LabelSession(program, arguments, home: try place.makeHome(), size: size)
  }

  // MARK: Starting

  /// The bare program, an almost empty folder, and a folder of photos beside `djpeg`.
  func measureStart(into report: inout Report) throws {
    let version = try (0..<runs).map { _ in try ChildProcess(program, ["--version"]).wall }
    report.measurements.append(
      Measurement(
        what: "reticle --version", unit: "ms", samples: Samples(version), bar: 60))
    let small = try (0..<runs).map { _ in
      try start(session(place.small, size: Self.medium)).wall
    }
    report.measurements.append(
      Measurement(what: "start, one 320×240 JPEG, 120×36", unit: "ms", samples: Samples(small)))
    try measureFirstImage(into: &report)
  }

  private func measureFirstImage(into report: inout Report) throws {
    guard let decoder = ChildProcess.find("djpeg") else {
      throw BenchmarkError(
        description: "djpeg is missing; apt-get install libjpeg-turbo-progs has it")
    }
    var (folder, photo): ([Double], [Double]) = ([], [])
    var (photoWork, peerWall, peerWork): ([Double], [Double], [Double]) = ([], [], [])
    // Side by side: the machine's mood is the same for all.
    for _ in 0..<runs {
      let peer = try ChildProcess(decoder, ["-scale", "1/8", place.photo])
      peerWall.append(peer.wall)
      peerWork.append(peer.processor)
      folder.append(try start(session(place.photos, size: Self.medium)).wall)
      let single = try start(
        session("-o", place.path + "/single.manifest", place.photo, size: Self.medium))
      photo.append(single.wall)
      photoWork.append(single.work)
    }
    let wall = Samples(peerWall)
    let work = Samples(peerWork)
    let peer = "djpeg -scale 1/8"
    report.measurements += [
      Measurement(
        what: "start to first image, 12 MP in a folder of 6, 120×36", unit: "ms",
        samples: Samples(folder), bar: 1.5 * wall.median + 30, peer: (peer, wall)),
      Measurement(
        what: "start to first image, 12 MP alone, 120×36", unit: "ms", samples: Samples(photo),
        bar: 1.5 * wall.median + 30, peer: (peer, wall)),
      Measurement(
        what: "  its processor time", unit: "ms", samples: Samples(photoWork),
        bar: 1.5 * work.median + 30, peer: (peer, work)),
    ]
    report.notes.append(
      "The photo is a \((Double(place.photoBytes) / 1e6).brief) MB baseline JPEG of 4000×3000.")
  }

  /// How long it is until a picture is on the screen, and what work it is until the program rests.
  private func start(_ session: LabelSession) throws -> (wall: Double, work: Double) {
    try session.settle()
    guard let frame = session.frames(since: 0).first(where: \.showsPicture) else {
      throw BenchmarkError(description: "no picture; the screen:\n\(session.terminal.screen.text)")
    }
    return ((frame.time - session.start).milliseconds, session.processorTime)
  }

  // MARK: Going on

  /// The next image, which was decoded while the person looked at the one before.
  func measureNextImage(into report: inout Report) throws {
    let session = try session(place.photos, size: Self.medium)
    try session.settle()
    var (walls, bytes): ([Double], [Double]) = ([], [])
    var incomplete = 0
    for run in 0..<max(10, runs) {
      let before = session.terminal.byteCount
      let step = try session.press(run % 10 < 5 ? "d" : "a")
      try session.settle()
      walls.append(step.wall)
      bytes.append(Double(step.frame.bytes.count) / 1_000)
      let frames = session.frames(since: before)
      if frames.count != 1 || !step.frame.showsPicture { incomplete += 1 }
    }
    report.measurements += [
      Measurement(
        what: "next image, prefetched, 120×36: key to last byte", unit: "ms",
        samples: Samples(walls), bar: 33),
      Measurement(what: "  bytes of the frame", unit: "kB", samples: Samples(bytes)),
      Measurement(
        what: "  images not shown whole by one frame", unit: "of \(walls.count)",
        samples: Samples([Double(incomplete)]), bar: 0),
    ]
  }

  // MARK: Boxes

  /// Moving the selected box, and a corner of it, alone and among 1,000.
  func measureBoxes(into report: inout Report) throws {
    let one = try session(place.oneBox, size: Self.wide)
    try one.settle()
    _ = try one.press("\t")
    try measureSteps(
      "nudge of a 30×15 box, 200×60", on: one, workBar: 2, byteBar: 6, into: &report)
    _ = try one.press("e")
    try measureSteps(
      "moving a corner of it", on: one, workBar: 2, byteBar: 6, into: &report)
    let many = try session(place.manyBoxes, size: Self.wide)
    try many.settle()
    _ = try many.press("\t")
    try measureSteps(
      "nudge among 1,000 boxes, 200×60", on: many, wallBar: 33, into: &report)
    // Both change the manifest line with all its boxes.
    try measureKeys(["x", "u"], "delete or undo among 1,000 boxes", on: many, into: &report)
  }

  /// Steps around a square, so that the box stays inside the image.
  private func measureSteps(
    _ what: String, on session: LabelSession, workBar: Double? = nil, byteBar: Double? = nil,
    wallBar: Double? = nil, into report: inout Report
  ) throws {
    try session.settle()
    let keys = ["l", "j", "h", "k"]
    var (walls, bytes): ([Double], [Double]) = ([], [])
    let before = session.processorTime
    for step in 0..<steps {
      let made = try session.press(keys[step / 5 % 4])
      walls.append(made.wall)
      bytes.append(Double(made.frame.bytes.count) / 1_000)
    }
    let work = (session.processorTime - before) / Double(steps)
    report.measurements += [
      Measurement(
        what: what + ": key to last byte", unit: "ms", samples: Samples(walls), bar: wallBar),
      Measurement(
        what: "  work a step (mean of \(steps))", unit: "ms", samples: Samples([work]),
        bar: workBar),
      Measurement(
        what: "  bytes a step", unit: "kB", samples: Samples(bytes), bar: byteBar),
    ]
  }

  private func measureKeys(
    _ keys: [String], _ what: String, on session: LabelSession, into report: inout Report
  ) throws {
    try session.settle()
    var walls: [Double] = []
    for run in 0..<2 * runs {
      walls.append(try session.press(keys[run % keys.count]).wall)
      try session.settle()
    }
    report.measurements.append(
      Measurement(what: what + ": key to last byte", unit: "ms", samples: Samples(walls)))
  }

  // MARK: Memory

  /// The most anonymous memory while a person goes through images, zooms, pans and edits.
  func measureMemory(isLarge: Bool, into report: inout Report) throws {
    let photos = try session(place.photos, size: Self.wide)
    let peak = try peakMemory(of: photos, images: 6)
    report.measurements.append(
      Measurement(
        what: "peak RssAnon, photos of 12 MP, 200×60", unit: "MB", samples: Samples([peak]),
        bar: 150))
    guard isLarge else { return }
    let large = try session(place.large, size: Self.wide)
    let first = try start(large).wall
    let largePeak = try peakMemory(of: large, images: 3)
    report.measurements += [
      Measurement(
        what: "start to first image, 100 MP, 200×60", unit: "ms", samples: Samples([first])),
      Measurement(
        what: "peak RssAnon with it", unit: "MB", samples: Samples([largePeak]), bar: 150),
    ]
  }

  private func peakMemory(of session: LabelSession, images: Int) throws -> Double {
    try session.settle()
    for _ in 1..<images {
      for key in ["+", "+", "+", "E", "Z", "l", "L", "E", "z"] {
        session.terminal.send(key)
        try session.settle()
      }
      session.terminal.send("d")
      try session.settle()
    }
    // As fast as keys come, so that pictures are asked for and dropped again.
    for _ in 0..<10 { session.terminal.send("aaaa+++ZZddddd---z") }
    try session.settle()
    return Double(session.peakMemory) / 1e6
  }
}
