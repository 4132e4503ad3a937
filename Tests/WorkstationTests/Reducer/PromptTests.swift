import Cells
import Mosaic
import Testing

@testable import Workstation

@Suite("Typing a line")
struct PromptTests {
  /// The line after some keys, its cursor as `|`; `nil` when nothing is typed.
  private func line(_ keys: String, after bench: Bench? = nil) throws -> String? {
    var bench = try bench ?? Bench("100×80\n100×80")
    try bench.run(keys)
    guard case .prompt(let prompt) = bench.state.overlay else { return nil }
    var characters = prompt.line.characters
    characters.insert("|", at: prompt.line.cursor)
    return String(characters)
  }

  @Test(
    "editing",
    arguments: [
      (": \"abc\"", "abc|"), (": \"abc\" Left Left \"x\"", "ax|bc"),
      (": \"abc\" Home Del Right \"x\"", "bx|c"), (": \"abc\" Home End Backspace", "ab|"),
      (": \"abc\" Ctrl+A \"x\" Ctrl+E \"y\"", "xabcy|"), (": \"ab cd\" Ctrl+W", "ab |"),
      (": \"ab cd\" Space Space Ctrl+W", "ab |"), (": \"abc\" Left Ctrl+U", "|c"),
      (": \"abc\" Home Right Ctrl+K", "a|"), (": \"abc\" Ctrl+H Left×9 Right", "a|b"),
      (": <paste two words>", "two words|"), (": \"é漢👍🏽\" Left Backspace", "é|👍🏽"),
      (": F5 Ctrl+X Alt+q", "|"),
    ])
  func editing(keys: String, expected: String) throws {
    #expect(try line(keys) == expected)
  }

  @Test(
    "leaving",
    arguments: [
      ": Esc", ": \"a\" Esc", ": \"a\" Ctrl+C", ": Backspace", ": <press 9,9>", ": Enter",
    ])
  func leaving(keys: String) throws {
    #expect(try line(keys) == nil)
  }

  @Test("line breaks in a paste become spaces, and a line has an end")
  func paste() throws {
    var bench = try Bench("100×80")
    try bench.run(":")
    bench.reduce(.input(.paste("a\r\nb\nc\u{2028}d")))
    #expect(try line("", after: bench) == "a b c d|")
    bench.reduce(.input(.paste(String(repeating: "x", count: 10_000))))
    guard case .prompt(let prompt) = bench.state.overlay else { return }
    #expect(prompt.line.characters.count == LineEditor.limit)
  }

  @Test("a long line is drawn without delay")
  func longLine() throws {
    var bench = try Bench("100×80")
    try bench.run(":")
    bench.reduce(.input(.paste(String(repeating: "漢", count: 4096))))
    let start = ContinuousClock.now
    let frame = bench.state.frame
    #expect(frame.size == Bench.screen)
    // Once it was quadratic, and took most of a minute.
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("elsewhere pasted text is not taken for keys")
  func pasteElsewhere() throws {
    try expect("100×80 | RBC 1,1 2×2", "<paste X q u>", "100×80 | RBC 1,1 2×2")
    var bench = try Bench("100×80")
    try bench.run("<paste :q>")
    #expect(bench.message == "pasted text is only taken where a line is typed")
    try bench.run("t <paste 1>")
    #expect(bench.take() == "")
  }

  @Test(
    "Tab completes commands, their words, and filters",
    arguments: [
      (": \"zoom-a\" Tab", "zoom-actual|"), (": \"next\" Tab", "next-box|"),
      (": \"next\" Tab Tab", "next-image|"), (": \"next\" Tab Tab Shift+Tab", "next-box|"),
      (": \"next\" Shift+Tab", "next-open|"), (": \"sort b\" Tab", "sort boxes|"),
      (": \"label \" Tab Tab", "label WBC|"), (": \"nothing\" Tab", "nothing|"),
      (": \"preset v\" Tab \"x\" Tab", "preset vimx|"),
      ("/ \"is:ver\" Tab", "is:verified|"), ("/ \"boxes>1 -is:f\" Tab", "boxes>1 -is:flagged|"),
      ("/ \"label:W\" Tab", "label:WBC|"),
    ])
  func completion(keys: String, expected: String) throws {
    let start = expected
    #expect(try line(keys) == start)
  }

  @Test("Up and Down go through the lines typed before, and back to the one being typed")
  func history() throws {
    let past = ": \"brightness 10\" Enter : \"brightness 20\" Enter : \"brightness 20\" Enter "
    #expect(try line(past + ": Up") == "brightness 20|")
    #expect(try line(past + ": Up Up") == "brightness 10|")
    #expect(try line(past + ": Up Up Up") == "brightness 10|")
    #expect(try line(past + ": Up Up Down") == "brightness 20|")
    #expect(try line(past + ": \"abc\" Up Down") == "abc|")
    #expect(try line(past + ": \"abc\" Down") == "abc|")
    // Each purpose has its own.
    #expect(try line(past + "/ Up") == "|")
    #expect(try line(past + "/ \"boxes>0\" Enter Esc / Up") == "boxes>0|")
  }

  @Test("the filter begins with the one in force")
  func filterBegins() throws {
    #expect(try line("/ \"is:unlabelled\" Enter /") == "is:unlabelled|")
  }

  @Test(
    "commands by name",
    arguments: [
      (": \"nonsense\" Enter", "there is no command “nonsense”; Tab shows what there is"),
      (": \"brightness 30\" Enter", "brightness 30, contrast 0 (the view only)"),
      (": \"brightness 999999999999\" Enter", "brightness 100, contrast 0 (the view only)"),
      (": \"contrast -500\" Enter", "brightness 0, contrast -100 (the view only)"),
      (": \"contrast x\" Enter", "write :contrast N"),
      (": \"task classification\" Enter", "task: classification"),
      (": \"task\" Enter", "write :task boxes|classification"),
      (": \"preset vim\" Enter", "keys: vim; ? shows them"),
      (": \"preset emacs\" Enter", "write :preset default|cvat|vim|prodigy"),
      (": \"color pink\" Enter", "write :color truecolor|256|16|8|mono"),
      (": \"glyphs runes\" Enter", "write :glyphs auto|ascii|half|quad|sextant|all"),
      (": \"box-space sideways\" Enter", "write :box-space upright|stored"),
      (": \"open 7\" Enter", "there is no image “7” here: 1 to 2"),
    ])
  func commands(keys: String, message: String) throws {
    var bench = try Bench("100×80\n100×80")
    try bench.run(keys)
    #expect(bench.message == message)
    #expect(bench.take() == "")
  }

  @Test("settings change")
  func settings() throws {
    var bench = try Bench("100×80")
    try bench.run(
      ": \"glyphs ascii\" Enter : \"color mono\" Enter : \"box-space stored\" Enter : \"preset cvat\" Enter"
    )
    #expect(bench.state.settings.glyphs == .ascii)
    #expect(bench.state.settings.capabilities.depth == .mono)
    #expect(bench.state.settings.boxSpace == .stored)
    #expect(bench.state.settings.keymap == Preset.cvat.keymap)
    #expect(bench.take() == "keep stored")
    try bench.run(": \"suspend\" Enter Ctrl+L : \"w\" Enter : \"q\" Enter")
    #expect(bench.take() == "suspend, repaint")
    #expect(bench.state.isFinished)
  }
}
