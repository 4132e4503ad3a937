extension Dataset {
  /// Lines in the order of what `source-ref` says, by its bytes; lines of one name in their order.
  ///
  /// - Parameter lines: Lines from 0, ascending.
  /// - Returns: The same lines.
  /// - Complexity: O(bytes + *n* log *n*).
  public func sortedBySourceRef(_ lines: [Int]) -> [Int] {
    var names = PackedNames(beginning: commonBeginning(of: lines))
    var next = 0
    guard let first = lines.first, let last = lines.last else { return [] }
    forEachLine(in: first..<last + 1) { line, bytes in
      guard next < lines.count, lines[next] == line else { return }
      next += 1
      let value = LineFields(bytes, truth: []).sourceRef
      var end = value.lowerBound + 1
      JSONScanner.skipPlain(bytes, &end)
      if end == value.upperBound - 1 {
        names.append(bytes, value.lowerBound + 1..<end)
      } else {
        let name = value.isEmpty ? [] : Array(JSONText.decode(bytes, value).utf8)
        names.append(name.span, 0..<name.count)
      }
    }
    return names.order.map { lines[$0] }
  }

  /// What the names of some of the lines begin with, which mostly all do.
  private func commonBeginning(of lines: [Int]) -> [UInt8] {
    let names = stride(from: 0, to: lines.count, by: max(1, lines.count / 64)).map { place in
      Array(((try? Entry(line: line(at: lines[place])))?.sourceRef ?? "").utf8)
    }
    guard var beginning = names.first else { return [] }
    for name in names {
      let same = zip(beginning, name).prefix { $0 == $1 }.count
      beginning.removeLast(beginning.count - same)
    }
    return beginning
  }
}

/// Many names in one array, without what most of them begin with.
private struct PackedNames {
  private let beginning: [UInt8]
  private var texts: [UInt8] = []
  /// Where each name starts in `texts`, and whether the beginning comes before it.
  private var starts: [(at: UInt32, isShort: Bool)] = []

  init(beginning: [UInt8]) {
    self.beginning = beginning
  }

  mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var isShort = range.count >= beginning.count
    for offset in beginning.indices where isShort {
      if bytes[range.lowerBound + offset] != beginning[offset] { isShort = false }
    }
    starts.append((UInt32(clamping: texts.count), isShort))
    let kept = isShort ? range.lowerBound + beginning.count..<range.upperBound : range
    for index in kept { texts.append(bytes[index]) }
  }

  /// The places of the names, in their order.
  var order: [Int] {
    let places = (0..<UInt32(clamping: starts.count)).sorted { precedes(Int($0), Int($1)) }
    return places.map(Int.init)
  }

  private func precedes(_ first: Int, _ second: Int) -> Bool {
    let order: Int
    switch (starts[first].isShort, starts[second].isShort) {
    // What doesn't have the beginning is told apart by it.
    case (false, true): order = Self.compare(texts, range(first), beginning, beginning.indices)
    case (true, false): order = Self.compare(beginning, beginning.indices, texts, range(second))
    default: order = Self.compare(texts, range(first), texts, range(second))
    }
    return order == 0 ? first < second : order < 0
  }

  private func range(_ place: Int) -> Range<Int> {
    let end = place + 1 < starts.count ? Int(starts[place + 1].at) : texts.count
    return Int(starts[place].at)..<end
  }

  private static func compare(
    _ first: [UInt8], _ one: Range<Int>, _ second: [UInt8], _ other: Range<Int>
  ) -> Int {
    for offset in 0..<min(one.count, other.count) {
      let (a, b) = (first[one.lowerBound + offset], second[other.lowerBound + offset])
      if a != b { return Int(a) - Int(b) }
    }
    return one.count - other.count
  }
}
