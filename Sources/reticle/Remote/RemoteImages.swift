import Dispatch
import Glibc
import ImageCoding
import Storage
import Synchronization

/// Finds the files of images: where they lie here, in the cache, or on S3.
///
/// What lies on S3 is fetched in the background by the person's own `aws` program, what is looked
/// at first and its neighbours after it; what is no longer wanted is stopped. It may be asked from
/// any thread, and only `place(of:)` touches the disk.
final class RemoteImages: Sendable {
  /// Where an image is.
  enum Place: Hashable, Sendable {
    /// In a file here, its own or a copy in the cache.
    case here(String)
    /// On its way: what was given to `want` is called when it is there.
    case coming
    /// It can't be had; why, and the way out.
    case missing(String)
  }

  /// One image being fetched.
  private struct Fetch {
    /// Nil until it runs.
    var program: ChildProgram?
  }

  /// What became of it.
  private enum Outcome {
    case kept
    case stopped
    case failed(String)
  }

  private struct Work {
    /// The references wanted, most urgent first.
    var wanted: [String] = []
    var waiting: [S3Object] = []
    var running: [String: Fetch] = [:]
    /// What went wrong, until it is no longer wanted.
    var failures: [String: String] = [:]
    var arrived: @Sendable (String) -> Void = { _ in }
    var isFinished = false
  }

  /// How many are fetched at a time; what is looked at does not wait for its neighbours.
  private static let lanes = 3

  private let work = Mutex(Work())
  private let underWay = DispatchGroup()
  private let locator: ImageLocator
  private let cache: ImageCache?
  private let limits: ChildProgram.Limits

  /// Creates a finder.
  ///
  /// - Parameters:
  ///   - locator: Knows where images lie here.
  ///   - cache: Where copies are kept; nil if there is no place for one.
  ///   - limits: What the fetching of one image may take.
  init(
    locator: ImageLocator, cache: ImageCache? = .standard, limits: ChildProgram.Limits = .init()
  ) {
    self.locator = locator
    self.cache = cache
    self.limits = limits
  }

  // MARK: Asking

  /// Says what is wanted, most urgent first, and stops the fetching of all else.
  ///
  /// - Parameters:
  ///   - references: The `source-ref` of each.
  ///   - arrived: Called, on any thread, with a reference of which ``place(of:)`` has more to say
  ///     by now than that it is coming.
  func want(_ references: [String], arrived: @escaping @Sendable (String) -> Void) {
    let unwanted = work.withLock { work in
      work.wanted = references
      work.arrived = arrived
      work.failures = work.failures.filter { references.contains($0.key) }
      work.waiting = references.compactMap { reference in
        work.waiting.first { $0.uri == reference }
      }
      return work.running.filter { !references.contains($0.key) }.compactMap(\.value.program)
    }
    for program in unwanted { program.stop() }
  }

  /// Stops all, and returns when nothing of it is left.
  func finish() {
    work.withLock { $0.isFinished = true }
    want([]) { _ in }
    _ = underWay.wait(timeout: .now() + 2)
  }

  /// Where an image is; one that lies on S3 is fetched from now on if it is wanted.
  func place(of reference: String) -> Place {
    if let path = path(of: reference) { return .here(path) }
    guard let object = S3Object(uri: reference) else {
      return .missing("\(reference) is not here: --images DIR says where the images lie")
    }
    return work.withLock { work in
      if let failure = work.failures[reference] { return .missing(failure) }
      // Between the look at the disk and the lock it may have come, and is asked for again then.
      let isKnown = work.running[reference] != nil || work.waiting.contains(object)
      if !isKnown, work.wanted.contains(reference) { work.waiting.append(object) }
      startPrograms(&work)
      return .coming
    }
  }

  /// Where an image is, after waiting for it if it lies on S3.
  func fetched(_ reference: String) -> Place {
    if let path = path(of: reference) { return .here(path) }
    guard let object = S3Object(uri: reference) else { return place(of: reference) }
    want([reference]) { _ in }
    if case .failed(let reason) = fetch(object) { return .missing(reason) }
    return path(of: reference).map { .here($0) } ?? .coming
  }

