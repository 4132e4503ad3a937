import GroundTruth
import Training

extension ClassifierTraining {
  /// How much is paid for steep functions.
  static let ridges = [0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03]
  /// What part patches have in all that is heard; outlines have the rest.
  static let patchShares = [0, 0.25, 0.75]
  /// More images than this tell no better how strict to be.
  static let mostForChoice = 900

  /// Learns linear functions of features.
  ///
  /// - Returns: How to see features, the functions, and what they say of each image after learning
  ///   from other parts.
  /// - Throws: ``TrainingError`` if the tensor library fails.
  func featureAnswers() throws(TrainingError) -> (
    features: ImageFeatures, linear: LinearModel, answers: [[Double]]
  ) {
    // A word list from some hundred images is as good as one from all.
    var views: [View] = []
    for place in places.prefix(500) { views.append(ImageViews.patches(try pixels(of: place))) }
    let words = try PatchWords.learn(
      views, side: ImageViews.patchSide, words: ImageViews.words, seed: job.seed)
    let features = ImageFeatures(words: words, isMirrored: isMirrored)
    var values: [Float] = []
    for place in places { values += try features.row(try pixels(of: place)) }
    let rows = FeatureRows(width: features.width, values: values)
    let every = (places.count - 1) / Self.mostForChoice + 1
    let asked = places.indices.filter { $0.isMultiple(of: every) }
    var best: (surprise: Double, share: Double, ridge: Double)?
    for share in Self.patchShares {
      let loudness = features.loudness(patches: share)
      let said = try answers(rows, of: asked, loudness: loudness, ridges: Self.ridges)
      for (ridge, said) in zip(Self.ridges, said) {
        let surprise = report(asked.filter(judged.contains), [said]).surprise
        if surprise < best?.surprise ?? .infinity { best = (surprise, share, ridge) }
      }
    }
    guard let best else { throw TrainingError("There is nothing to learn; give more images.") }
    StandardLines.say("patches' share \(best.share), ridge \(best.ridge), mirrored \(isMirrored)")
    let loudness = features.loudness(patches: best.share)
    let said = try answers(
      rows, of: Array(places.indices), loudness: loudness, ridges: [best.ridge])
    let own = places.indices.filter { parts[$0] < partCount }
    let linear = try rows.rows(own).fit(
      own.map { target(places[$0]) }, isExclusive: isExclusive, loudness: loudness,
      ridges: [best.ridge])
    return (features, linear[0], said[0])
  }

  private func pixels(of place: Int) throws(TrainingError) -> PixelBuffer {
    guard let pixels = store.pixels(of: place) else {
      throw TrainingError(
        "\(images[place].path) can't be read any more; leave images where they are until the end.")
    }
    return pixels
  }

  /// What functions say of some images after learning from those of other parts, for each ridge;
  /// nothing of the other images.
  private func answers(
    _ rows: FeatureRows, of asked: [Int], loudness: [Float], ridges: [Double]
  ) throws(TrainingError) -> [[[Double]]] {
    var said = Array(
      repeating: Array(repeating: [Double](), count: rows.count), count: ridges.count)
    for part in judgedParts {
      let known = asked.filter { parts[$0] != part && parts[$0] < partCount }
      let models = try rows.rows(known).fit(
        known.map { target(places[$0]) }, isExclusive: isExclusive, loudness: loudness,
        ridges: ridges)
      for row in asked where parts[row] == part {
        for (place, model) in models.enumerated() { said[place][row] = model.answers(rows[row]) }
      }
    }
    return said
  }
}
