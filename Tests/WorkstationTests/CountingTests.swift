import Cells
import GroundTruth
import Mosaic
import Raster
import Testing
import Workstation

/// A large manifest is counted while it is worked on.
@Suite("Counting")
struct CountingTests {
  /// Twelve lines, of which 0, 5 and 11 are blank and 7 is broken; 3 is labelled, 8 verified.
  private static let lines: [[UInt8]] = (0..<12).map { number in
    let box = #"{"class_id":4,"left":1,"top":1,"width":5,"height":5}"#
    let rest =
      switch number {
      case 3:
        #","a":{"annotations":[\#(box)]},"a-metadata":{"class-map":{"4":"cat"},"#
          + #""type":"groundtruth/object-detection","human-annotated":"yes"}"#
      case 8: #","reticle":{"verified":true}"#
      default: ""
      }
    if [0, 5, 11].contains(number) { return [] }
    return Array((number == 7 ? "{" : #"{"source-ref":"\#(number).png"\#(rest)}"#).utf8)
  }

  private static let dataset = Dataset(source: lines)

  private static func state(
    startingAt start: Int? = nil, labels: [String] = ["dog"], isCounted: Bool = false
  ) -> State {
    let settings = Settings(title: "m", task: .classification, attribute: "a")
    var state = State(
      dataset: dataset,
      survey: isCounted
        ? Survey(dataset, truth: "a") : Survey(lineCount: lines.count, truth: "a"),
      labels: labels, settings: settings, size: CellSize(columns: 100, rows: 30),
      startingAt: start)
    _ = state.reduce(.input(.focus(true)), at: 0)
    return state
  }

  private static func press(_ keys: String, _ state: inout State) -> [Effect] {
    keys.flatMap { key in
      state.reduce(.input(.key(key == "\n" ? Key(.enter) : Key(.character(key)))), at: 0)
    }
  }

  private static func count(_ ranges: Range<Int>..., in state: inout State) {
    for range in ranges {
      _ = state.reduce(.counted(Survey.part(range, of: dataset, truth: "a")), at: 0)
    }
  }

  private static func header(_ state: State) -> String {
    let frame = state.frame
    return String(String.UnicodeScalarView((0..<frame.size.columns).map { frame[$0, 0].glyph }))
  }

  @Test("shows the line where the work was left off, or the first that is an image")
  func start() {
    #expect(Self.state(startingAt: 9).queue.current == 9)
    #expect(Self.state().queue.current == 1)
    #expect(Self.header(Self.state(startingAt: 9)).contains("counting…"))
    #expect(!Self.header(Self.state(isCounted: true)).contains("counting…"))
  }

  @Test("steps over lines that are no images before they are counted")
  func steps() {
    var state = Self.state(startingAt: 4)
    _ = Self.press("d", &state)
    #expect(state.queue.current == 6)
    _ = Self.press("d", &state)
    #expect(state.queue.current == 8)
    _ = Self.press("aa", &state)
    #expect(state.queue.current == 4)
    _ = Self.press("G", &state)
    #expect(state.queue.current == 10)
    _ = Self.press("d", &state)
    #expect(state.queue.current == 10)
    #expect(state.message?.text == "this is the last image")
    _ = Self.press("gg", &state)
    #expect(state.queue.current == 1)
    _ = Self.press("a", &state)
    #expect(state.message?.text == "this is the first image")
  }

  @Test("ends as if all had been counted before", arguments: [0, 3, 6, 8, 10])
  func parts(start: Int) {
    var state = Self.state(startingAt: start)
    let current = state.queue.current
    Self.count(8..<12, 3..<8, in: &state)
    #expect(state.queue.lines.count == 12)
    #expect(Self.header(state).contains("counting…"))
    Self.count(0..<3, in: &state)
    let whole = Self.state(startingAt: start, isCounted: true)
    #expect(state.queue.lines == whole.queue.lines)
    #expect(state.queue.current == current)
    #expect(state.survey.stateCounts == whole.survey.stateCounts)
    #expect(state.labels == ["dog", "cat"])
    #expect(state.labels == whole.labels)
    #expect(state.summary == whole.summary)
    #expect(state.message?.text.hasPrefix("line 8 is kept as it is") == true)
    #expect(Self.header(state).contains("25 %"))
  }

  @Test("what is changed meanwhile is counted as it is now")
  func edits() {
    var state = Self.state(startingAt: 3, labels: ["cat", "dog"])
    Self.count(0..<4, in: &state)
    // On a line counted, and on one that isn't.
    #expect(Self.press("1", &state).contains { $0.isRecord })
    _ = Self.press("d", &state)
    #expect(Self.press("1", &state).contains { $0.isRecord })
    _ = Self.press("ddda", &state)
    #expect(Self.press("1u", &state).count { $0.isRecord } == 2)
    Self.count(8..<12, 4..<8, in: &state)
    let fresh = Survey(state.dataset, truth: "a")
    #expect(state.survey.stateCounts == fresh.stateCounts)
    #expect(state.survey.labels == fresh.labels)
    #expect(state.survey.labels.first { $0.name == "cat" }?.imageLevelCount == 2)
    let areSame = state.survey.summaries == fresh.summaries
    #expect(areSame)
    // And when all is counted, as ever.
    _ = Self.press("gg1", &state)
    #expect(state.survey.labels.first { $0.name == "cat" }?.imageLevelCount == 3)
  }

  @Test("gives no label that a line to come may have a number for")
  func uncountedLabel() {
    var state = Self.state(startingAt: 1, labels: ["cat"])
    #expect(!Self.press("1", &state).contains { $0.isRecord })
    #expect(state.message?.kind == .problem)
    Self.count(0..<4, in: &state)
    #expect(Self.press("1", &state).contains { $0.isRecord })
    #expect(state.dataset.line(at: 1).count > Self.lines[1].count)
    #expect(state.survey.classIDs.id(for: "cat") == 4)
  }

  @Test(
    "what needs all counts says so", arguments: [";", ",", "/is:empty\n", "S", ":sort boxes\n"])
  func waits(keys: String) {
    var state = Self.state(startingAt: 4)
    Self.count(0..<3, in: &state)
    let before = state.queue
    _ = Self.press(keys, &state)
    #expect(state.message?.text.contains("still being counted (25 %)") == true)
    #expect(state.queue == before)
  }

  @Test("a filter, an order and undo find their lines")
  func queue() {
    var state = Self.state(startingAt: 4, labels: ["cat"], isCounted: true)
    _ = Self.press("1:sort name\n/-is:labelled\n", &state)
    #expect(state.queue.lines == [1, 10, 2, 6, 8, 9])
    _ = Self.press("u", &state)
    // The line that undo is about isn't among those; it is shown all the same.
    #expect(state.queue.current == 4)
    #expect(state.queue.lines == [1, 10, 2, 3, 4, 6, 8, 9])
    _ = Self.press(":sort file\nGu", &state)
    #expect(state.queue.lines == [1, 2, 3, 4, 6, 8, 9, 10])
  }
}

extension Effect {
  fileprivate var isRecord: Bool {
    if case .record = self { true } else { false }
  }
}
