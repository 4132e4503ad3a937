import GroundTruth
import Raster

/// What is known of the models, and where the person is on their screen.
struct Models: Sendable {
  /// A part of the screen, which takes the arrows.
  enum Part: Int, CaseIterable, Sendable {
    case versions
    case results
    case request
    case response

    /// The one before or after, round and round.
    func moved(by step: Int) -> Part {
      let count = Self.allCases.count
      return Part(rawValue: (rawValue + step + count) % count) ?? self
    }

    /// What stands over it.
    var title: String {
      switch self {
      case .versions: "Models"
      case .results: "Results"
      case .request: "Request"
      case .response: "Response"
      }
    }
  }

  /// A request that came to nothing, to be made again.
  struct Trouble: Sendable {
    var request: ModelsRequest
    var reason: String
  }

  /// What stands in for the manifest line of a file that is in no manifest.
  static let fileLine = -1

  /// The versions, the oldest first.
  var versions: [ListedModel] = []
  /// Whether they are known.
  var isListed = false
  /// The version under the cursor.
  var cursor: ListedModel.Name?
  var part = Part.versions
  /// Which of the parts but the versions is shown.
  var shownPart = Part.results
  /// The version that images are tested with.
  var used: ListedModel.Name?
  /// The version to be used as soon as it runs.
  var awaited: ListedModel.Name?
  /// What a model was asked and has not answered.
  var asked: (model: ListedModel.Name, image: TestedImage)?
  var answer: ModelAnswer?
  /// The answer's texts, a line a row.
  var request: [String] = []
  var response: [String] = []
  /// The selected row of the results.
  var selection: Int?
  /// The first line shown of the request or the response.
  var scroll = 0
  /// From which confidence on results are shown, in hundredths; `nil` for each label's own.
  var minimum: Int?
  /// A file in no manifest that is tested.
  var file: String?
  var trouble: Trouble?

  /// A version by its name.
  subscript(name: ListedModel.Name?) -> ListedModel? {
    guard let name else { return nil }
    return versions.first { $0.name == name }
  }

  /// The version under the cursor.
  var current: ListedModel? { self[cursor] }
  /// The place of the cursor among the versions.
  var row: Int { versions.firstIndex { $0.name == cursor } ?? 0 }
  /// The versions that answer.
  var running: [ListedModel] { versions.filter { $0.status == .running } }

  /// Changes a version, if it is there; tells whether it is.
  mutating func change(_ name: ListedModel.Name, _ change: (inout ListedModel) -> Void) -> Bool {
    guard let place = versions.firstIndex(where: { $0.name == name }) else { return false }
    change(&versions[place])
    return true
  }

  /// Forgets what a model answered.
  mutating func clearAnswer() {
    asked = nil
    answer = nil
    request = []
    response = []
    selection = nil
    scroll = 0
  }

  /// From which confidence on a label of the model in use is shown, 0…1.
  func threshold(of label: String) -> Double {
    if let minimum { return Double(minimum) / 100 }
    // AWS leaves out what is below a threshold of its own.
    guard let model = self[used], model.home == .here else { return 0 }
    return model.labels.first { $0.name == label }?.threshold ?? 0.5
  }

  /// The threshold in words.
  var thresholdText: String { minimum.map { "from \($0) % on" } ?? "by the model's own thresholds" }

  /// A row of the results.
  struct Result: Hashable, Sendable {
    var label: String
    /// 0…1.
    var confidence: Double
    /// Where it is, in pixels of the upright image; `nil` for the whole image, or as long as the
    /// image's size isn't known.
    var rect: PixelRect?
  }

  /// What the model found, the surest first, without what is below the threshold.
  ///
  /// - Parameter size: The image's size as seen.
  /// - Returns: A row each.
  /// - Complexity: O(*n* log *n*) in the number of labels.
  func results(in size: PixelSize?) -> [Result] {
    let found = (answer?.labels ?? []).enumerated().compactMap { place, label -> (Int, Result)? in
      let confidence = label.confidence ?? 1
      guard confidence > 0, confidence >= threshold(of: label.name) else { return nil }
      let rect = size.flatMap { size in label.place.flatMap { $0.rect(in: size) } }
      return (place, Result(label: label.name, confidence: confidence, rect: rect))
    }
    return found.sorted { ($1.1.confidence, $0.0) < ($0.1.confidence, $1.0) }.map(\.1)
  }

  /// The surest of what is below the threshold.
  var surestHidden: CustomLabel? {
    answer?.labels.filter { ($0.confidence ?? 1) < threshold(of: $0.name) }
      .max { ($0.confidence ?? 1) < ($1.confidence ?? 1) }
  }
}

extension CustomLabel.BoundingBox {
  /// The rectangle in pixels, held to the image; `nil` if nothing of it is there.
  fileprivate func rect(in size: PixelSize) -> PixelRect? {
    let (across, down) = (Double(size.width), Double(size.height))
    let (left, right) = (max(0, left * across), min(across, (left + width) * across))
    let (top, bottom) = (max(0, top * down), min(down, (top + height) * down))
    guard right > left, bottom > top else { return nil }
    return PixelRect(left: left, top: top, width: right - left, height: bottom - top)
  }
}
