import Cells
import GroundTruth
import Mosaic
import TestSupport
import Testing

@testable import Workstation

/// What is on the models' screen, against snapshots: `RECORD_SNAPSHOTS=1` writes them anew.
@Suite("Frames of the models' screen")
struct ModelsFrameTests {
  /// A frame to be looked at.
  struct Scene: Sendable, CustomTestStringConvertible {
    var name: String
    var size = CellSize(columns: 80, rows: 24)
    var versions = ModelsFrameTests.versions
    var keys = ""
    var change: @Sendable (inout Settings) -> Void = { _ in }

    var testDescription: String { name }
  }

  static let versions: [ListedModel] = {
    var training = Bench.model(Bench.third, .trainingInProgress, f1: nil)
    training.testImages = nil
    var running = Bench.model(Bench.second, .running)
    running.warnings = ["Platelets are small: 11 pixels at the size trained with."]
    return [
      Bench.model(Bench.first, .stopped, f1: 0.7), running, training,
      Bench.model(ListedModel.Name(project: "brand", version: "2026", home: .aws), .stopped),
    ]
  }()

  static let (narrow, wide) = (CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36))

  static let scenes: [Scene] = [
    Scene(name: "models-80x24"),
    Scene(name: "models-test-80x24", keys: "Enter <answer> j"),
    Scene(name: "models-test-120x36", size: wide, keys: "Enter <answer> j"),
    Scene(
      name: "models-test-200x60", size: CellSize(columns: 200, rows: 60),
      keys: "Enter <answer> j Shift+Tab j"),
    Scene(name: "models-response-80x24", keys: "Enter <answer> Tab Tab"),
    Scene(name: "models-mono-120x36", size: wide, keys: "Enter <answer> j") {
      $0.capabilities.depth = .mono
    },
    Scene(name: "models-16-120x36", size: wide, keys: "Enter <answer> j") {
      $0.capabilities.depth = .palette16
    },
    Scene(name: "models-none-80x24", versions: []),
    Scene(name: "models-none-120x36", size: wide, versions: []),
    Scene(name: "models-units-80x24", keys: "G Enter \"x\" Enter"),
    Scene(name: "models-confirm-120x36", size: wide, keys: "G Enter Backspace \"3\" Enter"),
    Scene(
      name: "models-smallest", size: CellSize(columns: 40, rows: 12), keys: "Enter <answer> j"),
    Scene(name: "models-list-smallest", size: CellSize(columns: 40, rows: 12)),
  ]

  @Test("as recorded", arguments: scenes)
  func snapshot(scene: Scene) throws {
    var bench = try Bench.models(scene.versions, screen: scene.size) {
      $0.title = "cells/train.manifest"
      $0.glyphs = .auto
      scene.change(&$0)
    }
    bench.state.training.running = TrainingWork.Running(
      version: "v3", share: 0.5, text: "loss 0.80, score 0.700, 80 s left")
    for (number, part) in scene.keys.split(separator: "<answer>").enumerated() {
      if number > 0 { bench.answer() }
      try bench.run(String(part))
    }
    #expect(bench.state.frame.size == scene.size)
    #expect(FrameTests.problem(bench.state.frame) == nil)
    try expectSnapshot(FrameText(frame: bench.state.frame).description, named: scene.name)
  }

  @Test("at any size, on any part, with any list, it draws")
  func sizes() throws {
    for columns in [40, 69, 70, 99, 100, 300] {
      for rows in [12, 13, 36, 100] {
        for versions in [[], Array(repeating: Self.versions, count: 30).flatMap(\.self)] {
          var bench = try Bench.models(
            versions, screen: CellSize(columns: columns, rows: rows))
          for keys in ["", "G", "g g j Enter", "Tab", "Tab Tab", "X", "Esc ?"] {
            try bench.run(keys)
            bench.answer()
            #expect(FrameTests.problem(bench.state.frame) == nil, "\(columns)×\(rows) \(keys)")
          }
        }
      }
    }
  }
}
