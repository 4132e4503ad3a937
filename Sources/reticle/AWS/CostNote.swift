import Prediction

/// What something on AWS costs, said before it begins.
///
/// Figures: “Training a model” and “Running a trained model” of the Custom Labels developer guide,
/// June 2023. AWS's price page alone knows the prices of a region and a day.
enum CostNote {
  /// Where AWS says what it asks.
  static let page = "https://aws.amazon.com/rekognition/pricing/"

  /// Before a training.
  ///
  /// - Parameters:
  ///   - version: Its name.
  ///   - images: How many images it is trained with.
  ///   - region: Where.
  /// - Returns: Several lines.
  static func training(_ version: String, images: Int, region: String) -> String {
    """
    Training "\(version)" with \(images) images in \(region) costs money:
      AWS bills the hours that the training takes. That is 30 minutes to 24 hours, as AWS decides \
    (guide of June 2023); several machines at once count several times. Around 2023 an hour cost \
    about $1 in us-east-1.
      Nothing stops a training once it has begun, and it is billed if the model turns out useless.
      Today's prices: \(page)
    """
  }

  /// Before a model is started.
  ///
  /// - Parameters:
  ///   - version: Its name.
  ///   - minimum: How many inference units run at least.
  ///   - maximum: How many at most, if AWS may add some.
  ///   - region: Where.
  /// - Returns: Several lines.
  static func running(
    _ version: String, minimum: Int, maximum: Int?, region: String
  ) -> String {
    let most = max(minimum, maximum ?? minimum)
    let units = count(minimum) + (most > minimum ? ", up to \(most) when there is much to do" : "")
    return """
      Running "\(version)" with \(units) in \(region) costs money:
        AWS bills each inference unit for each hour from the start until 'reticle aws stop', \
      whether images are sent or not: 8 hours are \(8 * minimum) inference \
      hours\(most > minimum ? " to \(8 * most)" : ""), a forgotten week \(168 * minimum). Around \
      2023 an inference hour cost about $4 in us-east-1.
        One unit does a few images a second (about 5, fewer for large ones). Starting takes some \
      minutes.
        Today's prices: \(page)
      """
  }

  /// Once a model has been started.
  static func reminder(_ version: String, project: String) -> String {
    "\(version) costs by the hour from now on, until 'reticle aws stop --project \(project) --name "
      + "\(version)'"
  }

  /// Before images are sent.
  ///
  /// - Parameters:
  ///   - images: How many.
  ///   - bytes: Their size in all.
  ///   - place: Where they go.
  /// - Returns: A sentence.
  static func storing(images: Int, bytes: Int, in place: String) -> String {
    let megabytes = (Double(bytes) / 1e6 * 10).rounded() / 10
    return
      "sending \(images) image\(images == 1 ? "" : "s") (\(megabytes) MB) to \(place); S3 bills "
      + "what lies there by the month (https://aws.amazon.com/s3/pricing/) until you remove it"
  }

  /// Before images are shown to a model.
  static func asking(_ model: RekognitionModel) -> String {
    switch model {
    case .customLabels(let arn):
      "\(arn.project) \(arn.version ?? "") costs by the hour as long as it runs: 'reticle aws stop "
        + "--project \(arn.project) --name \(arn.version ?? "VERSION")' ends that. aws is started "
        + "anew for each image, three at a time, so that it does two or three a second"
    case .labels, .moderation, .faces:
      "Rekognition bills each image that it is asked about (\(page)). aws is started anew for "
        + "each, three at a time, so that it does two or three a second"
    }
  }

  private static func count(_ units: Int) -> String {
    units == 1 ? "1 inference unit" : "\(units) inference units"
  }
}
