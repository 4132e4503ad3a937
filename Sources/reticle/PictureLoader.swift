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
  private struct Work {
    var waiting: [PictureRequest] = []
    var running: [PictureRequest: StopFlag] = [:]
    /// Those whose file is on its way.
    var parked: Set<PictureRequest> = []
    /// What the person waits for, if anything is waited for.
    var first: PictureRequest?
  }

  private static let workers = 2
  private let work = Mutex(Work())
  private let queue = DispatchQueue(label: "pictures", qos: .userInitiated, attributes: .concurrent)
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
      work.parked.formIntersection(requests)
      for (request, flag) in work.running where !requests.contains(request) { flag.stop() }
      work.first = requests.first
      // One that was stopped a moment ago ends without a picture, and is then begun anew.
      work.waiting = requests.filter { work.running[$0]?.isStopped ?? true }
    }
    startWorkers()
  }

  /// Goes on with the pictures whose file has come.
  private func resume(_ sourceRef: String) {
    work.withLock { work in
      let come = work.parked.filter { $0.sourceRef == sourceRef && !work.waiting.contains($0) }
      work.parked.subtract(come)
      let isFirst = work.first.map(come.contains) ?? false
      work.waiting.insert(contentsOf: come, at: isFirst ? 0 : work.waiting.count)
    }
    startWorkers()
  }

  private func startWorkers() {
    while let (request, flag) = next() {
      queue.async { [self] in
        let outcome = decode(request, unless: flag)
        _ = work.withLock { $0.running.removeValue(forKey: request) }
        if let outcome { mailbox.post(.picture(request, outcome)) }
        startWorkers()
      }
    }
  }

  private func next() -> (PictureRequest, StopFlag)? {
    work.withLock { work in
      // The picture waited for has the machine to itself.
      let isWaitedFor = work.first.map { work.running[$0] != nil } ?? false
      guard !isWaitedFor, work.running.count < Self.workers,
        // What has come while it was being looked for begins when that has ended.
        let index = work.waiting.firstIndex(where: { work.running[$0] == nil })
      else { return nil }
      let request = work.waiting.remove(at: index)
      let flag = StopFlag()
      work.running[request] = flag
      return (request, flag)
    }
  }

  /// Where a picture's file is; one that is on its way is parked first, so that it can't come
  /// unseen.
  private func findFile(of request: PictureRequest) -> RemoteImages.Place {
    _ = work.withLock { $0.parked.insert(request) }
    let place = files.place(of: request.sourceRef)
    if place != .coming { _ = work.withLock { $0.parked.remove(request) } }
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
      let size = request.region?.size ?? file.header.uprightSize
      let decoded = try file.decode(
        DecodeRequest(
          region: request.region, targetSize: size.fitted(within: request.target),
          allowsLargeMemory: request.allowsLargeMemory)
      ) { flag.isStopped }
      let facts = ImageFacts(
        storedSize: file.header.storedSize, orientation: file.header.orientation,
        warning: decoded.warning)
      return .loaded(decoded.picture, facts)
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
}

/// Says that a piece of work is no longer wanted.
final class StopFlag: Sendable {
  private let flag = Atomic(false)

  /// Whether it was said.
  var isStopped: Bool { flag.load(ordering: .relaxed) }

  /// Says it.
  func stop() { flag.store(true, ordering: .relaxed) }
}
