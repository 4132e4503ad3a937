import Cells
import GroundTruth
import Mosaic
import Raster
import Testing

@testable import Workstation

extension Bench {
  /// The attribute of the predictions.
  static let model = "model"

  /// Sets up a review: an album, and for each of its images predictions such as
  /// `RBC .83 10,20 30×40`, or `cat .7` for the image as a whole.
  static func review(
    _ album: String, _ predictions: [[String]], order: Queue.Order = .file,
    unit: ReviewUnit = .boxes, filter: String = "", threshold: Double = 0.5, seed: UInt64 = 1,
    labels: [String] = ["RBC", "WBC", "Platelets"],
    _ change: (inout Settings) -> Void = { _ in }
  ) throws -> Bench {
    let plain = try Bench(album, labels: labels, change)
    let ids = ClassIDs(names: labels)
    let lines = try zip(plain.lines, predictions).map { line, found in
      try predicting(found, on: line, ids)
    }
    return try review(
      lines, try Album(album).images, order: order, unit: unit, filter: filter,
      threshold: threshold, seed: seed, labels: labels, change)
  }

  /// Sets up a review of lines that hold their predictions.
  static func review(
    _ lines: [[UInt8]], _ images: [Album.Image], order: Queue.Order = .file,
    unit: ReviewUnit = .boxes, filter: String = "", threshold: Double = 0.5, seed: UInt64 = 1,
    labels: [String] = ["RBC", "WBC", "Platelets"],
    _ change: (inout Settings) -> Void = { _ in }
  ) throws -> Bench {
    var settings = Settings(title: "cells.manifest")
    settings.glyphs = .ascii
    change(&settings)
    var bench = Bench(
      lines: lines, images: images, labels: labels, settings, screen: Bench.screen)
    let hasBoxes = bench.state.survey.boxAttributes.contains { $0.name == model }
    let predictions = Predictions(attribute: hasBoxes ? model : nil, of: bench.state.dataset)
    try bench.state.startReview(
      ReviewOptions(
        predictions: predictions, threshold: threshold, order: order, filter: filter, unit: unit,
        seed: seed))
    let (selection, prediction) = (bench.state.canvas.selection, bench.state.review?.selection)
    bench.reduce(.input(.focus(true)))
    bench.state.canvas.selection = selection
    bench.state.review?.selection = prediction
    return bench
  }

  private static func predicting(
    _ found: [String], on line: [UInt8], _ ids: ClassIDs
  ) throws -> [UInt8] {
    let provenance = Provenance(
      creationDate: "2024-01-01T00:00:00.000000", jobName: "labeling-job/model",
      isHumanAnnotated: false)
    var boxes: [Box] = []
    var line = line
    for text in found {
      let words = text.split(separator: " ").map(String.init)
      let confidence = try #require(Double("0" + words[1]))
      guard words.count == 4 else {
        let text =
          String(decoding: line.dropLast(), as: UTF8.self)
          + #","predicted-\#(words[0])":0,"predicted-\#(words[0])-metadata":{"class-name":"#
          + #""\#(words[0])","confidence":\#(confidence),"type":"groundtruth/image-classification","#
          + #""human-annotated":"no"}}"#
        line = Array(text.utf8)
        continue
      }
      let place = words[2].split(separator: ",").compactMap { Double($0) }
      let size = words[3].split(separator: "×").compactMap { Double($0) }
      boxes.append(
        Box(
          left: place[0], top: place[1], width: size[0], height: size[1], label: words[0],
          confidence: confidence))
    }
    guard !boxes.isEmpty else { return line }
    return try Entry(line: line).settingBoxes(
      boxes, of: model, imageSize: ImageSize(width: 100, height: 80), classIDs: ids,
      provenance: provenance)
  }

  /// The queue as words: `1 RBC .83`, the line counted from 1; a missed truth is `1 FN RBC`.
  var queueText: [String] {
    guard let review = state.review else { return [] }
    guard review.unit == .boxes else { return state.queue.lines.map { "\($0 + 1)" } }
    return review.items.map { item in
      let share: (Double) -> String = { String(Review.share($0).dropFirst()) }
      if let place = item.box {
        let box = review.predictions.boxes[
          review.predictions.boxRange(at: item.line).lowerBound + place]
        return "\(item.line + 1) \(review.name(box.label)) \(share(box.confidence))"
      }
      if let place = item.label {
        let label = review.predictions.imageLabels[
          review.predictions.labelRange(at: item.line).lowerBound + place]
        return "\(item.line + 1) [\(review.name(label.label))] \(share(label.confidence))"
      }
      let entry = try? Entry(line: state.dataset.line(at: item.line))
      let boxes = entry?.boxSet(Self.attribute)?.boxes ?? []
      return "\(item.line + 1) FN \(boxes[safe: item.missed ?? -1]?.label ?? "?")"
    }
  }

  /// The labels that people gave a line's image as a whole.
  func givenLabels(_ line: Int) throws -> [String] {
    try Entry(line: state.dataset.line(at: line)).truthImageLabels
  }

  /// What the mark of a line remembers of predictions.
  func settled(_ line: Int) throws -> (rejected: [String], corrected: [String]) {
    let mark = try Entry(line: state.dataset.line(at: line)).mark
    return (mark.rejected.map(\.label), mark.corrected.map(\.label))
  }

  /// What the truth attribute of a line says of its adjustment.
  func adjustment(_ line: Int) throws -> AdjustmentStatus? {
    try Entry(line: state.dataset.line(at: line)).adjustment(of: Self.attribute)
  }
}
