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
    guard isLarge else { return }
    let folder =
      FileManager.default.temporaryDirectory.path
      + "/reticle-pictures-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try measureLarge(in: folder, into: &report)
    let session = PictureSession(program: program, runs: runs, folder: folder)
    try session.measureMoves(of: folder + "/12.jpg", into: &report)
    for name in ["100.jpg", "100.png"] where access(folder + "/" + name, R_OK) == 0 {
      try session.measureMemory(of: folder + "/" + name, "100 MP \(name.suffix(3))", into: &report)
    }
    try session.measureSlowLine(into: &report)
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
    if let pnmtopng = ChildProcess.find("pnmtopng") {
      for (name, compression) in [("12", "6"), ("100", "1")] {
        let ppm = folder + "/\(name).ppm"
        _ = try ChildProcess(djpeg, ["-outfile", ppm, folder + "/\(name).jpg"])
        _ = try ChildProcess(
          pnmtopng, ["-compression", compression, ppm], outputPath: folder + "/\(name).png")
        unlink(ppm)
      }
      let path = folder + "/12.png"
      try compare(
        "12 MP PNG", path, factor: 1.1, constant: 0,
        peer: ("libpng by rows", own, ["read-png", path]), memoryBar: 60, wallFactor: 0.7,
        into: &report)
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
    wallFactor: Double? = nil, into report: inout Report
  ) throws {
    var (own, other, memory, peerMemory): ([Double], [Double], [Double], [Double]) = (
      [], [], [], []
    )
    var (wall, peerWall): ([Double], [Double]) = ([], [])
    for _ in 0..<runs {
      let run = try ChildProcess(
        program, ["show", "--size", "120x36", "--color", "truecolor", "--glyphs", "sextant", path])
      own.append(run.processor)
      wall.append(run.wall)
      memory.append(run.peakMemory)
      guard let peer else { continue }
      let peerRun = try ChildProcess(peer.program, peer.arguments)
      other.append(peerRun.processor)
      peerWall.append(peerRun.wall)
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
    guard let wallFactor, let peer else { return }
    report.measurements.append(
      Measurement(
        what: "  time", unit: "ms", samples: Samples(wall),
        bar: wallFactor * Samples(peerWall).median, peer: (peer.name, Samples(peerWall))))
  }
}
