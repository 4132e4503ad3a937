import Cells
import Foundation
import Glibc
import GroundTruth
import Storage
import TestSupport
import Testing

/// Killed at any moment, the program loses nothing that it said was saved.
@Suite(.onTerminal) struct CrashTests {
  @Test(arguments: 0..<4)
  func `killed at random moments, every edit said to be saved comes back`(
    _ number: Int
  ) async throws {
    var generator = SeededGenerator(for: "kills \(number)")
    // Each case has its own stream, also when all are given one seed.
    for _ in 0..<number { generator = SeededGenerator(seed: generator.next()) }
    let folder = try Folder()
    try folder.fillPhotos(3)
    var work = Work(folder: folder, generator: generator)
    for round in 0..<25 {
      do {
        try await work.run(round)
      } catch {
        Issue.record("round \(round): \(error)\n\(work.log.suffix(12).joined(separator: "\n"))")
        return
      }
    }
    try await work.finish()
  }
}

/// What is said of the three images, as a test keeps it and as a manifest has it.
private struct Truth: Equatable, CustomStringConvertible {
  struct Image: Equatable, CustomStringConvertible {
    var boxes: [WrittenBox] = []
    var labels: Set<String> = []
    var flag: String?
    var isVerified = false
    var isEmpty = false

    var description: String {
      var parts = boxes.map(\.description) + labels.map { "● \($0)" }
      if let flag { parts.append("flag \(flag)") }
      if isVerified { parts.append("verified") }
      if isEmpty { parts.append("empty") }
      return parts.joined(separator: ", ")
    }
  }

  var images = [Image](repeating: Image(), count: 3)

  init() {}

  var description: String { images.map { "[\($0)]" }.joined(separator: " ") }

  /// As the lines of a manifest say it; each must be whole.
  init(lines: [[UInt8]]) throws {
    guard !lines.isEmpty else { return }
    try #require(lines.count == 3)
    let manifest = try WrittenManifest(Array(lines.joined(separator: [10])))
    for (index, line) in manifest.lines.enumerated() {
      try #require(line.sourceRef == ["a.png", "b.png", "c.png"][index])
      images[index] = Image(
        boxes: line.boxes() ?? [], labels: line.imageLabels, flag: line.mark["flag"] as? String,
        isVerified: line.mark["verified"] as? Bool ?? false, isEmpty: line.boxes() == [])
    }
  }
}

/// A step of the work: keys or clicks, what the screen says when it is done, and what it does.
private struct Step {
  enum Change {
    case edit((inout Truth) -> Void)
    case undo
    case redo
    case none
  }

  let name: String
  let change: Change
  let act: (Sitting) -> Void
  let isDone: (TerminalSnapshot) -> Bool
}

/// Sittings on one folder, each killed, with the model of what must be there.
private struct Work {
  static let size = CellSize(columns: 100, rows: 30)
  static let view = View(of: 64, 48, on: size)

  let folder: Folder
  var generator: SeededGenerator
  /// All states since the beginning of the history, and which of them is now.
  var states = [Truth()]
  var position = 0
  /// All states there ever were, those that an edit after an undo cut off included.
  var past = [Truth()]
  var log: [String] = []

  /// One sitting: some steps, the last cut off at some moment.
  mutating func run(_ round: Int) async throws {
    let sitting = try await start(tour: round.isMultiple(of: 4))
    let count = Int.random(in: 1...5, using: &generator)
    for number in 0...count {
      let step = nextStep(on: sitting.terminal.screen)
      log.append("round \(round): \(step.name)")
      step.act(sitting)
      if number == count {
        // Long enough, at times, for the journal or the manifest to be under way or done.
        usleep(UInt32.random(in: 0...30_000, using: &generator))
        sitting.terminal.kill(SIGKILL)
      }
      do {
        try await sitting.terminal.waitUntil(step.name) { $0.saysSaved && step.isDone($0) }
      } catch {
        guard number == count, try await isKilled(sitting) else { throw error }
        try settle(step)
        return
      }
      take(step)
      if number < count { try await rest(sitting) }
    }
    // The screen said that the last one is saved before the kill came through.
    _ = try await isKilled(sitting)
    try expectOnDisk([states[position]])
  }

  /// Drops the selection and the message that a step leaves, so that the next one's are its own.
  private func rest(_ sitting: Sitting) async throws {
    if sitting.terminal.screen.hasSelected("") {
      sitting.type("q")
      try await sitting.terminal.waitUntil("nothing selected") { !$0.hasSelected("") }
    }
    if !sitting.terminal.screen.rows[28].contains("64×48") {
      sitting.type("h")
      try await sitting.terminal.waitUntil("no message") { $0.rows[28].contains("64×48") }
    }
  }

