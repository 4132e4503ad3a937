/// Where the values of a line stand, found in one pass that also checks that it is JSON.
///
/// A million lines are read with one tape: its memory is used again, and nothing is decoded. The
/// nodes stand in file order; those of an object are its names and values in turn.
struct LineTape {
  /// A value, or the name of a member.
  struct Node {
    /// Where it starts.
    var start: UInt32
    /// Where it ends.
    var end: UInt32 = 0
    /// The number of the node after it and all that it holds.
    var next: UInt32 = 0

    /// Where it stands in the line.
    var range: Range<Int> { Int(start)..<Int(end) }
  }

  private(set) var nodes: [Node] = []
  private var open: [Int] = []

  /// Reads a line that holds one value, white space around it allowed.
  ///
  /// - Throws: `JSONError` at the first byte that isn't JSON.
  mutating func read(_ bytes: Span<UInt8>) throws(JSONError) {
    nodes.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    // Positions are kept in 32 bits; a line that long is refused before it gets here.
    precondition(bytes.count <= Int(UInt32.max))
    var at = 0
    while true {
      JSONScanner.skipSpace(bytes, &at)
      guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
      switch bytes[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if try openContainer(bytes, &at) { continue }
      case UInt8(ascii: "\""):
        let start = at
        try JSONScanner.skipString(bytes, &at)
        leaf(start, at)
      default:
        let start = at
        try Self.skipScalar(bytes, &at)
        leaf(start, at)
      }
      guard try stepToNext(bytes, &at) else { break }
    }
    JSONScanner.skipSpace(bytes, &at)
    guard at == bytes.count else { throw JSONError(offset: at, reason: .trailingBytes) }
  }

  /// The number of the first node within a container.
  func children(of node: Int) -> Range<Int> { node + 1..<Int(nodes[node].next) }

  /// The number of the node after a value and all that it holds.
  func next(after node: Int) -> Int { Int(nodes[node].next) }

  /// Opens a container; false if it is empty and closed again.
  private mutating func openContainer(
    _ bytes: Span<UInt8>, _ at: inout Int
  ) throws(JSONError) -> Bool {
    guard open.count < JSONValue.depthLimit else {
      throw JSONError(offset: at, reason: .tooDeep)
    }
    let isObject = bytes[at] == UInt8(ascii: "{")
    let index = nodes.count
    nodes.append(Node(start: UInt32(at)))
    at += 1
    JSONScanner.skipSpace(bytes, &at)
    if at < bytes.count, bytes[at] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
      at += 1
      close(index, at)
      return false
    }
    open.append(isObject ? index : ~index)
    if isObject { try key(bytes, &at) }
    return true
  }

  /// After a value: closes what closes, until another value is due; false after the last.
  private mutating func stepToNext(
    _ bytes: Span<UInt8>, _ at: inout Int
  ) throws(JSONError) -> Bool {
    while let container = open.last {
      JSONScanner.skipSpace(bytes, &at)
      guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
      let isObject = container >= 0
      switch (bytes[at], isObject) {
      case (UInt8(ascii: ","), true):
        at += 1
        JSONScanner.skipSpace(bytes, &at)
        try key(bytes, &at)
        return true
      case (UInt8(ascii: ","), false):
        at += 1
        return true
      case (UInt8(ascii: "}"), true), (UInt8(ascii: "]"), false):
        at += 1
        close(isObject ? container : ~container, at)
        open.removeLast()
      case (let byte, _): throw JSONError(offset: at, reason: .unexpectedByte(byte))
      }
    }
    return false
  }

  private mutating func key(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
    let start = at
    guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
    guard bytes[at] == UInt8(ascii: "\"") else {
      throw JSONError(offset: at, reason: .valueExpected)
    }
    try JSONScanner.skipString(bytes, &at)
    leaf(start, at)
    JSONScanner.skipSpace(bytes, &at)
    guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
    guard bytes[at] == UInt8(ascii: ":") else {
      throw JSONError(offset: at, reason: .unexpectedByte(bytes[at]))
    }
    at += 1
  }

  private mutating func leaf(_ start: Int, _ end: Int) {
    nodes.append(
      Node(start: UInt32(start), end: UInt32(end), next: UInt32(nodes.count + 1)))
  }

  private mutating func close(_ index: Int, _ end: Int) {
    nodes[index].end = UInt32(end)
    nodes[index].next = UInt32(nodes.count)
  }

  /// Skips a number or a literal; whole numbers, which most are, without a detour.
  private static func skipScalar(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
    var index = at
    if bytes[index] &- UInt8(ascii: "1") < 9 {
      index += 1
      while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
      if index < bytes.count, bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: "}")
      {
        at = index
        return
      }
    }
    at = try JSONScanner.endOfValue(bytes, from: at)
  }
}
