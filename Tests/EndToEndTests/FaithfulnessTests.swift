import Cells
import Foundation
import Glibc
import TestSupport
import Testing

/// Manifests that others wrote: what nobody edits stays as it is, to the byte.
@Suite(.onTerminal) struct FaithfulnessTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// Manifests as AWS and others write them.
  static let names = [
    "gt_bbox_birds_float_coords", "gt_bbox_bees_with_empty", "gt_bbox_adjustment_chain_korean",
    "doc_bbox_echo_tabs", "doc_coco_image_size_object", "gtdoc_bbox_adjusted",
    "gt_image_level_bananas_odd_names", "gt_image_level_coral", "doc_image_level_echo",
    "doc_image_level_multilabel_numbered", "input_only_source_ref", "doc_evaluation_snapshot",
    "lookout_segmentation_mask_ref", "gtdoc_semantic_segmentation_adjusted",
    "broken_attribute_metadata_pair", "gtdoc_verification_only",
  ]

  /// Ways in which the same lines may be stored.
  enum Form: String, CaseIterable {
    case asIs
    case returns
    case noFinalNewline
    case blankLines
    case mark

    func callAsFunction(_ bytes: [UInt8]) -> [UInt8] {
      let lines = WrittenManifest.split(bytes)
      switch self {
      case .asIs: return bytes
      case .returns: return Array(lines.joined(separator: [13, 10])) + [13, 10]
      case .noFinalNewline: return Array(lines.joined(separator: [10]))
      case .blankLines: return [10, 10] + bytes + [10, 32, 10]
      case .mark: return [0xEF, 0xBB, 0xBF] + bytes
      }
    }
  }

  private func status() throws -> (inode: UInt, seconds: Int, nanoseconds: Int) {
    var status = stat()
    try #require(stat(folder("m.manifest"), &status) == 0)
    return (status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }

  private func write(_ name: String, _ form: Form) throws -> [UInt8] {
    let bytes = form(try Repository.manifest(name))
    try folder.write(bytes, to: "m.manifest")
    return bytes
  }

  private func start() async throws -> Sitting {
    let sitting = try Sitting(folder, "label", "m.manifest", "--labels", "one,two")
    try await sitting.terminal.waitUntil("the place in the queue") {
      $0.rows[0].contains(#/ 1\/\d+ /#)
    }
    return sitting
  }

  @Test(arguments: names)
  func `looked at, a manifest stays as it is`(_ name: String) async throws {
    let bytes = try write(name, .asIs)
    let before = try status()
    let sitting = try await start()
    sitting.type("dai")
    try await sitting.see("This image")
    try await sitting.escape(from: "This image")
    sitting.type("Ggg:w\r")
    try await sitting.see("the manifest is up to date")
    try await sitting.quit()
    #expect(try folder.bytes(of: "m.manifest") == bytes)
    #expect(try status() == before)
    #expect(try folder.names(in: ".") == ["home", "m.manifest"])
  }

  @Test(
    arguments: names.flatMap { name in Form.allCases.map { (name, $0) } }.filter { pair in
      // Each form on some, all forms on the first.
      pair.1 == .asIs || pair.0.hasPrefix("gt_bbox") || pair.0.contains("echo")
    })
  func `a note changes one member of one line`(_ name: String, _ form: Form) async throws {
    let bytes = try write(name, form)
    let before = try status()
    let sitting = try await start()
    sitting.type("Gfodd\r")
    try await sitting.seeSaved("flagged")
    sitting.type(":w\r")
    try await eventually("the manifest is written") {
      (try? status().inode) != before.inode
    }
    let (old, new) = (
      WrittenManifest.split(bytes), WrittenManifest.split(try folder.bytes(of: "m.manifest"))
    )
    #expect(old.count == new.count)
    let changed = zip(old, new).enumerated().filter { $0.element.0 != $0.element.1 }
    #expect(changed.count == 1)
    if let (was, now) = changed.first?.element {
      let (was, now) = (TopLevel(was), TopLevel(now))
      #expect(now.names == was.names + ["reticle"])
      // Where there are no commas, the one before the new member has the style of the colons.
      #expect(now.spelling(without: ["reticle"]) == was.spelling(without: []))
      #expect(now.ends == was.ends)
    }
    sitting.type("u")
    try await sitting.seeSaved("undone: flag")
    try await sitting.quit()
    #expect(try folder.bytes(of: "m.manifest") == bytes)
  }

  /// Manifests with boxes, and the size of the image that the first is on.
  @Test(arguments: [
    ("gt_bbox_birds_float_coords", 680, 1024, Form.asIs),
    ("gt_bbox_bees_with_empty", 500, 371, .returns), ("doc_bbox_echo_tabs", 640, 480, .asIs),
    ("doc_coco_image_size_object", 640, 480, .noFinalNewline),
    ("cl_console_bbox_animals", 700, 442, .mark), ("gtdoc_bbox_adjusted", 500, 400, .returns),
    ("gtdoc_bbox", 500, 400, .blankLines),
  ])
  func `a box moved changes its numbers and its attribute's date alone`(
    _ name: String, _ width: Int, _ height: Int, _ form: Form
  ) async throws {
    let old = WrittenManifest.split(try write(name, form))
    let index = form == .blankLines ? 2 : 0
    let before = try WrittenManifest(form == .mark ? Array(old[0].dropFirst(3)) : old[index])[0]
    let reference = before.sourceRef
    let slash = reference.lastIndex(of: "/")
    let fileName = slash.map { String(reference[reference.index(after: $0)...]) } ?? reference
    let prefix = slash.map { ["--s3-prefix", String(reference[...$0])] } ?? []
    try folder.write(PNG.gradient(width: width, height: height), to: "images/" + fileName)
    let sitting = try Sitting(folder, ["label", "m.manifest", "--images", "images"] + prefix)
    try await sitting.see("\(width)×\(height)")
    sitting.type("\t++++l")
    try await sitting.seeSaved("▸1/")
    try await sitting.quit()

    let new = WrittenManifest.split(try folder.bytes(of: "m.manifest"))
    #expect(new.count == old.count)
    #expect(
      zip(old, new).enumerated().filter { $0.element.0 != $0.element.1 }.map(\.offset) == [index])
    let (was, now) = (TopLevel(old[index]), TopLevel(new[index]))
    #expect(was.names == now.names)
    #expect(was.ends == now.ends)
    let changed = zip(was.members, now.members).filter { $0.bytes != $1.bytes }.map(\.0.name)
    try #require(changed.count == 2)
    let attribute = changed[0]
    #expect(changed[1] == attribute + "-metadata")

    // In the attribute only the first box moved, by a pixel, its edges whole now.
    let after = try WrittenManifest(form == .mark ? Array(new[0].dropFirst(3)) : new[index])[0]
    let boxes = try #require(before.boxes(attribute))
    var expected = boxes
    let right = (boxes[0].left + boxes[0].width).rounded()
    let bottom = (boxes[0].top + boxes[0].height).rounded()
    expected[0].left = boxes[0].left.rounded() + 1
    expected[0].top = boxes[0].top.rounded()
    expected[0].width = right - boxes[0].left.rounded()
    expected[0].height = bottom - boxes[0].top.rounded()
    #expect(after.boxes(attribute) == expected)
    let dates = [before, after].map {
      $0.object(attribute + "-metadata")["creation-date"] as? String
    }
    #expect(dates[0] != dates[1])
    // The others are spelt as they were, fractions and all.
    let text = String(
      decoding: was.members.first { $0.name == attribute }?.bytes ?? [], as: UTF8.self)
    let newText = String(
      decoding: now.members.first { $0.name == attribute }?.bytes ?? [], as: UTF8.self)
    let spelt = text.split(separator: "{").map(String.init).suffix(max(0, boxes.count - 1))
    for annotation in spelt { #expect(newText.contains(annotation)) }
  }
}