  private func isKilled(_ sitting: Sitting) async throws -> Bool {
    try await sitting.terminal.waitForExit() == .signal(SIGKILL)
  }

  /// Starts the program, which says what came back if the manifest does not hold it yet.
  private func start(tour: Bool) async throws -> Sitting {
    let recovered = try recovery()
    // A manifest with image-level labels alone would make digits mean those.
    let sitting = try await Sitting.atPhotos(
      folder, "--task", "boxes", size: Self.size,
      sees: recovered == nil ? "64×48" : "came back from the jou")
    if let recovered { try await sitting.see(String(recovered.prefix(40))) }
    // A key clears the message; each image shows as many boxes as it has.
    for (index, keys) in ["gg", "d", "d"].prefix(tour ? 3 : 1).enumerated() {
      let boxes = states[position].images[index].boxes.count
      try await sitting.go(keys, to: ["a.png", "b.png", "c.png"][index])
      try await sitting.see(boxes == 0 ? " Boxes ─" : " Boxes \(boxes) ")
    }
    return sitting
  }

  private func recovery() throws -> String? {
    guard folder.has("photos/output.manifest") || folder.has("photos/output.manifest.journal")
    else { return nil }
    let opened = try ManifestStore.open(
      folder("photos/output.manifest"), access: .read, stateFolder: nil)
    if let problem = opened.problem { throw problem }
    return opened.recovery?.description
  }

  // MARK: What must be there

  private mutating func take(_ step: Step) {
    switch step.change {
    case .edit(let change):
      var state = states[position]
      change(&state)
      states = states[...position] + [state]
      past.append(state)
      position += 1
    case .undo: position -= 1
    case .redo: position += 1
    case .none: break
    }
  }

  /// Finds out whether a step that was cut off was taken.
  private mutating func settle(_ step: Step) throws {
    let before = states[position]
    var later = self
    later.take(step)
    let found = try expectOnDisk([before, later.states[later.position]])
    if found != before { self = later }
  }

  /// Expects one of some states on disk, journal included, and whole files.
  @discardableResult
  private func expectOnDisk(_ expected: [Truth]) throws -> Truth {
    // The manifest itself: each line parses, and it is a state that there was.
    if folder.has("photos/output.manifest") {
      let bytes = try folder.bytes(of: "photos/output.manifest")
      let saved = try Truth(lines: WrittenManifest.split(bytes))
      try #require(bytes.last == 10)
      try #require((past + expected).contains(saved), "the manifest is no state there was")
    }
    let opened = try ManifestStore.open(
      folder("photos/output.manifest"), access: .read, stateFolder: nil)
    if let problem = opened.problem { throw problem }
    let lines = (0..<opened.dataset.count).map { opened.dataset.line(at: $0) }
    let found = try Truth(lines: lines)
    try #require(expected.contains(found), "on disk: \(found)\nexpected: \(expected)")
    return found
  }

  /// A last sitting that ends well.
  mutating func finish() async throws {
    let sitting = try await start(tour: true)
    sitting.type("ggf\u{15}last\r")
    try await sitting.seeSaved("flagged")
    try await sitting.quit()
    var last = states[position]
    last.images[0].flag = "last"
    let bytes = try folder.bytes(of: "photos/output.manifest")
    let written = try Truth(lines: WrittenManifest.split(bytes))
    #expect(written == last)
    #expect(try folder.names(in: "photos") == ["a.png", "b.png", "c.png", "output.manifest"])
  }

  // MARK: Steps

