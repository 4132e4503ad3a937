import GroundTruth
import TestSupport
import Testing

/// What each fixture is expected to give, from the documentation's rules (the files' notes).
private let expected: [String: (isValid: Bool, codes: [Finding.Code])] = [
  "gt_bbox_licence_train": (true, []),
  "gt_bbox_bees_with_empty": (true, [.noAnnotations]),
  "gt_bbox_birds_float_coords": (true, []),
  "gt_bbox_adjustment_chain_korean": (false, [.invalidImageDimension, .severalBoxAttributes]),
  "input_only_source_ref": (true, [.unannotated]),
  "gt_image_level_coral": (true, []),
  "gt_image_level_bananas_odd_names": (true, []),
  "broken_attribute_metadata_pair": (false, [.noLabelAttributes]),
  "cl_console_bbox_animals": (true, []),
  "lookout_segmentation_mask_ref": (false, [.unsupportedType]),
  "doc_image_level_echo": (true, []),
  "doc_image_level_sunrise": (true, []),
  "doc_image_level_multilabel_numbered": (false, [.invalidSourceRef]),
  "doc_bbox_echo_tabs": (true, []),
  "doc_bbox_console_BB": (true, []),
  "doc_coco_image_size_object": (false, [.attributeFormat]),
  "doc_validation_bbox_too_small": (false, [.boxTooSmall]),
  "doc_validation_unannotated": (true, [.unannotated]),
  "doc_validation_no_annotations": (true, [.noAnnotations, .noAttributeAnnotations]),
  "doc_validation_unsupported_type": (false, [.unsupportedType, .noValidLabelAttributes]),
  "doc_evaluation_snapshot": (true, []),
  "gtdoc_image_level_sport": (true, []),
  "gtdoc_image_level_string_id": (true, []),
  "gtdoc_text_classification": (false, [.missingSourceRef]),
  "gtdoc_multilabel_image": (false, [.unsupportedType]),
  "gtdoc_multilabel_text": (false, [.invalidSourceRef]),
  "gtdoc_bbox": (true, []),
  "gtdoc_bbox_adjusted": (false, [.invalidSourceRef]),
  "gtdoc_bbox_verification": (true, [.unsupportedType]),
  "gtdoc_verification_only": (false, [.invalidSourceRef]),
  "gtdoc_named_entities": (false, [.missingSourceRef]),
  "gtdoc_semantic_segmentation_verified": (false, [.unsupportedType]),
  "gtdoc_semantic_segmentation_adjusted": (false, [.unsupportedType]),
  "gtdoc_video_object_detection": (false, [.unsupportedType]),
  "gtdoc_video_object_tracking": (false, [.unsupportedType]),
  "gtdoc_pointcloud_segmentation": (false, [.unsupportedType]),
  "gtdoc_pointcloud_detection": (false, [.unsupportedType]),
  "gtdoc_pointcloud_tracking": (false, [.unsupportedType]),
  "gtdoc_pointcloud_3d2d_linking": (false, [.unsupportedType]),
  "doc_csv_multilabel_flowers": (true, []),
]

@Suite("Checks: real manifests")
struct ChecksFixtureTests {
  @Test("each manifest gives its expected codes", arguments: Fixture.all)
  func codes(_ fixture: Fixture) throws {
    let name = String(fixture.name.dropLast(".manifest".count))
    let (isValid, codes) = try #require(expected[name], "no expectation for \(name)")
    let outcome = CheckOutcome(fixture.lines)
    #expect(Set(codes).isSubset(of: outcome.findings.map(\.code)), "\(outcome.findings.prefix(9))")
    #expect(outcome.errors.isEmpty == isValid, "\(outcome.errors.prefix(9))")
  }

  @Test("the counts of two manifests")
  func counts() throws {
    let bees = CheckOutcome(try Fixture(named: "gt_bbox_bees_with_empty.manifest").lines)
    #expect(bees.dataset.totalLines == 399)
    #expect(bees.dataset.validLines == 365)
    #expect(bees.dataset.ignoredLines == 34)
    #expect(bees.dataset.useCase == .objectLocalization)
    let broken = CheckOutcome(
      try Fixture(named: "broken_attribute_metadata_pair.manifest").lines)
    #expect(broken.dataset.invalidLines == 40)
    #expect(broken.dataset.useCase == .notDetermined)
  }

  @Test("a line read in one pass is JSON exactly where the parser says so, and nothing crashes")
  func mutations() throws {
    var random = SeededGenerator(seed: 20_260_103)
    let pool = Fixture.all.flatMap { $0.lines.prefix(3) }.filter { $0.count < 2500 }
    let odd = Array("{}[]\",:\\0e-\u{0}\u{7F} \u{E9}".utf8)
    for _ in 0..<6_000 {
      var line = try #require(pool.randomElement(using: &random))
      for _ in 0..<Int.random(in: 1...3, using: &random) where !line.isEmpty {
        let place = Int.random(in: 0..<line.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: line.remove(at: place)
        case 1: line.insert(try #require(odd.randomElement(using: &random)), at: place)
        case 2: line[place] = try #require(odd.randomElement(using: &random))
        default: line.removeSubrange(place..<min(line.count, place + 20))
        }
      }
      let outcome = CheckOutcome([line])
      let isJSON = (try? JSONValue(parsing: line))?.kind == .object
      #expect(outcome.lineCodes.contains(.invalidJSON) != isJSON, "\(line.text)")
      #expect(
        outcome.dataset.validLines + outcome.dataset.invalidLines + outcome.dataset.ignoredLines
          == 1)
      // Neither repairing nor writing results fails, whatever the line.
      let repaired = LineRepair(of: line)?.line ?? line
      #expect(((try? JSONValue(parsing: repaired))?.kind == .object) == isJSON)
      let marked = ValidatedLine.bytes(of: line, findings: outcome.findings.filter { $0.line > 0 })
      #expect((try? JSONValue(parsing: marked))?.kind == .object, "\(marked.text)")
    }
  }
}
