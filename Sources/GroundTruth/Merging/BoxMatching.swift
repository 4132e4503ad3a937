/// Which boxes of several authors are the same thing.
enum BoxMatching {
  /// Boxes of different authors for one thing.
  struct Cluster {
    /// The boxes with their authors' places, in that order, at most one of each author.
    var members: [(author: Int, box: Box)]
    /// The first member's box.
    var first: Box { members[0].box }

    /// The first box with the mean of all members' edges, rounded; as it is if all are the same.
    var mean: Box {
      var box = first
      let boxes = members.map(\.box)
      guard !boxes.allSatisfy({ $0.hasSameEdges(as: box) }) else { return box }
      func mean(_ edge: (Box) -> Double) -> Double {
        (boxes.reduce(0) { $0 + edge($1) } / Double(boxes.count)).rounded()
      }
      (box.left, box.top) = (mean { $0.left }, mean { $0.top })
      box.width = max(1, mean { $0.left + $0.width } - box.left)
      box.height = max(1, mean { $0.top + $0.height } - box.top)
      return box
    }
  }

  /// How many boxes an image may have, all authors together, for them to be matched.
  ///
  /// Custom Labels takes 50; the work grows with the square.
  static let limit = 4_000

  /// Sorts boxes into clusters of the same label and enough overlap with the first member.
  ///
  /// Of an author's boxes the one that overlaps most goes to a cluster, so that two boxes which an
  /// author drew beside each other stay two.
  ///
  /// - Complexity: O(*n*² log *n*).
  static func clusters(of authors: [[Box]], overlap: Double) -> [Cluster] {
    var clusters: [Cluster] = []
    for (author, boxes) in authors.enumerated() {
      var pairs: [(overlap: Double, cluster: Int, box: Int)] = []
      for (place, box) in boxes.enumerated() {
        for (index, cluster) in clusters.enumerated() where cluster.first.label == box.label {
          let value = cluster.first.overlap(with: box)
          if value >= overlap, value > 0 || cluster.first.hasSameEdges(as: box) {
            pairs.append((value, index, place))
          }
        }
      }
      pairs.sort { ($1.overlap, $0.cluster, $0.box) < ($0.overlap, $1.cluster, $1.box) }
      var (takenClusters, takenBoxes): (Set<Int>, Set<Int>) = ([], [])
      for pair in pairs
      where !takenClusters.contains(pair.cluster) && !takenBoxes.contains(pair.box) {
        takenClusters.insert(pair.cluster)
        takenBoxes.insert(pair.box)
        clusters[pair.cluster].members.append((author, boxes[pair.box]))
      }
      for place in boxes.indices where !takenBoxes.contains(place) {
        clusters.append(Cluster(members: [(author, boxes[place])]))
      }
    }
    return clusters
  }
}

extension Box {
  /// Intersection over union with another box, 0…1; 0 where it can't be told.
  func overlap(with other: Box) -> Double {
    let width = min(left + self.width, other.left + other.width) - max(left, other.left)
    let height = min(top + self.height, other.top + other.height) - max(top, other.top)
    guard width > 0, height > 0 else { return 0 }
    let both = width * height
    let union = self.width * self.height + other.width * other.height - both
    return union > 0 && both.isFinite ? both / union : 0
  }

  /// Whether two boxes are at the same place.
  func hasSameEdges(as other: Box) -> Bool {
    left == other.left && top == other.top && width == other.width && height == other.height
  }
}
