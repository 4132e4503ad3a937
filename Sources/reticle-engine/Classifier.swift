import Training

/// A model that names whole images.
struct Classifier {
  let labels: [String]
  let isExclusive: Bool
  let blend: ModelDescription.Blend
  let features: ImageFeatures
  let linear: LinearModel?
  let network: Network?

  init(
    labels: [String], isExclusive: Bool, blend: ModelDescription.Blend,
    features: ImageFeatures, linear: LinearModel?, network: Network?
  ) {
    self.labels = labels
    self.isExclusive = isExclusive
    self.blend = blend
    self.features = features
    self.linear = linear
    self.network = network
  }

  /// Loads a model.
  init(_ folder: ModelFolder, description: ModelDescription) throws(TrainingError) {
    labels = description.labels
    isExclusive = description.task == .classification
    blend = description.blend
    let file = try folder.readWeights()
    let wrong = TrainingError(
      "\(folder.weights) doesn't belong to \(folder.description), or an earlier reticle-engine "
        + "made it: copy both again, or train the model again.")
    guard let values = file.floats("words", count: PatchWords.count(words: ImageViews.words))
    else { throw wrong }
    features = ImageFeatures(
      words: try PatchWords.restore(values, words: ImageViews.words),
      isMirrored: file.sections["mirrored"] != nil)
    let width = features.width
    let linear = file.floats("linear").flatMap { LinearModel(width: width, coefficients: $0) }
    self.linear = linear
    if blend.usesNetwork {
      let network = try Network(.classifier, labelCount: description.labels.count, seed: 1)
      guard let weights = file.floats("network", count: network.weightCount) else { throw wrong }
      try network.setWeights(weights)
      self.network = network
    } else {
      network = nil
    }
    let linearCount = linear?.labelCount ?? 0
    guard !blend.usesPatches || linearCount == labels.count else { throw wrong }
  }

  /// The chance of each label, as the parts say it.
  func chances(_ pixels: PixelBuffer) throws(TrainingError) -> [Double] {
    var answers: [[Double]] = []
    if blend.usesPatches, let linear {
      answers.append(linear.answers(try features.row(pixels)[...]))
    }
    if blend.usesNetwork, let network {
      var said: [[Double]] = []
      for view in Self.views(
        mirrored: features.isMirrored, { ImageViews.network(pixels, mirrored: $0) })
      {
        said.append(try network.answers(view, side: ImageViews.networkSide))
      }
      answers.append(Self.mean(said))
    }
    return Self.chances(answers, isExclusive: isExclusive)
  }

  /// An image as it is, and in a mirror if that is allowed.
  static func views(mirrored: Bool, _ view: (Bool) -> View) -> [View] {
    mirrored ? [view(false), view(true)] : [view(false)]
  }

  /// The mean chance of each label, of several that were asked.
  static func chances(_ answers: [[Double]], isExclusive: Bool) -> [Double] {
    mean(answers.map { isExclusive ? LinearModel.softmax($0) : LinearModel.sigmoids($0) })
  }

  static func mean(_ rows: [[Double]]) -> [Double] {
    guard let first = rows.first else { return [] }
    return first.indices.map { place in
      rows.reduce(0) { $0 + $1[place] } / Double(rows.count)
    }
  }
}
