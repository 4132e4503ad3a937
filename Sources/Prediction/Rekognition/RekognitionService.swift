public import GroundTruth

/// Asks Rekognition about images; the program that does it knows the credentials.
public protocol RekognitionService: AnyObject, Sendable {
  /// Asks about an image, again while the service is busy, and waits for the answer.
  ///
  /// - Parameters:
  ///   - model: Who is asked.
  ///   - image: The image.
  /// - Returns: The answer as the service gives it.
  /// - Throws: `PredictionError`, with a sentence that doesn't name the image.
  func answer(
    of model: RekognitionModel, to image: RekognitionImage
  ) throws(PredictionError) -> JSONValue

  /// Ends all that is under way; what is asked later is answered again.
  func stop()
}

/// An image as Rekognition gets it.
public enum RekognitionImage: Hashable, Sendable {
  /// The bytes of a file here.
  case file(String)
  /// An object on S3 in the region of the service.
  case object(bucket: String, key: String)

  /// How many bytes a file may have: 4 MB by “Guidelines and quotas” of the Custom Labels guide and
  /// by “Images” of the Rekognition guide, though the type of the API takes 5 MiB.
  public static let byteLimit = 4_000_000

  /// How an image is to be sent.
  ///
  /// - Parameters:
  ///   - path: Its file.
  ///   - byteCount: The size of the file.
  ///   - source: What the manifest names it.
  /// - Returns: The file, or the object that the manifest names if the file is too large.
  /// - Throws: `PredictionError` if it is too large and not on S3.
  public static func sending(
    _ path: String, byteCount: Int, source: String?
  ) throws(PredictionError) -> RekognitionImage {
    if byteCount <= byteLimit { return .file(path) }
    if let source, let object = object(source) { return object }
    let megabytes = Double(byteCount / 100_000) / 10
    throw PredictionError(
      .refused,
      "it has \(megabytes) MB, and Rekognition takes 4 MB from here: save it smaller, or put it on "
        + "S3 and name it by its s3:// URI (up to 15 MB)")
  }

  private static func object(_ uri: String) -> RekognitionImage? {
    guard uri.utf8.starts(with: "s3://".utf8) else { return nil }
    let rest = uri.utf8.dropFirst(5)
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    let bucket = String(Substring(rest[..<slash]))
    let key = String(Substring(rest[slash...].dropFirst()))
    return bucket.isEmpty || key.isEmpty ? nil : .object(bucket: bucket, key: key)
  }
}
