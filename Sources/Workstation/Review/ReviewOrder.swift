import Evaluation

extension Queue.Order {
  /// Whether the order can only be told where predictions are at hand.
  var needsPredictions: Bool {
    switch self {
    case .uncertainty, .confidence, .missing, .lowOverlap, .confusion, .size: true
    case .file, .name, .open, .boxes, .disagreement, .random: false
    }
  }

  /// What a queue in this order is made of unless one says otherwise.
  var unit: ReviewUnit { needsPredictions ? .boxes : .images }
}

/// What the sorts need to know of an item.
struct ItemFacts {
  /// How sure the model is; of a missed truth 0.
  var confidence: Double
  var verdict: ImageMatch.Prediction.Verdict?
  /// The IoU with the truth that it found, or that explains the error.
  var iou: Double
  /// The shorter side, in pixels.
  var side: Double

  /// What an item has in an order that looks at single items: the least comes first.
  func key(in order: Queue.Order) -> Double {
    switch order {
    case .uncertainty: return abs(confidence - 0.5)
    case .confidence: return -confidence
    case .missing: return -confidence + (verdict == .falsePositive(.background) ? 0 : 2)
    case .lowOverlap:
      if Standing.loose.contains(iou) { return iou }
      return iou < Standing.loose.lowerBound ? 2 - iou : 3 + iou
    case .confusion: return -confidence + (verdict == .falsePositive(.classification) ? 0 : 2)
    case .size: return side
    case .file, .name, .open, .boxes, .disagreement, .random: return 0
    }
  }
}

extension Standing {
  /// The IoUs of a box that lies loosely.
  static let loose = 0.5..<agreement
}

/// A random order that a seed repeats: SplitMix64's mixing of the seed and a number.
func shuffledKey(_ number: Int, seed: UInt64) -> Double {
  var value = UInt64(bitPattern: Int64(number)) &* 0x9E37_79B9_7F4A_7C15 &+ seed
  value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
  value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
  return Double((value ^ (value >> 31)) >> 11)
}