  /// The file of an image, nothing being fetched; nil if it is not here.
  func path(of reference: String) -> String? {
    let path = locator.path(for: reference)
    if let path, FileKind.of(path) != .missing { return path }
    guard let object = S3Object(uri: reference) else { return path }
    return cache?.path(of: Self.name(object))
  }

  /// Lets an error speak of the image and not of its copy, and drops a copy that is no image, so
  /// that it is fetched anew when it is wanted again.
  func explain(_ error: ImageError, of reference: String, at path: String) -> ImageError {
    guard let cache, path.hasPrefix(cache.path + "/"), let object = S3Object(uri: reference)
    else { return error }
    switch error.reason {
    case .cancelled, .needsConsent, .unsupported, .otherFormat: break
    default: cache.remove(Self.name(object))
    }
    return ImageError(path: reference, reason: error.reason)
  }

  // MARK: Fetching

  /// What names an object in the cache: the same key is another object on another server.
  private static func name(_ object: S3Object) -> String {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    let server = variable("AWS_ENDPOINT_URL_S3") ?? variable("AWS_ENDPOINT_URL") ?? ""
    return "\(server)\n\(object.uri)"
  }

  private func startPrograms(_ work: inout Work) {
    guard !work.isFinished else { return }
    work.waiting.sort { first, second in
      let places = [first, second].map { work.wanted.firstIndex(of: $0.uri) ?? .max }
      return places[0] < places[1]
    }
    while let next = work.waiting.first,
      work.running.count < Self.lanes || next.uri == work.wanted.first
    {
      work.waiting.removeFirst()
      work.running[next.uri] = Fetch()
      // A queue of its own, so that its waiting keeps nobody else from a thread.
      DispatchQueue(label: "fetch", qos: .utility).async(group: underWay) { [self] in
        end(next, fetch(next))
      }
    }
  }

  private func end(_ object: S3Object, _ outcome: Outcome) {
    let arrived: (@Sendable (String) -> Void)? = work.withLock { work in
      work.running[object.uri] = nil
      var hasNews = work.wanted.contains(object.uri)
      if hasNews {
        switch outcome {
        case .kept: break
        case .failed(let reason): work.failures[object.uri] = reason
        case .stopped:
          // It was not wanted for a moment.
          work.waiting.append(object)
          hasNews = false
        }
      }
      startPrograms(&work)
      return hasNews ? work.arrived : nil
    }
    arrived?(object.uri)
  }

  /// Brings an object into the cache.
  private func fetch(_ object: S3Object) -> Outcome {
    guard let program = AWSProgram.installed else {
      return .failed(FetchFailure.noProgram(object))
    }
    guard AWSProgram.takes(object) else { return .failed(FetchFailure.unfit(object)) }
    guard let cache else { return .failed(FetchFailure.noPlace(object)) }
    // It may have come while this one waited.
    if cache.path(of: Self.name(object)) != nil { return .kept }
    do throws(StorageError) {
      let file = try cache.unfinished()
      guard let (ending, message) = run(program, fetching: object, to: file) else {
        let reason = String(cString: strerror(errno))
        cache.discard(file)
        return .failed("\(program.path) can't be started (\(reason)): mend or reinstall it")
      }
      guard ending == .ended(code: 0) else {
        cache.discard(file)
        if ending == .stopped { return .stopped }
        return .failed(
          FetchFailure.sentence(ending, message: message, of: object, limits: limits))
      }
      try cache.keep(file, as: Self.name(object))
      return .kept
    } catch {
      return .failed(FetchFailure.unwritable(cache.path, error))
    }
  }

  private func run(
    _ program: AWSProgram, fetching object: S3Object, to file: String
  ) -> (ChildProgram.Ending, message: String)? {
    let arguments = AWSProgram.arguments(fetching: object, to: file)
    guard
      let child = ChildProgram(program.path, arguments, environment: AWSProgram.environment)
    else { return nil }
    let isWanted = work.withLock { work in
      work.running[object.uri] = Fetch(program: child)
      return work.wanted.contains(object.uri)
    }
    if !isWanted { child.stop() }
    return child.wait(writing: file, limits: limits)
  }
}
