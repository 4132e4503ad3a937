import Cells
import Glibc
import GroundTruth
import ImageCoding
import Mosaic
import Raster
import Storage
import TestSupport
import Workstation

/// The parts of a step, each by itself: reducing a key, making the frame, turning pixels into
/// cells.
struct InProcess {
  let place: Workplace
  let runs: Int

  /// Measures the parts.
  ///
  /// - Throws: An error if the photo or a manifest can't be read.
  func measure(into report: inout Report) throws {
    try measureMosaic(into: &report)
    for (name, manifest) in [("1 box", place.oneBox), ("1,000 boxes", place.manyBoxes)] {
      var state = try state(manifest)
      _ = state.reduce(.input(.key(Key(.tab))), at: 0)
      var (frames, keys): ([Double], [Double]) = ([], [])
      let moves: [Key.Code] = [.left, .up, .right, .down]
      for run in 0..<runs {
        let key = Key(moves[run % 4])
        keys.append(time { _ = state.reduce(.input(.key(key)), at: 0) })
        var columns = 0
        frames.append(time { columns = state.frame.size.columns })
        precondition(columns == LabelBench.wide.columns)
      }
      report.measurements += [
        Measurement(what: "in process: a key, \(name)", unit: "ms", samples: Samples(keys)),
        Measurement(
          what: "in process: its frame, \(name), 200×60", unit: "ms", samples: Samples(frames)),
      ]
    }
  }

  private func measureMosaic(into report: inout Report) throws {
    let file = try ImageFile.open(path: place.photo)
    for size in [LabelBench.medium, LabelBench.wide] {
      let target = PixelSize(width: size.columns * 8, height: size.rows * 16)
      let request = DecodeRequest(
        targetSize: file.header.uprightSize.fitted(within: target))
      var decoded = try file.decode(request)
      let decodes = try (0..<runs).map { _ in try time { decoded = try file.decode(request) } }
      let viewport = Viewport(fitting: file.header.uprightSize, in: size)
      let times = (0..<runs).map { _ in time { _ = decoded.picture.cells(in: viewport) } }
      let name = "\(size.columns)×\(size.rows)"
      report.measurements += [
        Measurement(
          what: "in process: file to picture, \(name)", unit: "ms", samples: Samples(decodes)),
        Measurement(
          what: "in process: picture to cells, \(name)", unit: "ms", samples: Samples(times)),
      ]
    }
  }

  /// A state with its picture there, as the program would have it.
  private func state(_ manifest: String) throws -> State {
    let dataset = Dataset(source: try ManifestFile.open(manifest))
    let settings = Settings(title: "benchmark")
    var state = State(
      dataset: dataset, survey: Survey(dataset, truth: settings.attribute), labels: [],
      settings: settings, size: LabelBench.wide)
    for effect in state.reduce(.input(.resize(LabelBench.wide)), at: 0) {
      guard case .want(let requests) = effect else { continue }
      for request in requests {
        let file = try ImageFile.open(path: place.path + "/" + request.sourceRef)
        let decoded = try file.decode(
          DecodeRequest(targetSize: file.header.uprightSize.fitted(within: request.target)))
        let facts = ImageFacts(
          storedSize: file.header.storedSize, orientation: file.header.orientation)
        _ = state.reduce(.picture(request, .loaded(decoded.picture, facts)), at: 0)
      }
    }
    return state
  }

  /// The processor time of some work, in milliseconds.
  private func time(_ work: () throws -> Void) rethrows -> Double {
    let start = Self.processorTime
    try work()
    return Self.processorTime - start
  }

  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1e6
  }
}
