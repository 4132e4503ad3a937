import Evaluation
import GroundTruth
import Training

/// Finds out whether labels stay what they are in a mirror, by a look at the objects.
struct TurnCheck {
  /// An object: where it lies on a small square canvas, what it is, and in which image.
  private struct Subject {
    let pixels: PixelBuffer
    let placement: Placement
    let label: Int
    let image: Int
  }

  private static let side = 32
  private static let words = 64
  /// The most objects that are looked at.
  private static let limit = 400

  /// Looks at the boxes of images, or at whole images where there are none.
  static func evidence(
    _ images: [TrainingImage], places: [Int], labelCount: Int, store: PixelStore, seed: UInt64
  ) throws(TrainingError) -> TurnEvidence {
    let subjects = subjects(images, places: places, store: store, seed: seed)
    var evidence = TurnEvidence()
    guard labelCount > 1, subjects.count >= 8, Set(subjects.map(\.image)).count >= 2 else {
      return evidence
    }
    let plain = views(subjects, mirrored: false)
    let words = try PatchWords.learn(plain, side: side, words: words, seed: seed)
    let taken = try words.features(plain, side: side)
    let mirrored = try words.features(views(subjects, mirrored: true), side: side)
    // Images, not objects, are parted: objects of an image look alike.
    let order = Array(Set(subjects.map(\.image))).sorted()
    let isFirst = Dictionary(
      uniqueKeysWithValues: order.enumerated().map { ($1, $0.isMultiple(of: 2)) })
    for half in [true, false] {
      let known = subjects.indices.filter { isFirst[subjects[$0].image] == half }
      let asked = subjects.indices.filter { isFirst[subjects[$0].image] != half }
      guard !known.isEmpty, !asked.isEmpty else { continue }
      let targets = known.map { place in
        (0..<labelCount).map { $0 == subjects[place].label ? Float(1) : 0 }
      }
      let namer = try taken.rows(known).fit(targets, isExclusive: true, ridge: 0.1)
      for place in asked {
        let label = subjects[place].label
        evidence.objects += 1
        evidence.known += surest(namer, taken[place]) == label ? 1 : 0
        evidence.mirrored += surest(namer, mirrored[place]) == label ? 1 : 0
      }
    }
    return evidence
  }

  private static func surest(_ model: LinearModel, _ features: ArraySlice<Float>) -> Int {
    let answers = model.answers(features)
    return answers.indices.max { answers[$0] < answers[$1] } ?? 0
  }

  private static func subjects(
    _ images: [TrainingImage], places: [Int], store: PixelStore, seed: UInt64
  ) -> [Subject] {
    var chosen: [(image: Int, box: TruthBox)] = []
    for place in places {
      let image = images[place]
      let whole = Rectangle(
        left: 0, top: 0, width: Double(image.width), height: Double(image.height))
      chosen += image.boxes.map { (place, $0) }
      if image.boxes.isEmpty, let label = image.labels.first {
        chosen.append((place, TruthBox(whole, label: label)))
      }
    }
    var random = SplitMix64(seed: seed, part: 0x70_42)
    random.shuffle(&chosen)
    return chosen.prefix(limit).sorted { $0.image < $1.image }.compactMap { choice in
      guard let pixels = store.pixels(of: choice.image) else { return nil }
      let image = images[choice.image]
      let box = choice.box.rectangle
      // The box in the middle of the square canvas, with a tenth of its size around it.
      let scale = Double(side) / (1.2 * max(box.width, box.height, 1))
      let placement = Placement(
        left: Double(side) / 2 - (box.left + box.width / 2) * scale,
        top: Double(side) / 2 - (box.top + box.height / 2) * scale,
        width: Double(image.width) * scale, height: Double(image.height) * scale)
      return Subject(
        pixels: pixels, placement: placement, label: choice.box.label, image: choice.image)
    }
  }

  /// The objects, or as seen in a mirror, which reflects the canvas.
  private static func views(
    _ subjects: [Subject], mirrored: Bool
  ) -> [View] {
    subjects.map { subject in
      var placement = subject.placement
      if mirrored {
        placement.isMirrored = true
        placement.left = Double(side) - placement.left - placement.width
      }
      return View(pixels: subject.pixels, augmentation: Augmentation(placement: placement))
    }
  }
}
