import Cells
import FoundationEssentials
import Glibc
import ImageCoding
import Raster
import TestSupport

/// Large photos in `reticle label`: panning, zooming, memory, and a slow line.
struct PictureSession {
  let program: String
  let runs: Int
  /// A folder to make photos in.
  let folder: String

  private func session(
    _ path: String, _ options: [String] = [], environment: [String: String] = [:], size: CellSize
  ) throws -> LabelSession {
    let name = "\(folder)/\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: name, withIntermediateDirectories: true)
    return try LabelSession(
      program, options + ["-o", name + "/output.manifest", path], home: name,
      environment: environment, size: size)
  }

  // MARK: Moving over a photo

  /// Panning over a photo at one pixel a column, and zooming in and out.
  func measureMoves(of photo: String, into report: inout Report) throws {
    let session = try session(photo, size: LabelBench.wide)
    try session.settle()
    _ = try session.press("Z")
    try session.settle()
    let (right, left) = ("\u{1B}[1;5C", "\u{1B}[1;5D")
    let pans = try (0..<2 * runs).map { run in
      try step(run / 8 % 2 == 0 ? right : left, on: session)
    }
    _ = try session.press("z")
    let zooms = try (0..<2 * runs).map { run in try step(run / 4 % 2 == 0 ? "+" : "-", on: session)
    }
    report.measurements += [
      Measurement(
        what: "pan of a 12 MP photo at 1:1, 200×60: key to last byte", unit: "ms",
        samples: Samples(pans), bar: 50),
      Measurement(
        what: "zoom of it: key to last byte", unit: "ms", samples: Samples(zooms), bar: 50),
    ]
  }

  private func step(_ key: String, on session: LabelSession) throws -> Double {
    try session.settle()
    return try session.press(key).wall
  }

  /// The most anonymous memory while the person zooms into a photo and pans.
  func measureMemory(of photo: String, _ name: String, into report: inout Report) throws {
    let session = try session(photo, size: LabelBench.wide)
    try session.settle()
    for key in ["+", "+", "+", "Z", "\u{1B}[1;5C", "\u{1B}[1;5B", "E", "z", "E"] {
      session.terminal.send(key)
      try session.settle()
    }
    report.measurements.append(
      Measurement(
        what: "reticle label, \(name): peak RssAnon", unit: "MB",
        samples: Samples([Double(session.peakMemory) / 1e6]), bar: 150))
  }

  // MARK: A slow line

  /// What a line of 1 Mbit/s carries in a millisecond.
  private static let bytesPerMillisecond = 125.0
  /// The image's place at 120×36, beside the panels: 3:2.
  private static let pane = CellRect(left: 1, top: 2, columns: 93, rows: 31)

  /// The next image over a line of 1 Mbit/s, and a key typed while it is on its way.
  func measureSlowLine(into report: inout Report) throws {
    let photos = folder + "/slow"
    try FileManager.default.createDirectory(atPath: photos, withIntermediateDirectories: true)
    for seed in 1...2 {
      try SyntheticPhoto(width: 4_464, height: 2_976, seed: UInt64(seed))
        .write(to: "\(photos)/\(seed).jpg")
    }
    let (large, small) = (
      PixelSize(width: 744, height: 496), CellSize(columns: 93, rows: 31)
    )
    let second = try ImageFile.open(path: photos + "/2.jpg").decode(
      DecodeRequest(targetSize: large)
    ).picture.bitmap
    let wanted = Canvas(second, width: large.width, height: large.height)
    var (pictures, keys, noises): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<max(3, runs / 3) {
      let session = try session(
        photos, environment: ["SSH_CONNECTION": "10.0.0.1 5000 10.0.0.2 22"],
        size: LabelBench.medium)
      // Its start tells the program how fast the line is.
      _ = try carry(session, for: 4_000) { false }
      let before = session.terminal.byteCount
      session.terminal.send("d")
      _ = try carry(session, for: 80) { false }
      session.terminal.send(":zz")
      var seen: CellGrid?
      let start = ContinuousClock.now
      let picture = try carry(session, for: 20_000) {
        guard session.frames(since: before).contains(where: \.showsPicture) else { return false }
        seen = session.terminal.screen.cells
        return true
      }
      pictures.append(80 + picture)
      _ = try carry(session, for: 20_000) { session.terminal.screen.contains(":zz") }
      keys.append((ContinuousClock.now - start).milliseconds)
      var grid = CellGrid(size: small)
      for row in 0..<small.rows {
        for column in 0..<small.columns {
          grid[column, row] = seen?[Self.pane.left + column, Self.pane.top + row] ?? .blank
        }
      }
      noises.append(Quality(of: Canvas(grid), for: wanted).noise)
    }
    report.measurements += [
      Measurement(
        what: "next image over 1 Mbit/s, 120×36: key to the first picture", unit: "ms",
        samples: Samples(pictures), bar: 400),
      Measurement(
        what: "  how well it shows the image", unit: "dB", samples: Samples(noises), bar: 20,
        isFloor: true),
      Measurement(
        what: "  a key typed meanwhile to its answer", unit: "ms", samples: Samples(keys), bar: 400),
    ]
  }

  /// Lets bytes through as fast as the line does until something has happened; the milliseconds
  /// that it took, or `limit`.
  private func carry(
    _ session: LabelSession, for limit: Double, until isDone: () -> Bool
  ) throws -> Double {
    let start = ContinuousClock.now
    var seen = session.terminal.byteCount
    var last = start
    // What the line could have carried while there was nothing to carry is lost.
    var credit = 0.0
    while true {
      let now = ContinuousClock.now
      let count = session.terminal.byteCount
      credit += (now - last).milliseconds * Self.bytesPerMillisecond - Double(count - seen)
      credit = min(credit, 25 * Self.bytesPerMillisecond)
      (last, seen) = (now, count)
      session.terminal.letThrough(max(0, Int(credit)))
      let passed = (now - start).milliseconds
      if isDone() || passed >= limit { return passed }
      usleep(1_000)
    }
  }
}
