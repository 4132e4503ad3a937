import Processes
import Testing

@Suite struct BoundedLinesTests {
  @Test(arguments: 1...7)
  func `Lines come whole however their bytes come`(piece: Int) {
    let bytes = Array("one\ntwo\r\n\nthree\nlast".utf8)
    var lines = BoundedLines(limit: 100)
    var found: [BoundedLines.Line] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      found += lines.take(bytes[start..<min(start + piece, bytes.count)])
    }
    if let last = lines.finish() { found.append(last) }
    #expect(found == ["one", "two", "", "three", "last"].map { .whole(Array($0.utf8)) })
    #expect(lines.finish() == nil)
  }

  @Test(arguments: [1, 10, 1000, 100_000])
  func `Of a line beyond the limit only its beginning is kept`(piece: Int) {
    var lines = BoundedLines(limit: 1_000)
    var found: [BoundedLines.Line] = []
    let bytes =
      Array("{\"id\":\"7\"".utf8) + [UInt8](repeating: 0x20, count: 99_991) + [0x0A]
      + Array("next\n".utf8)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      found += lines.take(bytes[start..<min(start + piece, bytes.count)])
    }
    guard found.count == 2, case .tooLong(let head) = found[0] else {
      Issue.record("\(found.count) lines")
      return
    }
    #expect(head.starts(with: Array("{\"id\":\"7\"".utf8)))
    #expect(head.count <= BoundedLines.headLength)
    #expect(found[1] == .whole(Array("next".utf8)))
  }
}
