/// The dealing out of groups to the two sides of a split.
struct SplitDealing {
  /// How many images each group has.
  private(set) var groupSizes: [Int]
  /// How many images still have to come to a side.
  private struct Wanted {
    var training: Double
    var test: Double

    init(_ count: Int, ratio: Double) {
      training = Double(count) * ratio
      test = Double(count) - training
    }

    mutating func take(_ count: Int, to side: Split.Side) {
      if side == .training { training -= Double(count) } else { test -= Double(count) }
    }
  }

  /// A label's groups, and what has come of it.
  private struct Stratum {
    /// The places of its shares, one a group that has it.
    var shares: [Int32] = []
    var wanted = Wanted(0, ratio: 0)
    var isInTraining = false
    var isInTest = false
    var imageCount = 0
    var undealtGroups = 0

    /// The side that doesn't have the label and gets it only with the group now dealt out.
    var missingSide: Split.Side? {
      guard undealtGroups == 1, shares.count > 1 else { return nil }
      if !isInTest { return .test }
      return isInTraining ? nil : .training
    }

    mutating func take(_ count: Int, to side: Split.Side) {
      wanted.take(count, to: side)
      undealtGroups -= 1
      if side == .training { isInTraining = true } else { isInTest = true }
    }
  }

  /// On how many images of a group a label is.
  private struct Share {
    let group: Int32
    let stratum: Int32
    var count: Int32 = 1
  }

  private var strata: [Stratum]
  /// The shares of all groups in a row, those of the first group first.
  private var shares: [Share] = []
  /// Where the shares of each group end.
  private var shareEnds: [Int32]
  private var wanted: Wanted
  private var sides: [Split.Side?]
  private var random: SplitMix64
  private let ratio: Double

  init(_ subjects: SplitSubjects, groupNumbers: [Int], ratio: Double, seed: UInt64) {
    let groupCount = (groupNumbers.max() ?? -1) + 1
    groupSizes = Array(repeating: 0, count: groupCount)
    sides = Array(repeating: nil, count: groupCount)
    shareEnds = Array(repeating: 0, count: groupCount)
    // Two strata more: found empty, and unlabelled.
    strata = Array(repeating: Stratum(), count: subjects.labels.count + 2)
    wanted = Wanted(subjects.count, ratio: ratio)
    random = SplitMix64(seed: seed)
    self.ratio = ratio
    for group in groupNumbers { groupSizes[group] += 1 }
    takeShares(subjects, groupNumbers)
    for (place, share) in shares.enumerated() {
      let stratum = Int(share.stratum)
      strata[stratum].shares.append(Int32(place))
      strata[stratum].imageCount += Int(share.count)
      shareEnds[Int(share.group)] = Int32(place + 1)
    }
    for stratum in strata.indices {
      strata[stratum].wanted = Wanted(strata[stratum].imageCount, ratio: ratio)
      strata[stratum].undealtGroups = strata[stratum].shares.count
    }
  }

  private mutating func takeShares(_ subjects: SplitSubjects, _ groupNumbers: [Int]) {
    var all: [Share] = []
    for subject in 0..<subjects.count {
      for label in subjects.labels(of: subject) {
        let stratum = label >= 0 ? label : Int32(strata.count) + label
        all.append(Share(group: Int32(groupNumbers[subject]), stratum: stratum))
      }
    }
    all.sort { ($0.group, $0.stratum) < ($1.group, $1.stratum) }
    // What is the same is counted in place: a million images have millions of these.
    var kept = 0
    for place in all.indices.dropFirst() {
      if all[place].group == all[kept].group, all[place].stratum == all[kept].stratum {
        all[kept].count += 1
      } else {
        kept += 1
        all[kept] = all[place]
      }
    }
    all.removeLast(max(0, all.count - kept - 1))
    shares = all
  }

  /// The side of each group.
  mutating func deal() -> [Split.Side] {
    // Rarest label first: what has few groups leaves the least choice.
    let order = strata.indices.sorted {
      (strata[$0].shares.count, $0) < (strata[$1].shares.count, $1)
    }
    for stratum in order {
      var places = strata[stratum].shares.map(Int.init)
      random.shuffle(&places)
      // Large groups first, so that small ones can even out what those left uneven.
      let shuffled = places
      let ranks = places.indices.sorted {
        (shares[shuffled[$1]].count, $0) < (shares[shuffled[$0]].count, $1)
      }
      for rank in ranks {
        let group = Int(shares[shuffled[rank]].group)
        if sides[group] == nil { deal(group, for: stratum) }
      }
    }
    return sides.map { $0 ?? .training }
  }

  private mutating func deal(_ group: Int, for stratum: Int) {
    let own = shares[(group == 0 ? 0 : Int(shareEnds[group - 1]))..<Int(shareEnds[group])]
    var side = strata[stratum].missingSide
    for share in own where side == nil { side = strata[Int(share.stratum)].missingSide }
    let chosen = side ?? self.side(for: strata[stratum])
    sides[group] = chosen
    wanted.take(groupSizes[group], to: chosen)
    for share in own { strata[Int(share.stratum)].take(Int(share.count), to: chosen) }
  }

  /// The side that lacks a label by an image or more; else the one that lacks more of its images.
  private mutating func side(for stratum: Stratum) -> Split.Side {
    // What can be on one side only is of use in training alone.
    if stratum.shares.count == 1 { return .training }
    let label = stratum.wanted.training - stratum.wanted.test
    if abs(label) >= 1 { return label > 0 ? .training : .test }
    // Either is right for the label: let the roundings of all labels even out.
    let images = wanted.training / ratio - wanted.test / (1 - ratio)
    // Sums of fractions: what differs by less than this doesn't differ.
    if abs(images) > 1e-6 { return images > 0 ? .training : .test }
    return random.next() & 1 == 0 ? .training : .test
  }
}
