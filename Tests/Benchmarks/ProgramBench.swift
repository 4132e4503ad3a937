import Cells
import FoundationEssentials
import Glibc
import ImageCoding
import Mosaic

/// Processor time and peak memory of whole programs that show one file.
struct ProgramBench {
  let program: String
  let runs: Int

  /// Measures a photo, and large files made for it.
  ///
  /// - Throws: An error if a file can't be made or a program fails.
  func measure(_ photo: String, isLarge: Bool, into report: inout Report) throws {
    let chafa = ChildProcess.find("chafa")
    try compare(
      "show of \(photo.split(separator: "/").last ?? "")", photo, factor: 0.45, constant: 0,
      peer: chafa.map { ("chafa", $0, ["-f", "symbols", "-c", "full", "-s", "120x36", photo]) },
      memoryBar: 30, into: &report)
    if isLarge { try inFolder { try measureLarge(in: $0, into: &report) } }
  }

  /// Measures `reticle label` at large photos, and over a slow line.
  ///
  /// - Throws: An error if a file can't be made or the program fails.
  func measureWork(into report: inout Report) throws {
    try inFolder { folder in
      try SyntheticPhoto(width: 4_000, height: 3_000, seed: 1).write(to: folder + "/12.jpg")
      let session = PictureSession(program: program, runs: runs, folder: folder)
      try session.measureMoves(of: folder + "/12.jpg", into: &report)
      try session.measureSlowLine(into: &report)
      try SyntheticPhoto(width: 11_547, height: 8_660, seed: 1).write(to: folder + "/100.jpg")
      try session.measureMemory(of: folder + "/100.jpg", "100 MP JPEG", into: &report)
      guard let path = try Self.makePNG("100", compression: "1", in: folder) else { return }
      try session.measureMemory(of: path, "100 MP PNG", into: &report)
    }
  }

  private func inFolder(_ work: (String) throws -> Void) throws {
    let folder =
      FileManager.default.temporaryDirectory.path
      + "/reticle-pictures-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try work(folder)
  }

  /// Makes a PNG file of a JPEG one; nil without netpbm.
  private static func makePNG(
    _ name: String, compression: String, in folder: String
  ) throws -> String? {
    guard let djpeg = ChildProcess.find("djpeg"), let pnmtopng = ChildProcess.find("pnmtopng")
    else { return nil }
    let base = folder + "/" + name
    _ = try ChildProcess(djpeg, ["-outfile", base + ".ppm", base + ".jpg"])
    _ = try ChildProcess(
      pnmtopng, ["-compression", compression, base + ".ppm"], outputPath: base + ".png")
    unlink(base + ".ppm")
    return base + ".png"
  }

  private func measureLarge(in folder: String, into report: inout Report) throws {
    guard let djpeg = ChildProcess.find("djpeg"), let own = CommandLine.arguments.first else {
      throw BenchmarkError(
        description: "djpeg is missing; apt-get install libjpeg-turbo-progs has it")
    }
    for (name, width, height) in [
      ("12", 4_000, 3_000), ("48", 8_000, 6_000), ("100", 11_547, 8_660),
    ] {
      let path = folder + "/\(name).jpg"
      try SyntheticPhoto(width: width, height: height, seed: 1).write(to: path)
      try compare(
        "\(name) MP JPEG", path, factor: 1.35, constant: 15,
        peer: ("djpeg -scale 1/8", djpeg, ["-scale", "1/8", path]), memoryBar: 30, into: &report)
    }
    let jpeg = folder + "/12.jpg"
    if let jpegtran = ChildProcess.find("jpegtran") {
      let path = folder + "/12-progressive.jpg"
      _ = try ChildProcess(jpegtran, ["-progressive", "-outfile", path, jpeg])
      try measurePreview(of: path, into: &report)
      try compare(
        "12 MP progressive JPEG", path, factor: 1.35, constant: 15,
        peer: ("djpeg -scale 1/8", djpeg, ["-scale", "1/8", path]), memoryBar: 60, into: &report)
    }
    if let path = try Self.makePNG("12", compression: "6", in: folder) {
      try compare(
        "12 MP PNG", path, factor: 1.1, constant: 0,
        peer: ("libpng by rows", own, ["read-png", path]), memoryBar: 60, into: &report)
    }
  }

  /// The first coarse picture of a progressive file, beside its whole decode.
  private func measurePreview(of path: String, into report: inout Report) throws {
    let file = try ImageFile.open(path: path)
    let viewport = Viewport(fitting: file.header.uprightSize, in: LabelBench.medium)
    let request = DecodeRequest(targetSize: viewport.usefulPixels, allowsLargeMemory: true)
    var (coarse, full): ([Double], [Double]) = ([], [])
    for _ in 0..<runs {
      let (preview, time) = try PictureBench.time { try file.decodePreview(request) }
      guard preview != nil else { throw BenchmarkError(description: "\(path) has no preview") }
      coarse.append(time)
      full.append(try PictureBench.time { try file.decode(request) }.1)
    }
    report.measurements.append(
      Measurement(
        what: "12 MP progressive JPEG, first coarse picture", unit: "ms", samples: Samples(coarse),
        bar: 0.25 * Samples(full).median, peer: ("its whole decode", Samples(full))))
  }

  /// The program beside a peer, taking turns.
  private func compare(
    _ what: String, _ path: String, factor: Double, constant: Double,
    peer: (name: String, program: String, arguments: [String])?, memoryBar: Double,
    into report: inout Report
  ) throws {
    var (own, other, memory, peerMemory): ([Double], [Double], [Double], [Double]) = (
      [], [], [], []
    )
    for _ in 0..<runs {
      let run = try ChildProcess(
        program, ["show", "--size", "120x36", "--color", "truecolor", "--glyphs", "sextant", path])
      own.append(run.processor)
      memory.append(run.peakMemory)
      guard let peer else { continue }
      let peerRun = try ChildProcess(peer.program, peer.arguments)
      other.append(peerRun.processor)
      peerMemory.append(peerRun.peakMemory)
    }
    let samples = Samples(other)
    report.measurements += [
      Measurement(
        what: what + ", processor time", unit: "ms", samples: Samples(own),
        bar: peer.map { _ in factor * samples.median + constant },
        peer: peer.map { ($0.name, samples) }),
      Measurement(
        what: "  peak memory", unit: "MB", samples: Samples(memory), bar: memoryBar,
        peer: peer.map { ($0.name, Samples(peerMemory)) }),
    ]
  }
}
