import FoundationEssentials
import GroundTruth
import Mosaic
import Raster
import TestSupport
import Testing

@testable import Workstation

/// Anything pressed, in any order, on real lines and made ones: `RETICLE_SEED` replays another run.
@Suite("Any keys in any order")
struct ReducerPropertyTests {
  /// Real lines over images of the sizes they state, the last two without picture; then made ones.
  static func bench(space: BoxSpace, attribute: String) throws -> Bench {
    let path = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let data = try #require(
      FileManager.default.contents(atPath: "/\(path)/Fixtures/mixed.manifest"))
    var lines = [UInt8](data).split(separator: 0x0A).map(Array.init)
    var images: [Album.Image] = []
    for line in lines {
      let size = try Entry(line: line).boxSets.first?.imageSize
      images.append(
        Album.Image(size: PixelSize(width: size?.width ?? 90, height: size?.height ?? 60)))
    }
    let made = try Album("20×16\n64×48@\n30×300?\n9×9!\n1×1")
    for (number, image) in made.images.enumerated() {
      lines.append(Entry.line(sourceRef: "made \(number).jpg"))
      images.append(image)
    }
    lines.insert([], at: 2)
    images.insert(Album.Image(size: PixelSize(width: 1, height: 1)), at: 2)
    var settings = Settings(title: "mixed.manifest", attribute: attribute, boxSpace: space)
    settings.glyphs = .ascii
    return Bench(
      lines: lines, images: images, labels: ["RBC", "WBC", "Platelets"], settings,
      screen: Bench.screen)
  }

  @Test(
    "never trap, keep what they must, come back by undo, and replay from the journal",
    arguments: [
      (UInt64(1), BoxSpace.upright, "category"), (2, .upright, "bounding-box"),
      (3, .stored, "bounding-box"),
    ])
  func anything(number: UInt64, space: BoxSpace, attribute: String) throws {
    let seed = SeededGenerator.seed(number)
    var bench = try Self.bench(space: space, attribute: attribute)
    var input = RandomInput(seed: seed)
    var trace: [Script.Step] = []
    for step in 0..<600 {
      let next = input.step(in: bench.state, images: bench.originals.count)
      trace = trace.suffix(12) + [next]
      bench.perform(next)
      bench.state.isFinished = false
      if let problem = Self.problem(bench) {
        Issue.record("seed \(seed), step \(step): \(problem)\n\(trace)")
        return
      }
    }
    try Self.checkLines(&bench, seed: seed)
  }

  /// What is wrong with a state, if anything is.
  static func problem(_ bench: Bench) -> String? {
    let state = bench.state
    let boxes = state.subject?.boxes ?? []
    let isQueued = state.queue.lines.indices.contains(state.queue.position)
    if !isQueued { return "the queue's position is out of range" }
    if state.subject?.line != state.queue.current { return "another image is worked on" }
    if let selection = state.canvas.selection, !boxes.indices.contains(selection) {
      return "selection \(selection) of \(boxes.count) boxes"
    }
    if let nudge = state.nudge, !boxes.indices.contains(nudge.box) { return "a nudge of no box" }
    if let target = state.draft?.target, !boxes.indices.contains(target) {
      return "a draft of no box"
    }
    guard let size = state.facts?.uprightSize else { return nil }
    let rects = boxes.indices.compactMap { state.shownRect(of: $0) }
    let outside = rects.first { rect in
      rect.left < 0 || rect.top < 0 || rect.right > Double(size.width)
        || rect.bottom > Double(size.height) || rect.width <= 0 || rect.height <= 0
    }
    // The numbers of turned images mean something else after `:box-space`.
    if let outside, state.facts?.orientation == .upright { return "\(outside) is not in \(size)" }
    return nil
  }

  private static func checkLines(_ bench: inout Bench, seed: UInt64) throws {
    bench.perform(.pause)
    let touched = Set(
      bench.records.flatMap { record -> [Int] in
        if case .edit(let edit) = record { Array(edit.lines) } else { [] }
      })
    #expect(bench.records.count > 10, "seed \(seed) edits too little to say anything")
    for line in bench.originals.indices where !touched.contains(line) {
      #expect(bench.lines[line] == bench.originals[line], "seed \(seed), line \(line)")
    }
    var replayed = Dataset(source: bench.originals)
    for record in bench.records { try replayed.perform(record) }
    #expect(
      replayed.history == bench.state.dataset.history
        && bench.originals.indices.allSatisfy { replayed.line(at: $0) == bench.lines[$0] },
      "seed \(seed): the journal does not lead to the same lines")
    bench.state.overlay = nil
    bench.state.draft = nil
    bench.state.screen = .image
    bench.state.settings.keymap = Preset.standard.keymap
    while bench.state.dataset.history.undoable != nil {
      let position = bench.state.dataset.history.position
      try bench.run("u")
      try #require(bench.state.dataset.history.position < position, "seed \(seed): undo stops")
    }
    #expect(bench.lines == bench.originals, "seed \(seed): undo does not end where it began")
  }
}
