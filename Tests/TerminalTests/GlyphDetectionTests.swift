import Cells
import Testing

@testable import Terminal

@Suite struct GlyphDetectionTests {
  @Test(
    arguments: [
      ("xterm-kitty", [:], true), ("foot", [:], true), ("foot-direct", [:], true),
      ("xterm-ghostty", [:], true), ("xterm-256color", [:], false), ("linux", [:], false),
      ("footloose", [:], false), ("alacritty", [:], false),
      ("xterm-256color", ["VTE_VERSION": "7203"], true),
      ("xterm-256color", ["VTE_VERSION": "5202"], false),
      ("xterm-256color", ["VTE_VERSION": "new"], false),
      ("xterm-256color", ["TERM_PROGRAM": "WezTerm"], true),
      ("tmux-256color", ["TERM_PROGRAM": "WezTerm"], false),
      ("xterm-kitty", ["TMUX": "/tmp/tmux-0/default,1,0"], false),
      ("screen-256color", ["VTE_VERSION": "7203"], false),
      ("xterm-256color", ["STY": "1.pts", "VTE_VERSION": "7203"], false),
    ] as [(String, [String: String], Bool)])
  func `only terminals known to draw them count`(
    terminal: String, environment: [String: String], isKnown: Bool
  ) {
    #expect(GlyphDetection.draws(environment: environment, terminal: terminal) == isKnown)
  }

  @Test func `shortcuts are those of the terminal's description`() {
    #expect(GlyphDetection.shortcuts(ofTerminal: "xterm-256color") == [.repetition, .erasure])
    #expect(GlyphDetection.shortcuts(ofTerminal: "vt100") == [])
    #expect(GlyphDetection.shortcuts(ofTerminal: "no such terminal") == [])
  }
}
