/// The images being worked through: manifest lines after filter and sort, and which one is shown.
public struct Queue: Hashable, Sendable {
  /// The order of the images.
  public enum Order: String, CaseIterable, Sendable {
    /// As in the manifest.
    case file
    /// By name.
    case name
    /// Those that are not done first.
    case open
    /// Most boxes first.
    case boxes
    /// Predictions that the model is least sure of first: those nearest to 0.5.
    case uncertainty
    /// The surest predictions first.
    case confidence
    /// Sure predictions where the truth has nothing first: most likely a missing label.
    case missing
    /// Predictions that lie loosely on a truth first (IoU 0.5 to 0.75).
    case lowOverlap = "low-iou"
    /// Predictions on a truth of another label first.
    case confusion
    /// The smallest boxes first.
    case size
    /// The images first on which people disagree most.
    case disagreement
    /// At random; the same seed gives the same order.
    case random
  }

  /// The manifest lines, from 0, in the order of the queue.
  public internal(set) var lines: [Int]
  /// Which of them is shown, from 0.
  public internal(set) var position: Int
  /// The order.
  public internal(set) var order: Order = .file
  /// The filter as typed; empty for none.
  public internal(set) var filterText = ""

  /// The manifest line shown, if there is any.
  public var current: Int? { lines.indices.contains(position) ? lines[position] : nil }

  /// Where a manifest line is in the queue.
  ///
  /// - Complexity: O(log *n*) in the order of the manifest, else O(*n*).
  func position(of line: Int) -> Int? {
    if current == line { return position }
    guard order == .file else { return lines.firstIndex(of: line) }
    let place = place(of: line)
    return place < lines.count && lines[place] == line ? place : nil
  }

  /// Where a manifest line is, or would be, in the order of the manifest.
  func place(of line: Int) -> Int {
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle] < line { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The lines whose pictures may be wanted soon: the one shown, the next two, the one before.
  var neighbours: [Int] {
    var found = current.map { [$0] } ?? []
    func add(_ count: Int, _ places: some Sequence<Int>) {
      var left = count
      // In a queue of boxes many places are of one image.
      for place in places.prefix(256) where left > 0 {
        guard lines.indices.contains(place) else { return }
        if !found.contains(lines[place]) {
          found.append(lines[place])
          left -= 1
        }
      }
    }
    add(2, sequence(first: position + 1) { $0 + 1 })
    add(1, sequence(first: position - 1) { $0 - 1 })
    return found
  }

  /// The line a number of places further on, if there is one.
  func line(offset: Int) -> Int? {
    lines.indices.contains(position + offset) ? lines[position + offset] : nil
  }
}
