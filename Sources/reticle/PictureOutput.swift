import Cells
import Dispatch
import Mosaic
import Workstation

/// Standard output as pictures go there, and what it was seen to take.
struct PictureOutput {
  private let stream: EscapeStream
  private let bandwidth: Bandwidth
  /// Bytes a second, once enough have gone out to tell.
  private var rate: Double?

  init(stream: EscapeStream, bandwidth: Bandwidth) {
    self.stream = stream
    self.bandwidth = bandwidth
  }

  /// What the next picture may take.
  var budget: ByteBudget {
    switch bandwidth {
    case .off: .unlimited
    case .kilobytes(let number): .bytes(number * 1_000)
    case .auto: rate.map { .bytes(Int($0 * Self.patience)) } ?? .unlimited
    }
  }

  /// The seconds that a picture may take to arrive.
  private static let patience = 0.4

  /// Writes a picture.
  ///
  /// - Throws: An exit code, after saying why it can't be written.
  mutating func write(_ grid: CellGrid) throws {
    let bytes = stream.encode(grid)
    let start = ContinuousClock.now
    try StandardOutput.write(bytes)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    // Less than that fits the buffers on the way.
    if bytes.count > 16_000, seconds > 0 { rate = Double(bytes.count) / seconds }
  }
}

extension Spread {
  /// Over the processor's cores.
  static let overCores = Spread { count, piece in
    DispatchQueue.concurrentPerform(iterations: count) { piece($0) }
  }
}
