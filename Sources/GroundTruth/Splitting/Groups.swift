/// A partition of numbered things into groups, joined pair by pair.
///
/// A disjoint-set forest (Galler, Fischer 1964) with halved paths and union by size.
public struct Groups: Sendable {
  private var parents: [Int]
  private var sizes: [Int]

  /// Puts each of so many things in a group of its own.
  public init(count: Int) {
    parents = Array(0..<count)
    sizes = Array(repeating: 1, count: count)
  }

  /// How many things there are.
  public var count: Int { parents.count }

  /// Puts two things, and all that belongs with each, into one group.
  ///
  /// - Complexity: nearly O(1).
  public mutating func join(_ first: Int, _ second: Int) {
    var (large, small) = (root(of: first), root(of: second))
    if large == small { return }
    if sizes[large] < sizes[small] { swap(&large, &small) }
    parents[small] = large
    sizes[large] += sizes[small]
  }

  /// Puts the things that have the same key into one group; `nil` is no key.
  ///
  /// - Complexity: O(*n*).
  public mutating func join<Key: Hashable>(by key: (Int) -> Key?) {
    var first: [Key: Int] = [:]
    for thing in 0..<count {
      guard let key = key(thing) else { continue }
      if let other = first[key] { join(other, thing) } else { first[key] = thing }
    }
  }

  /// Puts the things that have the same value into one group, without a table of all values.
  ///
  /// - Complexity: O(*n* log *n*).
  mutating func join(sameOf values: [Int]) {
    let order = (0..<count).sorted { (values[$0], $0) < (values[$1], $1) }
    for (first, second) in zip(order, order.dropFirst()) where values[first] == values[second] {
      join(first, second)
    }
  }

  /// The groups: the number of each thing's group, counted in the order of their first things.
  ///
  /// - Complexity: O(*n*).
  public mutating func numbers() -> [Int] {
    var numbersByRoot = [Int](repeating: -1, count: count)
    var next = 0
    return (0..<count).map { thing in
      let root = root(of: thing)
      if numbersByRoot[root] < 0 {
        numbersByRoot[root] = next
        next += 1
      }
      return numbersByRoot[root]
    }
  }

  private mutating func root(of thing: Int) -> Int {
    var thing = thing
    while parents[thing] != thing {
      parents[thing] = parents[parents[thing]]
      thing = parents[thing]
    }
    return thing
  }
}
