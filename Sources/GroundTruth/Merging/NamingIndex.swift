/// Where in a dataset each image is: 16 bytes a line, whatever the names' length.
struct NamingIndex: Sendable {
  private struct Place {
    let hash: Int
    let line: Int
  }

  private var places: [Place] = []
  /// The lines that name no image, and why; blank ones too.
  private(set) var unreadable: [(line: Int, error: ManifestError)] = []
  /// How many lines name no image, blank ones left out.
  private(set) var unreadableCount = 0

  static let unreadableLimit = 100

  init(of dataset: Dataset) {
    for line in 0..<dataset.count {
      do throws(ManifestError) {
        let reference = try Entry.sourceReference(of: dataset.line(at: line))
        places.append(Place(hash: reference.hashValue, line: line))
      } catch {
        if error == .blankLine { continue }
        unreadableCount += 1
        if unreadable.count < Self.unreadableLimit { unreadable.append((line, error)) }
      }
    }
    places.sort { ($0.hash, $0.line) < ($1.hash, $1.line) }
  }

  /// Whether some line names an image.
  ///
  /// - Complexity: O(log *n*).
  func contains(_ reference: String) -> Bool { !range(of: reference).isEmpty }

  /// How often an image is named before a line and after it.
  ///
  /// - Complexity: O(log *n*).
  func namings(of reference: String, around line: Int) -> (before: Int, after: Int) {
    let range = range(of: reference)
    let place = firstPlace(in: range) { $0.line >= line }
    return (place - range.lowerBound, max(0, range.upperBound - place - 1))
  }

  /// The lines of an image's namings, counted from 0, as far as there are any.
  ///
  /// Two names have the same hash once in the age of the world; check that the line's is the one.
  ///
  /// - Complexity: O(log *n* + number of lines).
  func lines(of reference: String, namings: PartialRangeFrom<Int>) -> [Int] {
    places[range(of: reference)].dropFirst(namings.lowerBound).map(\.line)
  }

  /// The line of one of an image's namings, if there is one.
  func line(of reference: String, naming: Int) -> Int? {
    places[range(of: reference)].dropFirst(naming).first?.line
  }

  private func range(of reference: String) -> Range<Int> {
    let hash = reference.hashValue
    let start = firstPlace(in: places.indices) { $0.hash >= hash }
    return start..<firstPlace(in: start..<places.count) { $0.hash > hash }
  }

  /// The first place from which on something holds.
  private func firstPlace(in range: Range<Int>, where holds: (Place) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if holds(places[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Entry {
  /// The image that a line names, without a look at the rest.
  static func sourceReference(of line: [UInt8]) throws(ManifestError) -> String {
    let object = try JSONValue(manifestLine: line)
    guard let members = object.members else { throw .notAnObject }
    guard let source = members.last(named: "source-ref") else {
      throw members.last(named: "source") == nil ? .missingSourceRef : .inlineSource
    }
    guard let reference = source.string else { throw .invalidSourceRef }
    return reference
  }
}
