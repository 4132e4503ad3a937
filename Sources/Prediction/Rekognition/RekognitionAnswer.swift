public import GroundTruth

/// What Rekognition says of an image.
///
/// The shapes are those of the service model `rekognition/2016-06-27`; ratios are of the image as
/// shown upright.
public struct RekognitionAnswer: Hashable, Sendable {
  /// The labels, in the order given.
  public let labels: [CustomLabel]
  /// The version of a ready model.
  public let version: String?

  /// Reads an answer.
  ///
  /// - Parameters:
  ///   - json: The answer.
  ///   - model: Who gave it.
  /// - Throws: `PredictionError` if it is no answer of that model.
  /// - Complexity: O(bytes).
  public init(_ json: JSONValue, of model: RekognitionModel) throws(PredictionError) {
    switch model {
    case .customLabels:
      version = nil
      do throws(FormatError) {
        labels = try DetectCustomLabels.labels(in: json, named: "the answer")
      } catch {
        throw PredictionError(.badAnswer, error.message)
      }
    case .labels:
      version = json["LabelModelVersion"]?.string
      var found: [CustomLabel] = []
      for label in try Self.elements("Labels", json) { found += try Self.labels(label) }
      labels = found
    case .moderation:
      version = json["ModerationModelVersion"]?.string
      labels = try Self.elements("ModerationLabels", json).map { (json) throws(PredictionError) in
        CustomLabel(name: try Self.name(json), confidence: try Self.confidence(json))
      }
    case .faces:
      version = nil
      labels = try Self.elements("FaceDetails", json).map { (json) throws(PredictionError) in
        CustomLabel(
          name: RekognitionModel.face, confidence: try Self.confidence(json),
          place: try Self.box(json))
      }
    }
  }

  /// A label of DetectLabels: what has places is in them, the rest is about the whole image.
  private static func labels(_ json: JSONValue) throws(PredictionError) -> [CustomLabel] {
    let name = try name(json)
    let places = json["Instances"]?.elements ?? []
    guard !places.isEmpty else {
      return [CustomLabel(name: name, confidence: try confidence(json))]
    }
    return try places.map { (place) throws(PredictionError) in
      CustomLabel(name: name, confidence: try confidence(place), place: try box(place))
    }
  }

  private static func elements(
    _ name: String, _ json: JSONValue
  ) throws(PredictionError) -> [JSONValue] {
    if let elements = json[name]?.elements { return elements }
    throw PredictionError(.badAnswer, "the answer of AWS has no “\(name)”; update the AWS CLI")
  }

  private static func name(_ json: JSONValue) throws(PredictionError) -> String {
    if let name = json["Name"]?.string, !name.isEmpty { return name }
    throw PredictionError(.badAnswer, "a label of AWS has no name; ask again")
  }

  private static func confidence(_ json: JSONValue) throws(PredictionError) -> Double? {
    guard let percent = json["Confidence"]?.double else { return nil }
    guard (0...100).contains(percent) else {
      throw PredictionError(.badAnswer, "a confidence of AWS isn't between 0 and 100; ask again")
    }
    return percent / 100
  }

  private static func box(_ json: JSONValue) throws(PredictionError) -> CustomLabel.BoundingBox {
    let box = json["BoundingBox"]
    // A face at the edge has ratios beyond it; a million times the image is no place.
    func ratio(_ name: String) -> Double? {
      box?[name]?.double.flatMap { abs($0) <= 1e6 ? $0 : nil }
    }
    guard let left = ratio("Left"), let top = ratio("Top"), let width = ratio("Width"),
      let height = ratio("Height"), width >= 0, height >= 0
    else { throw PredictionError(.badAnswer, "a box of AWS has no place; ask again") }
    return CustomLabel.BoundingBox(left: left, top: top, width: width, height: height)
  }
}
