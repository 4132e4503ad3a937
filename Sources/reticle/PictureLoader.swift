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
    /// What the person waits for, if anything is waited for.
    var first: PictureRequest?
  }

  private static let workers = 2
  private let work = Mutex(Work())
  private let queue = DispatchQueue(label: "pictures", qos: .userInitiated, attributes: .concurrent)
  private let locator: ImageLocator
  private let mailbox: Mailbox

  init(locator: ImageLocator, mailbox: Mailbox) {
    self.locator = locator
    self.mailbox = mailbox
  }

  /// Replaces what is wanted.
  func want(_ requests: [PictureRequest]) {
    work.withLock { work in
      for (request, flag) in work.running where !requests.contains(request) { flag.stop() }
      work.first = requests.first
      work.waiting = requests.filter { work.running[$0] == nil }
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
      guard !isWaitedFor, work.running.count < Self.workers, !work.waiting.isEmpty
      else { return nil }
      let request = work.waiting.removeFirst()
      let flag = StopFlag()
      work.running[request] = flag
      return (request, flag)
    }
  }

  /// Decodes a picture; `nil` if it was stopped.
  private func decode(_ request: PictureRequest, unless flag: StopFlag) -> PictureOutcome? {
    guard let path = locator.path(for: request.sourceRef) else {
      return .failed(Self.whereToFind(request.sourceRef))
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
      switch error.reason {
      case .cancelled: return nil
      case .needsConsent: return .needsConsent(error.message)
      default: return .failed(error.message)
      }
    }
  }

  private static func whereToFind(_ sourceRef: String) -> String {
    sourceRef.hasPrefix("s3://")
      ? "\(sourceRef) lies on S3: start again with --images DIR and --s3-prefix s3://BUCKET/PREFIX/ "
        + "to say where its copy lies here"
      : "\(sourceRef) is not here: --images DIR says where the images lie"
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
