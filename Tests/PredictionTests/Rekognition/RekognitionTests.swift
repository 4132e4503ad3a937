import Dispatch
import Foundation
import GroundTruth
import Prediction
import Synchronization
import Testing

/// Rekognition as a predictor, with a service that the tests play.
@Suite struct RekognitionTests {
  private static let arn =
    "arn:aws:rekognition:eu-west-1:123456789012:project/cells/version/v1/17"

  private func answer(_ model: RekognitionModel, _ json: String) throws -> RekognitionAnswer {
    try RekognitionAnswer(JSONValue(parsing: Array(json.utf8)), of: model)
  }

  // MARK: Values

  @Test func `a model is a version's ARN or one of the ready ones`() throws {
    let version = try #require(RekognitionModel(Self.arn))
    #expect(version.operation == "detect-custom-labels")
    #expect(version.description(version: nil).title == "cells v1")
    #expect(RekognitionModel("faces") == .faces && RekognitionModel("labels") == .labels)
    let project = "arn:aws:rekognition:eu-west-1:123456789012:project/cells/16"
    for text in ["", "Labels", "cells", project, "arn:aws:s3:::bucket"] {
      #expect(RekognitionModel(text) == nil, "\(text)")
    }
  }

  @Test func `answers become labels`() throws {
    let version = try #require(RekognitionModel(Self.arn))
    let custom = try answer(
      version,
      #"{"CustomLabels":[{"Name":"cat","Confidence":97.5,"Geometry":{"BoundingBox":"#
        + #"{"Left":0.1,"Top":0.2,"Width":0.3,"Height":0.4}}},{"Name":"indoors","Confidence":50}]}"#
    )
    #expect(
      custom.labels == [
        CustomLabel(
          name: "cat", confidence: 0.975,
          place: .init(left: 0.1, top: 0.2, width: 0.3, height: 0.4)),
        CustomLabel(name: "indoors", confidence: 0.5),
      ])
    let labels = try answer(
      .labels,
      #"{"Labels":[{"Name":"Animal","Confidence":99,"Instances":[]},{"Name":"Dog","Confidence":95,"#
        + #""Instances":[{"BoundingBox":{"Left":0,"Top":0,"Width":0.5,"Height":1},"#
        + #""Confidence":90}]}],"LabelModelVersion":"3.0"}"#)
    #expect(labels.version == "3.0")
    #expect(labels.labels.map(\.name) == ["Animal", "Dog"])
    #expect(labels.labels.map(\.confidence) == [0.99, 0.9])
    #expect(labels.labels.map { $0.place == nil } == [true, false])
    let moderation = try answer(
      .moderation,
      #"{"ModerationLabels":[{"Name":"Smoking","Confidence":88,"ParentName":"Drugs"}],"#
        + #""ModerationModelVersion":"7.0"}"#)
    #expect(moderation.labels == [CustomLabel(name: "Smoking", confidence: 0.88)])
    let faces = try answer(
      .faces,
      #"{"FaceDetails":[{"BoundingBox":{"Left":-0.1,"Top":0.2,"Width":0.3,"Height":0.4},"#
        + #""Confidence":99.5}]}"#)
    #expect(faces.labels.map(\.name) == ["Face"] && faces.labels[0].place?.left == -0.1)
  }

  @Test(arguments: [
    "{}", "[]", #"{"Labels":7}"#, #"{"Labels":[{"Confidence":5}]}"#,
    #"{"Labels":[{"Name":"","Confidence":5}]}"#, #"{"Labels":[{"Name":"a","Confidence":101}]}"#,
    #"{"Labels":[{"Name":"a","Instances":[{"BoundingBox":{"Left":0}}]}]}"#,
    #"{"Labels":[{"Name":"a","Instances":[{"BoundingBox":{"Left":0,"Top":0,"Width":-1,"#
      + #""Height":1}}]}]}"#,
    #"{"Labels":[{"Name":"a","Instances":[{"BoundingBox":{"Left":1e300,"Top":0,"Width":1,"#
      + #""Height":1}}]}]}"#,
  ])
  func `what is no answer is refused`(_ json: String) {
    #expect(throws: PredictionError.self) { try answer(.labels, json) }
  }

  @Test func `large images go by their place on S3, if they have one`() throws {
    let limit = RekognitionImage.byteLimit
    #expect(try RekognitionImage.sending("/a", byteCount: limit, source: nil) == .file("/a"))
    #expect(
      try RekognitionImage.sending("/a", byteCount: limit + 1, source: "s3://b/c d/e.jpg")
        == .object(bucket: "b", key: "c d/e.jpg"))
    for source in [nil, "a.jpg", "s3://b", "s3://b/"] {
      let error = #expect(throws: PredictionError.self) {
        try RekognitionImage.sending("/a", byteCount: 6_250_000, source: source)
      }
      #expect(error?.kind == .refused && error?.message.contains("6.2 MB") == true)
    }
  }

  // MARK: Asking

