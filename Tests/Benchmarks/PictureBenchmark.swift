import ArgumentParser
import Cells
import FoundationEssentials
import Glibc
import TestSupport

/// `Benchmarks picture`: quality, bytes and time of pictures, and of large files.
struct PictureBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "picture",
    abstract: "Measure pictures made of cells, beside chafa and timg where installed.",
    discussion: """
      Build the program first: swift build -c release --product reticle. The photos should have the \
      shape of the screen, 5:3, so that they fill it.
      """)

  @Argument(help: "A folder of JPEG or PNG photos (default: those of Assets/Samples).")
  var folder: String?

  @Option(help: "Screen sizes in cells.")
  var sizes = ["120x36", "80x24", "200x60"]

  @Option(help: "How often a program is started where processor time is measured.")
  var runs = 9

  @Flag(help: "Also measure made-up photos of 12, 48 and 100 megapixels, and a slow line.")
  var large = false

  @Option(help: "Measure only one part: cells, programs or work.")
  var only: Part?

  @Option(help: "The program to measure, if not the one built beside this one.")
  var program: String?

  /// Figures that belong together: pictures in process, whole programs, and `reticle label`.
  enum Part: String, CaseIterable, ExpressibleByArgument {
    case cells, programs, work
  }

  func run() async throws {
    do {
      try await measure()
    } catch let error as BenchmarkError {
      var text = "not measured: \(error)\n"
      text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
  }

  private func measure() async throws {
    let folder = folder ?? "Assets/Samples"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let photos = names.filter {
      [".jpg", ".png", ".jpeg"].contains(where: $0.lowercased().hasSuffix)
    }
    .sorted().map { folder + "/" + $0 }
    guard let first = photos.first else {
      throw BenchmarkError(description: "\(folder): no photos here")
    }
    var report = Report()
    if only == nil || only == .cells { try await measureCells(photos, into: &report) }
    let programs = ProgramBench(program: program ?? BuiltProduct.path("reticle"), runs: runs)
    if only == nil || only == .programs {
      try programs.measure(largest(photos) ?? first, isLarge: large, into: &report)
    }
    if large, only == nil || only == .work { try programs.measureWork(into: &report) }
    print(report.table)
  }

  private func measureCells(_ photos: [String], into report: inout Report) async throws {
    let sizes = try sizes.map(Self.size)
    let bench = PictureBench(photos: photos, sizes: sizes)
    var rows = try bench.measure()
    for size in sizes {
      for peer in Peer.all {
        guard let path = ChildProcess.find(peer.program) else { continue }
        rows.append(try await bench.measure(peer: peer.name, path, peer.arguments, size))
      }
    }
    print(TextTable([PictureFigures.titles] + rows.map(\.cells)))
    print(
      "\nMeans over \(photos.count) photos; processor time, one thread. \(Machine.description)\n")
    let names = photos.map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
    for bar in PictureBar.all { report.measurements += bar.measurements(of: rows, photos: names) }
  }

  /// A photo of about 2000×1200 by preference: the median by size of file.
  private func largest(_ photos: [String]) -> String? {
    photos.first { $0.hasSuffix("r183.jpg") }
      ?? photos.sorted { Self.bytes($0) < Self.bytes($1) }[photos.count / 2]
  }

  private static func bytes(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  private static func size(_ text: String) throws -> CellSize {
    let parts = text.split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ (1...500).contains($0) }) else {
      throw BenchmarkError(description: "\(text) isn't a size as 120x36")
    }
    return CellSize(columns: parts[0], rows: parts[1])
  }
}

/// Another program, and how to have it draw.
struct Peer {
  var name: String
  var program: String
  var arguments: @Sendable (CellSize) -> [String]

  static let all = [
    Peer(name: "chafa, sextants, -w 9", program: "chafa") {
      [
        "-f", "symbols", "-c", "full", "-w", "9", "--symbols", "sextant+block+quad+vhalf", "-s",
        "\($0.columns)x\($0.rows)",
      ]
    },
    Peer(name: "chafa, 240 colours, -w 9", program: "chafa") {
      [
        "-f", "symbols", "-c", "240", "-w", "9", "--symbols", "sextant+block+quad+vhalf", "-s",
        "\($0.columns)x\($0.rows)",
      ]
    },
    Peer(name: "timg -pq", program: "timg") {
      ["-pq", "-U", "-E", "-g\($0.columns)x\($0.rows)"]
    },
    Peer(name: "timg -ph", program: "timg") {
      ["-ph", "-U", "-E", "-g\($0.columns)x\($0.rows)"]
    },
  ]
}