  private mutating func nextStep(on screen: TerminalSnapshot) -> Step {
    let place = screen.rows[0].firstMatch(of: #/ ([123])\/3 /#)
    let index = place.flatMap { Int($0.1) }.map { $0 - 1 } ?? 0
    let image = states[position].images[index]
    var steps = [draw, flag, move, write, draw]
    if !image.boxes.isEmpty { steps += [nudge, relabel, delete] }
    if position > 0 { steps += [undo, undo] }
    if position < states.count - 1 { steps += [redo, redo, redo] }
    steps += [imageLabel]
    if !image.isVerified { steps.append(verify) }
    let choice = Int.random(in: steps.indices, using: &generator)
    return steps[choice](index, image, &generator)
  }

  private typealias Maker = (Int, Truth.Image, inout SeededGenerator) -> Step

  private let draw: Maker = { index, image, generator in
    let first = CellPoint(
      column: .random(in: 8...35, using: &generator), row: .random(in: 3...12, using: &generator))
    let second = CellPoint(
      column: .random(in: 40...65, using: &generator),
      row: .random(in: 16...25, using: &generator))
    let box = Work.view.box("cat", from: first, to: second)
    let count = image.boxes.count + 1
    return Step(
      name: "draw \(box)",
      change: .edit {
        $0.images[index].boxes.append(box)
        $0.images[index].isEmpty = false
      },
      // The next label is cat again, whatever the last box was called.
      act: {
        $0.type("1")
        $0.drag(from: first, to: second)
      },
      isDone: { $0.contains(" Boxes \(count) ") && $0.hasSelected("cat") })
  }

  private let nudge: Maker = { index, image, generator in
    let steps = Int.random(in: 1...3, using: &generator)
    let isRight = image.boxes[0].left + image.boxes[0].width + 3 <= 64
    var box = image.boxes[0]
    box.left += Double(isRight ? steps : -min(steps, Int(box.left)))
    return Step(
      name: "nudge to \(box)", change: .edit { $0.images[index].boxes[0] = box },
      act: { $0.type("\t" + String(repeating: isRight ? "l" : "h", count: steps) + "q") },
      isDone: {
        $0.contains(" \(Int(box.left)),\(Int(box.top)) \(Int(box.width))×\(Int(box.height))")
          && !$0.hasSelected("")
      })
  }

  private let relabel: Maker = { index, image, _ in
    let label = image.boxes[0].label == "cat" ? "dog" : "cat"
    return Step(
      name: "relabel as \(label)", change: .edit { $0.images[index].boxes[0].label = label },
      act: { $0.type("\t" + (label == "cat" ? "1" : "2")) },
      isDone: { $0.hasSelected(label) })
  }

  private let delete: Maker = { index, image, _ in
    let count = image.boxes.count - 1
    return Step(
      name: "delete",
      change: .edit {
        $0.images[index].boxes.removeFirst()
        $0.images[index].isEmpty = false
      },
      act: { $0.type("\tx") },
      isDone: { $0.contains(count == 0 ? "none yet" : " Boxes \(count) ") })
  }

  private let flag: Maker = { index, _, generator in
    let note = String(UInt32.random(in: 0...UInt32.max, using: &generator), radix: 36)
    return Step(
      name: "flag \(note)", change: .edit { $0.images[index].flag = note },
      act: { $0.type("f\u{15}\(note)\rh") },
      isDone: { $0.contains("flag: \(note)") })
  }

  private let imageLabel: Maker = { index, image, _ in
    let isSet = image.labels.contains("dog")
    return Step(
      name: isSet ? "not dog" : "dog",
      change: .edit { truth in
        if isSet {
          truth.images[index].labels.remove("dog")
        } else {
          truth.images[index].labels.insert("dog")
        }
      },
      act: { $0.type("t2t") },
      isDone: { $0.contains("2 ● dog") == !isSet })
  }

  private let verify: Maker = { index, image, _ in
    Step(
      name: "verify",
      change: .edit {
        $0.images[index].isVerified = true
        $0.images[index].isEmpty = image.boxes.isEmpty && image.labels.isEmpty || image.isEmpty
      },
      act: { $0.type(" ") },
      isDone: {
        index == 2
          ? $0.contains("verified; this is the last image") : $0.contains(" \(index + 2)/3 ")
      })
  }

  private let move: Maker = { index, _, _ in
    let (keys, goal) = index == 2 ? ("a", 2) : ("d", index + 2)
    return Step(
      name: "go to \(goal)", change: .none, act: { $0.type(keys) },
      isDone: { $0.contains(" \(goal)/3 ") && $0.contains("64×48") })
  }

  private let write: Maker = { _, _, _ in
    Step(
      name: "write", change: .none, act: { $0.type(":w\r") },
      isDone: { $0.contains("writing the manifest") || $0.contains("is up to date") })
  }

  private let undo: Maker = { _, _, _ in
    Step(name: "undo", change: .undo, act: { $0.type("u") }, isDone: { $0.contains("undone: ") })
  }

  private let redo: Maker = { _, _, _ in
    Step(
      name: "redo", change: .redo, act: { $0.type("\u{12}") },
      isDone: { $0.contains("done again: ") })
  }
}

extension TerminalSnapshot {
  /// Whether the list of boxes has one selected, of a label that begins so.
  fileprivate func hasSelected(_ label: String) -> Bool {
    rows.contains { row in
      // "▸1 cat" is a box; the next box's label is "▸1 ▌ cat".
      row.matches(of: #/▸\d ([^▌●]+)/#).contains { $0.1.hasPrefix(label) }
    }
  }
}