  /// A service that answers as a test wants, and counts how many ask at a time.
  private final class Played: RekognitionService {
    struct Count {
      var asked = 0
      var running = 0
      var most = 0
    }

    let count = Mutex(Count())
    let isStopped = Atomic(false)
    private let reply: @Sendable (Int, Played) -> Result<String, PredictionError>

    init(_ reply: @escaping @Sendable (Int, Played) -> Result<String, PredictionError>) {
      self.reply = reply
    }

    func answer(
      of model: RekognitionModel, to image: RekognitionImage
    ) throws(PredictionError) -> JSONValue {
      let number = count.withLock { count in
        count.asked += 1
        count.running += 1
        count.most = max(count.most, count.running)
        return count.asked
      }
      defer { count.withLock { $0.running -= 1 } }
      let text = try reply(number, self).get()
      do {
        return try JSONValue(parsing: Array(text.utf8))
      } catch {
        throw PredictionError(.badAnswer, "no JSON")
      }
    }

    func stop() { isStopped.store(true, ordering: .sequentiallyConsistent) }
  }

  private static let image = URL(filePath: #filePath).path()

  /// The answers to as many requests, by id; each must come exactly once.
  private func answers(
    _ predictor: RekognitionPredictor, _ count: Int, meanwhile: () -> Void = {}
  ) -> [Int: Result<[CustomLabel], PredictionError>] {
    let found = Mutex<[Int: Result<[CustomLabel], PredictionError>]>([:])
    let news = DispatchSemaphore(value: 0)
    predictor.predict(
      (0..<count).map {
        PredictionRequest(id: $0, path: Self.image, size: ImageSize(width: 9, height: 9))
      }
    ) { answer in
      let isNew = found.withLock { $0.updateValue(answer.outcome, forKey: answer.id) == nil }
      #expect(isNew)
      news.signal()
    }
    meanwhile()
    for _ in 0..<count { news.wait() }
    return found.withLock { $0 }
  }

  @Test func `each image is answered once, and not too many are asked for at a time`() {
    let played = Played { _, _ in
      usleep(1_000)
      return .success(#"{"Labels":[{"Name":"a"}],"LabelModelVersion":"3.0"}"#)
    }
    let predictor = RekognitionPredictor(.labels, service: played, lanes: 3)
    #expect(predictor.model == nil)
    let found = answers(predictor, 40)
    #expect(found.count == 40 && found.values.allSatisfy { (try? $0.get())?.count == 1 })
    #expect(played.count.withLock { $0.most } <= 3 && played.count.withLock { $0.asked } == 40)
    #expect(predictor.model?.title == "rekognition-labels 3.0")
    predictor.finish()
    #expect(answers(predictor, 2).values.allSatisfy { $0.kind == .cancelled })
  }

  @Test func `an image that is refused says nothing of the next`() {
    let played = Played { number, _ in
      number % 2 == 0
        ? .failure(PredictionError(.refused, "no image")) : .success(#"{"Labels":[]}"#)
    }
    let predictor = RekognitionPredictor(.labels, service: played, lanes: 1)
    let found = answers(predictor, 10)
    #expect(found.values.count { $0.kind == .refused } == 5)
    predictor.finish()
  }

  @Test func `once nothing can be asked, what waits is answered without asking`() {
    let played = Played { _, _ in .failure(PredictionError(.unavailable, "not running")) }
    let predictor = RekognitionPredictor(.labels, service: played, lanes: 2)
    let found = answers(predictor, 50)
    #expect(found.values.allSatisfy { $0.kind == .unavailable })
    #expect(played.count.withLock { $0.asked } <= 50)
    #expect(answers(predictor, 1).values.allSatisfy { $0.kind == .unavailable })
    predictor.finish()
  }

  @Test func `cancelled, all that waits is answered and what is under way is stopped`() {
    let played = Played { _, played in
      while !played.isStopped.load(ordering: .sequentiallyConsistent) { usleep(500) }
      return .failure(PredictionError(.cancelled, "stopped"))
    }
    let predictor = RekognitionPredictor(.labels, service: played, lanes: 2)
    let found = answers(predictor, 20) { predictor.cancel() }
    #expect(found.values.allSatisfy { $0.kind == .cancelled })
    #expect(played.count.withLock { $0.asked } <= 2)
    predictor.finish()
  }

  @Test func `a file that is gone is refused by itself`() {
    let played = Played { _, _ in .success(#"{"Labels":[]}"#) }
    let predictor = RekognitionPredictor(.labels, service: played)
    let news = DispatchSemaphore(value: 0)
    predictor.predict(
      [PredictionRequest(id: 1, path: "/nowhere", size: ImageSize(width: 1, height: 1))]
    ) { answer in
      #expect(answer.outcome.kind == .refused)
      news.signal()
    }
    news.wait()
    predictor.finish()
  }
}

extension Result<[CustomLabel], PredictionError> {
  /// How far a failure reaches.
  fileprivate var kind: PredictionError.Kind? {
    if case .failure(let error) = self { error.kind } else { nil }
  }
}
