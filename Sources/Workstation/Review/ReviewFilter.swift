import Evaluation
import GroundTruth

/// A query taken apart: what is asked of single boxes, and what of whole images.
struct ReviewFilter {
  /// The terms that the survey and the lines answer.
  private(set) var imageTerms: [Query.Term] = []
  /// The terms asked of a prediction or a missed truth.
  private(set) var itemTerms: [Query.Term] = []

  init(_ query: Query, unit: ReviewUnit) {
    for term in query.terms {
      if term.condition.needsPredictions {
        itemTerms.append(term)
      } else if unit == .boxes, term.condition.isOfBoxes {
        itemTerms.append(term)
      } else {
        imageTerms.append(term)
      }
    }
  }

  /// Whether missed truths are asked for, or after.
  var wantsMissed: Bool { asks { $0 == .falseNegative || $0 == .mismatch } }
  /// Whether predictions that agree with the truth are asked for, or after.
  var wantsAgreed: Bool {
    asks { $0 == .truePositive } || itemTerms.contains { $0.condition.isOverlap }
  }
  /// Whether predictions that aren't sure enough to count are asked for.
  var wantsUnsure: Bool { itemTerms.contains { $0.condition.isScore } }

  private func asks(_ test: (Query.Property) -> Bool) -> Bool {
    itemTerms.contains { term in
      if case .property(let property) = term.condition { return test(property) }
      return false
    }
  }

  /// Whether an item answers to all terms about items.
  func holds(_ facts: ItemFacts, label: String) -> Bool {
    itemTerms.allSatisfy { $0.condition.holds(facts, label: label) != $0.isNegated }
  }
}

extension Query.Condition {
  /// Whether a single box can be asked as well as an image.
  fileprivate var isOfBoxes: Bool {
    switch self {
    case .label, .size: true
    default: false
    }
  }

  fileprivate var isOverlap: Bool { if case .overlap = self { true } else { false } }
  fileprivate var isScore: Bool { if case .score = self { true } else { false } }

  /// Whether it holds for an item; what is asked of images holds.
  fileprivate func holds(_ facts: ItemFacts, label: String) -> Bool {
    switch self {
    case .label(let glob): return glob.matches(label)
    case .size(let sign, let number): return sign.holds(facts.side, number)
    case .score(let sign, let number):
      return facts.verdict != nil && sign.holds(facts.confidence, number)
    case .overlap(let sign, let number):
      return facts.verdict != nil && sign.holds(facts.iou, number)
    case .property(let property):
      let isTrue = facts.verdict == .truePositive
      switch property {
      case .truePositive: return isTrue
      case .falsePositive: return facts.verdict != nil && !isTrue
      case .falseNegative: return facts.verdict == nil
      case .mismatch: return !isTrue
      default: return true
      }
    default: return true
    }
  }
}
