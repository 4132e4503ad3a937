import CTorch
import Evaluation
import Training

/// An image and how it is seen on a canvas.
struct View {
  let pixels: PixelBuffer
  let augmentation: Augmentation
  /// Whether it lies on the canvas of the view before it.
  var isBeside = false

  /// The same for C; the pixels must outlive it.
  var raw: ct_view {
    let map = augmentation.placement.sampling(width: pixels.width, height: pixels.height)
    let (gain, offset) = (augmentation.gain, augmentation.offset)
    return ct_view(
      pixels: UnsafePointer(pixels.bytes.baseAddress), width: Int32(pixels.width),
      height: Int32(pixels.height), sampling: (map[0], map[1], map[2], map[3], map[4], map[5]),
      gain: (gain[0], gain[1], gain[2]), offset: (offset[0], offset[1], offset[2]),
      beside: isBeside)
  }
}

/// Calls of the tensor library, with its messages as errors.
enum Torch {
  /// Its name and version.
  static var version: String { String(cString: ct_version()) }

  /// Runs a call that fails with a message.
  static func check(
    _ call: (UnsafeMutablePointer<CChar>?) -> Bool
  ) throws(TrainingError) {
    var message = [CChar](repeating: 0, count: Int(CT_MESSAGE))
    if message.withUnsafeMutableBufferPointer({ call($0.baseAddress) }) { return }
    let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let text = String(decoding: bytes, as: UTF8.self)
    throw TrainingError(
      "The tensor library failed (\(text)); if memory was short, close other programs, "
        + "else report it.")
  }
}

/// A network with the state of its training.
final class Network {
  /// What a network is for.
  enum Kind {
    case detector(usualHalf: (width: Double, height: Double))
    case classifier
  }

  let labelCount: Int
  let pointer: OpaquePointer

  init(_ kind: Kind, labelCount: Int, seed: UInt64) throws(TrainingError) {
    self.labelCount = labelCount
    let code: Int32
    var half = (width: 1.0, height: 1.0)
    switch kind {
    case .detector(let usual): (code, half) = (Int32(CT_DETECTOR), usual)
    case .classifier: code = Int32(CT_CLASSIFIER)
    }
    var made: OpaquePointer?
    try Torch.check { message in
      made = ct_network_create(
        code, Int32(labelCount), Float(half.width), Float(half.height), seed, message)
      return made != nil
    }
    guard let made else { throw TrainingError("The network can't be made; report it.") }
    pointer = made
  }

  deinit { ct_network_free(pointer) }

  /// The averaged weights, which answer.
  var weights: [Float] {
    get throws(TrainingError) {
      try read(count: ct_weight_count(pointer)) { ct_weights_get(pointer, $0, $1) }
    }
  }

  /// All that training needs to go on.
  var state: [Float] {
    get throws(TrainingError) {
      try read(count: ct_state_count(pointer)) { ct_state_get(pointer, $0, $1) }
    }
  }

  /// The number of the averaged weights.
  var weightCount: Int { Int(ct_weight_count(pointer)) }

  /// Takes weights, from which training begins anew.
  func setWeights(_ values: [Float]) throws(TrainingError) {
    guard values.count == weightCount else { throw Self.wrongCount }
    try Torch.check { message in
      values.withUnsafeBufferPointer { ct_weights_set(pointer, $0.baseAddress, message) }
    }
  }

  /// Takes a state, from which training goes on.
  func setState(_ values: [Float]) throws(TrainingError) {
    guard values.count == Int(ct_state_count(pointer)) else { throw Self.wrongCount }
    try Torch.check { message in
      values.withUnsafeBufferPointer { ct_state_set(pointer, $0.baseAddress, message) }
    }
  }

  /// Takes another network's weights; labels by their places there, nil for new ones.
  func adopt(_ other: Network, labels: [Int?]) throws(TrainingError) {
    let places = labels.map { Int32($0 ?? -1) }
    let from = other.pointer
    try Torch.check { message in
      places.withUnsafeBufferPointer {
        ct_weights_adopt(pointer, from, $0.baseAddress, message)
      }
    }
  }

  private func read(
    count: Int64, _ call: (UnsafeMutablePointer<Float>?, UnsafeMutablePointer<CChar>?) -> Bool
  ) throws(TrainingError) -> [Float] {
    var values = [Float](repeating: 0, count: Int(count))
    try Torch.check { message in
      values.withUnsafeMutableBufferPointer { call($0.baseAddress, message) }
    }
    return values
  }

  private static let wrongCount = TrainingError(
    "The weights are of another network; train again, or use the program that wrote them.")
}
