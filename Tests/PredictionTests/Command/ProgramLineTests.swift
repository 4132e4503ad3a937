import GroundTruth
import Processes
import TestSupport
import Testing

@testable import Prediction

@Suite struct ProgramLineTests {
  private func line(_ text: String) -> ProgramLine? { ProgramLine(.whole(Array(text.utf8))) }

  /// The answer in a line; a stray one has no number.
  private func answer(_ text: String) -> (id: Int, outcome: Outcome, notes: [String])? {
    guard case .answer(let id, let outcome, let notes)? = line(text) else { return nil }
    return (id, outcome, notes)
  }

  private func label(_ box: String) -> String {
    #"{"id":"7","CustomLabels":[{"Name":"a","Confidence":50,"Geometry":{"BoundingBox":\#(box)}}]}"#
  }

  @Test func `An answer's labels are read, with ratios as they are`() throws {
    let found = try #require(
      answer(label(#"{"Left":0.1,"Top":0.2,"Width":0.3,"Height":0.4}"#)))
    #expect(found.id == 7)
    #expect(
      try found.outcome.get() == [
        CustomLabel(
          name: "a", confidence: 0.5,
          place: .init(left: 0.1, top: 0.2, width: 0.3, height: 0.4))
      ])
    #expect(found.notes.isEmpty)
  }

  @Test func `A number will do as id`() {
    #expect(answer(#"{"id":7,"CustomLabels":[]}"#)?.id == 7)
  }

  @Test(arguments: [
    (#"{"Left":0.9,"Top":0,"Width":0.3,"Height":0.4}"#, 1, "cut to the image"),
    (#"{"Left":1.9,"Top":0,"Width":0.3,"Height":0.4}"#, 0, "beyond the image and left out"),
    (#"{"Left":0.9,"Top":0,"Width":0,"Height":0.4}"#, 0, "without area and left out"),
  ])
  func `Boxes off the image are mended and named`(box: String, kept: Int, note: String) throws {
    let found = try #require(answer(label(box)))
    #expect(try found.outcome.get().count == kept)
    #expect(found.notes.count == 1)
    #expect(found.notes.first?.contains(note) == true)
  }

  @Test(arguments: [
    #"{"id":"7","CustomLabels":[{"Name":"a","Confidence":NaN}]}"#,
    #"{"id":"7","CustomLabels":[{"Name":"a","Confidence":Infinity}]}"#,
    #"{"id":"7","CustomLabels":[{"Name":"a","Confidence":1e400}]}"#,
    #"{"id":"7","CustomLabels":[{"Name":"a","Confidence":-1}]}"#,
    #"{"id":"7","CustomLabels":[{"Name":5}]}"#,
    #"{"id":"7","CustomLabels":"none"}"#,
    #"{"id":"7"}"#,
    #"{"id":"7","CustomLabels":[{"Name":"a","Geometry":[]}]}"#,
    #"{"id":"7","CustomLabels":[{"Name":"a""#,
    #"{"id" : "7", nonsense"#,
  ])
  func `An answer that can't be used is named with its image`(text: String) throws {
    let found = try #require(answer(text))
    #expect(found.id == 7)
    guard case .failure(let error) = found.outcome else {
      Issue.record("taken")
      return
    }
    #expect(error.kind == .badAnswer)
  }

  @Test func `The program's own error is passed on, bounded`() throws {
    let long = String(repeating: "x", count: 100_000)
    let found = try #require(answer(#"{"id":"7","error":"\#(long)"}"#))
    guard case .failure(let error) = found.outcome else {
      Issue.record("taken")
      return
    }
    #expect(error.kind == .refused)
    #expect(error.message.count < 200)
  }

  @Test(arguments: [
    "Loading…", "[1, 2]", "7", "{}", #"{"CustomLabels":[]}"#, #"{"id":"seven"}"#,
  ])
  func `Anything else is stray`(text: String) {
    guard case .stray(let what)? = line(text) else {
      Issue.record("\(text) was taken")
      return
    }
    #expect(what.count < 300)
  }

  @Test func `Blank lines are nothing`() {
    #expect(line("") == nil)
    #expect(line(" \t\u{0}") == nil)
  }

  @Test func `A model tells itself`() {
    let text =
      #"{"model":{"name":"cells","version":3,"labels":["RBC","WBC"],"#
      + #""thresholds":{"RBC":41.5,"WBC":"x","P":200}}}"#
    guard case .model(let model)? = line(text) else {
      Issue.record("not taken")
      return
    }
    #expect(
      model
        == PredictionModel(
          name: "cells", version: "3", labels: ["RBC", "WBC"], thresholds: ["RBC": 0.415]))
  }

  @Test func `No bytes do harm`() {
    var generator = SeededGenerator(seed: 20)
    let seed = Array(label(#"{"Left":0.1,"Top":0.2,"Width":0.3,"Height":0.4}"#).utf8)
    for _ in 0..<3_000 {
      var bytes = seed
      for _ in 0...Int.random(in: 0..<6, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = ProgramLine(.whole(bytes))
      _ = ProgramLine(.tooLong(head: Array(bytes.prefix(256))))
    }
  }
}
