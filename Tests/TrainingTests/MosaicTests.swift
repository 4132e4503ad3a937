import Evaluation
import GroundTruth
import Testing

@testable import Training

/// Images that share a canvas.
@Suite struct MosaicTests {
  private let canvas = Canvas(square: 192)

  private func mosaic(_ random: inout SplitMix64, way: Double = 0.2) -> Mosaic {
    Mosaic(of: 7, among: [1, 2, 3], on: canvas, way: way, random: &random)
  }

  @Test func halfOfCanvasesAreSharedUntilTheEndNears() {
    var random = SplitMix64(seed: 5)
    let early = (0..<400).map { _ in mosaic(&random).tiles }
    #expect((150...250).contains(early.count { $0.count == 4 }))
    #expect(early.allSatisfy { $0[0].image == 7 && ($0.count == 4 || $0[0].quarter == nil) })
    #expect(early.joined().allSatisfy { [1, 2, 3, 7].contains($0.image) })
    let late = (0..<100).map { _ in mosaic(&random, way: 0.75).tiles }
    #expect(late.allSatisfy { $0.count == 1 })
  }

  @Test func imagesThatShareACanvasDoNotOverlap() {
    var random = SplitMix64(seed: 6)
    let turns = Augmentation.Turns(mirrored: true, anyWay: true)
    for _ in 0..<200 {
      let shown = mosaic(&random).tiles.map { tile in
        let placement = Augmentation(
          width: 50 + random.index(below: 900), height: 50 + random.index(below: 900),
          canvas: canvas, turns: turns, quarter: tile.quarter, random: &random
        ).placement
        return Rectangle(
          left: placement.left, top: placement.top, width: placement.width,
          height: placement.height)
      }
      for (place, one) in shown.enumerated() {
        #expect(shown[(place + 1)...].allSatisfy { $0.iou(one) < 1e-9 })
      }
      let all = Rectangle(left: 0, top: 0, width: 192, height: 192)
      #expect(shown.allSatisfy { $0.iou(all) > 0 }, "each is seen")
    }
  }
}
