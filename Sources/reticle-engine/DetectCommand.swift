import CTorch
import Evaluation
import Glibc
import GroundTruth
import Training

/// `reticle-engine detect FOLDER`: answers requests for predictions, a line of JSON each.
enum DetectCommand {
  /// Runs it; returns the exit code.
  static func run(_ path: String) -> Int32 {
    let folder = ModelFolder(path)
    do {
      let description = try folder.readDescription()
      ct_use_threads(1)
      let model = try TrainedModel(folder, description: description)
      introduce(description, path: folder.path)
      while let line = readLine(strippingNewline: true) {
        if line.isEmpty { continue }
        guard answer(Array(line.utf8), model) else { return 0 }
      }
      return 0
    } catch {
      StandardLines.say(error.description)
      return 65
    }
  }

  /// Says who answers.
  private static func introduce(_ description: ModelDescription, path: String) {
    let style = JSONStyle.compact
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let thresholds = description.labels.compactMap { label in
      description.thresholds[label].map { (label, percent($0)) }
    }
    StandardLines.write([
      (
        "model",
        style.object([
          ("name", JSONText.encode(name)), ("version", JSONText.encode("1")),
          ("labels", style.array(description.labels.map(JSONText.encode))),
          ("thresholds", style.object(thresholds)),
        ])
      )
    ])
  }

  /// Answers a request.
  ///
  /// - Returns: Whether somebody reads the answers.
  private static func answer(_ line: [UInt8], _ model: TrainedModel) -> Bool {
    guard let value = try? JSONValue(parsing: line), let id = value["id"]?.string,
      let path = value["path"]?.string
    else {
      StandardLines.say("a request without id or path was left out")
      return true
    }
    do {
      let width = value["width"]?.integer ?? 0
      let height = value["height"]?.integer ?? 0
      let size = (width: width > 0 ? width : 1, height: height > 0 ? height : 1)
      let labels = try model.findings(path, size: size).map { customLabel($0, size: size) }
      return StandardLines.write([
        ("id", JSONText.encode(id)), ("CustomLabels", JSONStyle.compact.array(labels)),
      ])
    } catch {
      return StandardLines.write([
        ("id", JSONText.encode(id)), ("error", JSONText.encode(error.description)),
      ])
    }
  }

  private static func customLabel(
    _ finding: TrainedModel.Finding, size: (width: Int, height: Int)
  ) -> [UInt8] {
    let style = JSONStyle.compact
    var members = [
      ("Name", JSONText.encode(finding.label)), ("Confidence", percent(finding.confidence)),
    ]
    func part(_ value: Double, of whole: Int) -> [UInt8] {
      JSONNumber.encode((value / Double(whole) * 1e6).rounded() / 1e6)
    }
    if let rectangle = finding.rectangle {
      let place = style.object([
        ("Left", part(rectangle.left, of: size.width)),
        ("Top", part(rectangle.top, of: size.height)),
        ("Width", part(rectangle.width, of: size.width)),
        ("Height", part(rectangle.height, of: size.height)),
      ])
      members.append(("Geometry", style.object([("BoundingBox", place)])))
    }
    return style.object(members.map { (name: $0.0, value: $0.1) })
  }

  private static func percent(_ value: Double) -> [UInt8] {
    JSONNumber.encode((value * 100_000).rounded() / 1_000)
  }
}
