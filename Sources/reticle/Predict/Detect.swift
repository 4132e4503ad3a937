import ArgumentParser
import Cells
import GroundTruth
import ImageCoding
import Prediction
import Raster

/// `reticle detect`: what a model finds in images.
struct Detect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what a model finds in images.",
    discussion: """
      --json prints DetectCustomLabels' answer: {"CustomLabels": [{"Name", "Confidence", \
      "Geometry": {"BoundingBox": {"Width", "Height", "Left", "Top"}}}]}, the surest first; for \
      several images one object with an answer a path.

      Without --min-confidence a label counts from the model's own threshold on, 0 prints all, \
      and a number holds for all labels.

      EXAMPLES
        reticle detect photo.jpg --model bccd
        reticle detect --json --command 'python3 yolo.py' *.jpg > detections.json
        reticle detect --show --min-confidence 80 photo.jpg --model bccd/v2
      """)

  @Argument(help: "JPEG or PNG files, or s3:// URIs, fetched by aws.", completion: .file())
  var images: [String]

  @OptionGroup var predictor: PredictorOptions

  @Option(help: "From which percentage on a label counts (default: the model's thresholds).")
  var minConfidence: Double?

  @Option(help: "How many labels are printed for an image, the surest.")
  var maxResults = 1_000

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Show each image with its boxes, too.")
  var show = false

  @Option(help: "The size of a picture in cells, as 80x24 (default: the terminal's).")
  var size: GridSize?

  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    if !predictor.isGiven {
      throw ValidationError("say who looks: --model, --command or --rekognition")
    }
    if let minConfidence, !(0...100).contains(minConfidence) {
      throw ValidationError("--min-confidence is a percentage, 0 to 100")
    }
    if maxResults < 1 { throw ValidationError("--max-results is 1 or more") }
    if json, show { throw ValidationError("--json and --show exclude each other") }
  }

  func run() throws {
    let remarks = Remarks()
    let who = try predictor.predictor { remarks.add($0) }
    defer { who.finish() }
    var printer = show ? try PicturePrinter(drawing, size: size?.size) : nil
    var answers: [(name: String, value: [UInt8])] = []
    var failure: ExitCode?
    // Of a predictor that is of no use there is nothing to hope for from the next image.
    var isOver = false
    for image in images {
      do {
        let found = try detect(image, who, &isOver)
        remarks.say()
        if json {
          answers.append((image, DetectCustomLabels.answer(found.labels)))
          continue
        }
        let boxes = found.labels.compactMap { $0.box(in: found.size) }
        try printer?.show(image, at: found.path, boxes: boxes, labels: found.names)
        try StandardOutput.write(Array(text(image, found).utf8))
      } catch let error as Failure {
        remarks.say()
        if isOver { throw error }
        Failure.say(error.message)
        failure = failure ?? error.code
      }
    }
    if json, !answers.isEmpty {
      let value = images.count == 1 ? answers[0].value : JSONStyle.spaced.object(answers)
      try StandardOutput.write(value + [0x0A])
    }
    if let failure { throw failure }
  }

  /// What was found in an image.
  private struct Found {
    let path: String
    let size: ImageSize
    /// The labels that count, the surest first.
    let labels: [CustomLabel]
    /// The labels' order, for their colours.
    let names: [String]
  }

  private func detect(_ image: String, _ who: any Predictor, _ isOver: inout Bool) throws -> Found {
    guard let path = RemoteImages.file(of: image) else {
      throw Failure.saying("\(image): can't be fetched", Failure.noInput)
    }
    let header: ImageHeader
    do throws(ImageError) {
      header = try ImageFile.open(path: path).header
    } catch {
      throw Failure.saying(
        error.message, error.reason == .missing ? Failure.noInput : Failure.data)
    }
    let size = ImageSize(width: header.uprightSize.width, height: header.uprightSize.height)
    let answer = who.answer(for: PredictionRequest(id: 0, path: Sources.real(path), size: size))
    for note in answer.notes { Failure.say("\(image): \(note)") }
    let labels: [CustomLabel]
    do throws(PredictionError) {
      labels = try answer.outcome.get()
    } catch {
      isOver = error.kind == .unavailable
      if isOver { throw Failure.saying(error.message, Failure.data) }
      throw Failure.saying("\(image): \(error.message)", Failure.data)
    }
    let thresholds = who.model?.thresholds ?? [:]
    let kept = labels.filter { label in
      let least = minConfidence.map { $0 / 100 } ?? thresholds[label.name] ?? 0
      return (label.confidence ?? 1) >= least
    }
    let order = kept.indices.sorted {
      (kept[$1].confidence ?? 1, $0) < (kept[$0].confidence ?? 1, $1)
    }
    var names = who.model?.labels ?? []
    for label in labels where !names.contains(label.name) { names.append(label.name) }
    return Found(
      path: path, size: size, labels: order.prefix(maxResults).map { kept[$0] }, names: names)
  }

  private func text(_ image: String, _ found: Found) -> String {
    let rows = found.labels.map { label -> (cells: [String], barFor: Int?) in
      let percent = Int(((label.confidence ?? 1) * 1_000).rounded())
      let place = label.box(in: found.size).map { box in
        "\(Int(box.left)),\(Int(box.top)) \(Int(box.width))×\(Int(box.height))"
      }
      return ([label.name, "\(percent / 10).\(percent % 10) %", place ?? "the whole image"], nil)
    }
    let count = found.labels.count
    let head = PrintableText.escaping(
      "\(image): \(found.size.width)×\(found.size.height), "
        + "\(count == 0 ? "nothing found" : CheckReport.count(count, "label"))")
    let lines = ReportStyle(bars: nil).table(rows)
    return ([head] + lines).map { $0 + "\n" }.joined()
  }
}
