/// Anything that turns images into predictions: a local model, an outside command, Rekognition.
///
/// All calls may come from any thread and none waits for an image, but `finish`.
public protocol Predictor: AnyObject, Sendable {
  /// Who predicts; nil as long as that isn't known, which may be until the first answer.
  var model: PredictionModel? { get }

  /// How many images it is of use to ask for at a time; more wait within the predictor.
  var lanes: Int { get }

  /// Asks for images.
  ///
  /// Every image is answered exactly once, in any order and on any thread, and soon after its
  /// answer is there; one whose answer is an error of the kind `unavailable` need not be asked
  /// for again.
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - answer: Gets each answer; one call at a time, and not from within `predict`.
  func predict(
    _ images: [PredictionRequest], answer: @escaping @Sendable (PredictionAnswer) -> Void)

  /// Stops all work: what is asked for and not answered is answered as `cancelled`.
  ///
  /// The predictor may be asked again.
  func cancel()

  /// Ends the predictor, and returns when nothing of it is left.
  ///
  /// What is asked for and not answered is answered as `cancelled`, like all that is asked later.
  func finish()
}
