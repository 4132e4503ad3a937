import Cells
import TestSupport
import Testing

@testable import Terminal

struct ColorDetectionTests {
  struct Case: CustomTestStringConvertible {
    var choice = ColorChoice.auto
    var environment: [String: String] = [:]
    var terminal = "xterm"
    var depth: ColorDepth
    var testDescription: String { "\(choice) \(environment) \(terminal) → \(depth)" }
  }

  static let cases: [Case] = [
    Case(depth: .palette8),
    Case(terminal: "xterm-256color", depth: .palette256),
    Case(terminal: "tmux", depth: .palette256),
    Case(terminal: "tmux-256color", depth: .palette256),
    Case(terminal: "linux", depth: .palette16),
    Case(terminal: "vt220", depth: .mono),
    Case(terminal: "xterm-mono", depth: .mono),
    Case(terminal: "xterm-direct", depth: .truecolor),
    Case(terminal: "foot-direct", depth: .truecolor),
    Case(environment: ["COLORTERM": "truecolor"], terminal: "xterm-256color", depth: .truecolor),
    Case(environment: ["COLORTERM": "24bit"], terminal: "vt100", depth: .truecolor),
    Case(environment: ["COLORTERM": "yes"], terminal: "xterm-256color", depth: .palette256),
    // Programs inherit COLORTERM from the terminal in which screen was started.
    Case(
      environment: ["COLORTERM": "truecolor", "STY": "12.pts"], terminal: "xterm-256color",
      depth: .palette256),
    Case(environment: ["COLORTERM": "truecolor"], terminal: "screen", depth: .palette256),
    Case(
      environment: ["COLORTERM": "truecolor", "TMUX": "/tmp/t"], terminal: "screen-256color",
      depth: .truecolor),
    Case(environment: ["COLORTERM": "truecolor"], terminal: "linux", depth: .palette16),
    Case(environment: ["NO_COLOR": "1", "COLORTERM": "truecolor"], depth: .mono),
    Case(environment: ["NO_COLOR": ""], terminal: "xterm-256color", depth: .palette256),
    Case(choice: .truecolor, environment: ["NO_COLOR": "1"], terminal: "linux", depth: .truecolor),
    Case(choice: .mono, environment: ["COLORTERM": "truecolor"], depth: .mono),
    Case(choice: .palette16, environment: ["STY": "1"], depth: .palette16),
  ]

  @Test(arguments: cases)
  func `the depth follows what the environment says`(_ item: Case) {
    let depth = ColorDetection.depth(
      choice: item.choice, environment: item.environment, terminal: item.terminal)
    #expect(depth == item.depth)
  }

  @Test func `colours beyond a depth become the nearest it has`() {
    var mapper = ColorMapper(depth: .palette256)
    #expect(mapper.number(.rgb(255, 0, 0)) == 196)
    #expect(mapper.number(.rgb(255, 0, 0)) == 196)
    #expect(mapper.number(.indexed(3)) == 3)
    #expect(mapper.number(.standard) == -1)
    var eight = ColorMapper(depth: .palette8)
    #expect(eight.number(.indexed(9)) == 1)
    #expect(eight.number(.rgb(250, 250, 250)) == 7)
    var exact = ColorMapper(depth: .truecolor)
    #expect(exact.number(.rgb(1, 2, 3)) == 0x010203)
    #expect(exact.number(.indexed(196)) == 0xFF0000)
    var mono = ColorMapper(depth: .mono)
    #expect(mono.number(.rgb(1, 2, 3)) == -1)
  }

  @Test(arguments: [ColorDepth.palette256, .palette16, .palette8])
  func `remembered colours are the ones that would be found anew`(_ depth: ColorDepth) {
    var generator = SeededGenerator(for: "colours of \(depth)")
    var mapper = ColorMapper(depth: depth)
    let colors = (0..<300).map { _ in generator.next() }
    for bits in colors + colors {
      let (red, green, blue) = (UInt8(bits & 255), UInt8(bits >> 8 & 255), UInt8(bits >> 16 & 255))
      let expected = Palette.nearest(red, green, blue, in: depth)
      #expect(mapper.number(.rgb(red, green, blue)) == Int32(expected))
    }
  }
}
