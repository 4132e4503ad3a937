/// How often each label occurs on valid lines.
struct LabelTally: Sendable {
  /// How many labels are told apart at most: many times the service's limit.
  static let capacity = 20_000

  /// A label and how many images have it.
  struct Label: Sendable {
    let hash: UInt64
    let name: String
    /// Images that have it as a whole.
    var imageLevel = 0
    /// Images that have it on a box.
    var boxed = 0
    fileprivate var lastImageLevel = -1
    fileprivate var lastBoxed = -1
  }

  private(set) var labels: [Label] = []
  private var places: [UInt64: Int] = [:]

  /// The label with a hash.
  func label(_ hash: UInt64) -> Label? { places[hash].map { labels[$0] } }

  /// Counts a label of a line, once for each line.
  mutating func count(
    _ quoted: Range<Int>, in bytes: Span<UInt8>, onBox: Bool, line: Int
  ) {
    let hash = ByteText.hash(bytes, quoted)
    let place: Int
    if let known = places[hash] {
      place = known
    } else {
      guard labels.count < Self.capacity else { return }
      place = labels.count
      labels.append(Label(hash: hash, name: JSONText.decode(bytes, quoted)))
      places[hash] = place
    }
    if onBox {
      if labels[place].lastBoxed != line { labels[place].boxed += 1 }
      labels[place].lastBoxed = line
    } else {
      if labels[place].lastImageLevel != line { labels[place].imageLevel += 1 }
      labels[place].lastImageLevel = line
    }
  }
}
