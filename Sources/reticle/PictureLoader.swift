import Dispatch
import ImageCoding
import Raster
import Storage
import Synchronization
import Workstation

/// Decodes pictures off the drawing thread: the most urgent first, two at a time.
///
/// What is no longer wanted is stopped within a row; what is wanted again is not begun twice.
final class PictureLoader: Sendable {
  /// A request that is being worked on.
  private struct Running {
    let flag = StopFlag()
    /// The tiles that come of it, once they are known: others among them need no work of their own.
    var tiles: TileArea?

    /// Whether what is wanted comes of it.
    func brings(_ wanted: PictureRequest, line: Int) -> Bool {
      guard let area = wanted.area, let tiles, wanted.line == line else { return false }
      return tiles.contains(area)
    }
  }

  private struct Work {
    var wanted: [PictureRequest] = []
    var running: [PictureRequest: Running] = [:]
    /// The images whose file is on its way.
    var parked: Set<String> = []

    /// Whether what is running is the request itself, or brings what it asks for.
    func isUnderWay(_ request: PictureRequest) -> Bool {
      running.contains { $0.key == request || $0.value.brings(request, line: $0.key.line) }
    }
  }

  private static let workers = 2
  /// What tiles may take in memory: the greater part of a photo of 12 megapixels.
  private static let tileBytes = 40_000_000
  /// Images below this are there before a preview of them would be.
  private static let leastPreviewedArea = 1_500_000

  private let work = Mutex(Work())
  private let queue = DispatchQueue(label: "pictures", qos: .userInitiated, attributes: .concurrent)
  private let tiles = TileCache(byteLimit: tileBytes)
  private let files: RemoteImages
  private let mailbox: Mailbox

  init(files: RemoteImages, mailbox: Mailbox) {
    self.files = files
    self.mailbox = mailbox
  }

  /// Replaces what is wanted.
  func want(_ requests: [PictureRequest]) {
    files.want(requests.map(\.sourceRef)) { [weak self] in self?.resume($0) }
    work.withLock { work in
      work.parked.formIntersection(requests.map(\.sourceRef))
      work.wanted = requests
      for (request, running) in work.running where !requests.contains(request) {
        let isUseful = requests.contains { running.brings($0, line: request.line) }
        if !isUseful { running.flag.stop() }
      }
    }
    startWorkers()
  }

  /// Goes on with an image whose file has come.
  private func resume(_ sourceRef: String) {
    work.withLock { work in
      work.parked.remove(sourceRef)
      return
    }
    startWorkers()
  }

  private func startWorkers() {
    while let (request, flag) = next() {
      queue.async { [self] in
        let outcome = decode(request, unless: flag)
        work.withLock { work in
          work.running[request] = nil
          // What failed is not tried again before it is asked for again.
          if let outcome, !outcome.isComing { work.wanted.removeAll { $0 == request } }
        }
        if let outcome { mailbox.post(.picture(request, outcome)) }
        startWorkers()
      }
    }
  }

  private func next() -> (PictureRequest, StopFlag)? {
    work.withLock { work in
      let wanted = work.wanted.filter { !work.parked.contains($0.sourceRef) }
      guard work.running.count < Self.workers, let first = wanted.first else { return nil }
      // The picture waited for has the machine to itself.
      guard !work.isUnderWay(first) else { return nil }
      guard let request = wanted.first(where: { !work.isUnderWay($0) }) else { return nil }
      let running = Running()
      work.running[request] = running
      return (request, running.flag)
    }
  }

  /// Where a picture's file is; one that is on its way is parked first, so that it can't come
  /// unseen.
  private func findFile(of request: PictureRequest) -> RemoteImages.Place {
    _ = work.withLock { $0.parked.insert(request.sourceRef) }
    let place = files.place(of: request.sourceRef)
    if place != .coming { _ = work.withLock { $0.parked.remove(request.sourceRef) } }
    return place
  }

  /// Decodes a picture; `nil` if it was stopped.
  private func decode(_ request: PictureRequest, unless flag: StopFlag) -> PictureOutcome? {
    let path: String
    switch findFile(of: request) {
    case .here(let found): path = found
    case .coming: return .coming("fetching \(request.sourceRef)…")
    case .missing(let reason): return .failed(reason)
    }
    do throws(ImageError) {
      let file = try ImageFile.open(path: path)
      if let area = request.area { return try decode(area, of: file, for: request, unless: flag) }
      let wanted = DecodeRequest(
        targetSize: file.header.uprightSize.fitted(within: request.target),
        allowsLargeMemory: request.allowsLargeMemory)
      try postPreview(wanted, of: file, for: request, unless: flag)
      let decoded = try file.decode(wanted) { flag.isStopped }
      return .loaded(decoded.picture, Self.facts(of: file, warning: decoded.warning))
    } catch {
      // A copy has another name, and is not worth keeping if it is no image.
      let error = files.explain(error, of: request.sourceRef, at: path)
      switch error.reason {
      case .cancelled: return nil
      case .needsConsent: return .needsConsent(error.message)
      default: return .failed(error.message)
      }
    }
  }

  private func decode(
    _ area: TileArea, of file: ImageFile, for request: PictureRequest, unless flag: StopFlag
  ) throws(ImageError) -> PictureOutcome {
    let surroundings = file.surroundings(of: area, in: tiles)
    work.withLock { $0.running[request]?.tiles = surroundings }
    let decoded = try file.decode(
      area, keepingIn: tiles, allowsLargeMemory: request.allowsLargeMemory
    ) { flag.isStopped }
    return .loaded(decoded.picture, Self.facts(of: file, warning: decoded.warning))
  }

  /// Shows the picture waited for coarsely, if its file has that first and the rest takes a while.
  private func postPreview(
    _ wanted: DecodeRequest, of file: ImageFile, for request: PictureRequest, unless flag: StopFlag
  ) throws(ImageError) {
    guard file.header.isProgressive, file.header.storedSize.area >= Self.leastPreviewedArea,
      work.withLock({ $0.wanted.first == request }),
      let preview = try file.decodePreview(wanted, isCancelled: { flag.isStopped })
    else { return }
    mailbox.post(.picture(request, .preview(preview, Self.facts(of: file, warning: nil))))
  }

  private static func facts(of file: ImageFile, warning: String?) -> ImageFacts {
    ImageFacts(
      storedSize: file.header.storedSize, orientation: file.header.orientation, warning: warning)
  }
}

/// Says that a piece of work is no longer wanted.
final class StopFlag: Sendable {
  private let flag = Atomic(false)

  /// Whether it was said.
  var isStopped: Bool { flag.load(ordering: .relaxed) }

  /// Says it.
  func stop() { flag.store(true, ordering: .relaxed) }
}

extension PictureOutcome {
  /// Whether another outcome follows.
  fileprivate var isComing: Bool {
    if case .coming = self { true } else { false }
  }
}
