import Glibc
import GroundTruth
import Prediction

/// Rekognition asked about images through the person's own `aws`.
///
/// The program is started anew for each image, which takes it half a second to a second of a core.
final class AWSDetection: RekognitionService {
  private let service: AWSService
  private let remark: @Sendable (String) -> Void

  /// Finds the program.
  ///
  /// - Parameters:
  ///   - model: Who is asked.
  ///   - remark: Gets what is to be said beside the answers.
  /// - Throws: ``Failure`` if there is no `aws`.
  init(_ model: RekognitionModel, remark: @escaping @Sendable (String) -> Void) throws {
    var region: String?
    if case .customLabels(let arn) = model { region = arn.region }
    service = try AWSService(to: "ask Rekognition", region: region, pace: .seconds(1))
    self.remark = remark
  }

  func stop() { service.stopAll() }

  func answer(
    of model: RekognitionModel, to image: RekognitionImage
  ) throws(PredictionError) -> JSONValue {
    do {
      guard case .file(let path) = image else {
        return try service.answer(.detect(model, image), about: "Rekognition", reporting: remark)
      }
      // A name of our own: the program would replace “$NAME” and “~” in the person's.
      let link = service.scratch.file("image")
      guard symlink(path, link) == 0 else {
        throw Failure.saying(
          "\(link) can't be made: \(String(cString: strerror(errno))); make room, or set TMPDIR",
          Failure.cannotCreate)
      }
      defer { Scratch.remove(link) }
      return try service.answer(
        .detect(model, .file(link)), about: "Rekognition", reporting: remark)
    } catch let failure as CallFailure {
      throw Self.error(failure, of: model)
    } catch let failure as Failure {
      throw PredictionError(.unavailable, failure.message)
    } catch {
      throw PredictionError(.unavailable, "\(error)")
    }
  }

  /// How far a failure reaches: an image that is not taken says nothing of the next.
  static func error(_ failure: CallFailure, of model: RekognitionModel) -> PredictionError {
    switch failure.code {
    case "ImageTooLargeException", "InvalidImageFormatException", "InvalidS3ObjectException",
      "InvalidParameterException":
      PredictionError(.refused, failure.sentence)
    case "ResourceNotReadyException":
      PredictionError(.unavailable, notRunning(model))
    case nil where failure.isStopped: PredictionError(.cancelled, failure.sentence)
    default: PredictionError(.unavailable, failure.sentence)
    }
  }

  private static func notRunning(_ model: RekognitionModel) -> String {
    guard case .customLabels(let arn) = model else { return "Rekognition is not ready; try again" }
    return "\(arn.project) \(arn.version ?? "") does not run: start it by 'reticle aws start "
      + "--project-arn ARN --name \(arn.version ?? "VERSION") --wait' (which costs by the hour and "
      + "says how much first; ARN is the project's, 'reticle aws status --project "
      + "\(arn.project)' says what runs)"
  }
}

/// Where Rekognition is chosen as who predicts.
enum RekognitionChoice {
  /// The predictor that `--rekognition` names.
  ///
  /// - Throws: ``Failure`` if it names none, or if there is no `aws`.
  static func predictor(
    _ name: String, remark: @escaping @Sendable (String) -> Void
  ) throws -> any Predictor {
    guard let model = RekognitionModel(name) else {
      throw Failure.saying(
        "--rekognition takes the ARN of a version (arn:aws:rekognition:…:project/NAME/version/…, as "
          + "'reticle aws start' prints it), or labels, moderation or faces", Failure.usage)
    }
    remark(CostNote.asking(model))
    return RekognitionPredictor(model, service: try AWSDetection(model, remark: remark))
  }
}
