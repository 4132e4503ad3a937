import ArgumentParser
import Cells
import GroundTruth
import Storage

/// `reticle convert`: a dataset from one format to another.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert a dataset between formats; says what would be lost.",
    discussion: """
      Formats: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).
      --from is guessed where that is clear, --to for a file named .manifest.

      OUT must be new: a file, or a folder for formats of several files. What the target cannot \
      hold is listed; --allow-lossy writes it all the same. Image files are copied for --to \
      folders alone, which is made of them; --link makes symbolic links instead.

      EXAMPLES
        reticle convert instances.json train.manifest
        reticle convert train.manifest coco/ --to coco
        reticle convert detections/ predictions.manifest --images photos/
        reticle convert train.manifest sorted/ --to folders
        reticle convert answers/ corrected.manifest --from a2i --corrects predicted.manifest
        reticle convert train.manifest aws.manifest --for rekognition --s3-prefix s3://bucket/photos/
      """)

  @Argument(help: "A file, or a folder with the files of a dataset.", completion: .file())
  var input: String

  @Argument(help: "The file or folder to make; it must not exist.", completion: .file())
  var output: String

  @Option(help: "The format of IN (default: by what stands in it).")
  var from: Format?

  @Option(help: "The format of OUT (default: ground-truth if it is named .manifest).")
  var to: Format?

  @Option(help: "Where the images lie, for formats that need their sizes.", completion: .directory)
  var images: String?

  @Option(help: "Pascal VOC's first pixel, 0 or 1 (default: 0 to write, by the numbers to read).")
  var vocBase: Int?

  @Option(help: "The labels in the order of their numbers, as cat,dog or a file.")
  var labels: String?

  @Option(help: "The box attribute of a manifest (default: the one that people vouch for most).")
  var attribute: String?

  @Option(name: .customLong("as"), help: "What the labels are, whatever the format says.")
  var kind: LabelKind?

  @Option(name: .customLong("for"), help: "Write a manifest that Custom Labels imports.")
  var purpose: ConvertPurpose?

  @OptionGroup var s3: S3Options

  @Option(
    help: "A manifest with predictions: OUT is it with what people say in IN as its truth.",
    completion: .file())
  var corrects: String?

  @Flag(help: "Link the images instead of copying them, for --to folders.")
  var link = false

  @Flag(help: "Write even if something is lost.")
  var allowLossy = false

  @Flag(help: "Say what would be written and lost, and write nothing.")
  var dryRun = false

  func validate() throws {
    if let vocBase, !(0...1).contains(vocBase) {
      throw ValidationError("--voc-base is 0 or 1")
    }
    if link, to != .folders {
      throw ValidationError("--link is for --to folders, as no other format is made of images")
    }
    if corrects != nil, purpose != nil || to.map({ $0 != .groundTruth }) == true {
      throw ValidationError("--corrects writes a manifest; leave --to and --for out")
    }
    if purpose != nil, let to, to != .groundTruth {
      throw ValidationError("--for rekognition writes a manifest; leave --to \(to.rawValue) out")
    }
  }

  func run() throws {
    let target = try targetFormat()
    guard FileKind.of(output) == .missing else {
      throw Failure.saying(
        "\(output) exists already; name a new file or folder, or remove it first",
        Failure.cannotCreate)
    }
    let files = try ConvertInput(input, images: images, s3Prefix: s3.prefix)
    let source = try from ?? files.guessedFormat()
    let options = try readOptions()
    let found: Import
    do throws(FormatError) {
      found = try source.coding.read(files.listingImages(for: source), options: options)
    } catch {
      throw Failure.saying(files.locating(error), Failure.data)
    }
    for note in found.notes { Failure.say(note) }
    guard !found.dataset.images.isEmpty else {
      throw Failure.saying(
        "\(input): no images are named here, so that there is nothing to convert", Failure.data)
    }
    if let corrects {
      return try ConvertCorrections(manifest: corrects, output: output, format: source)
        .write(found.dataset, isDry: dryRun)
    }
    var (dataset, export) = try self.export(found.dataset, to: target)
    let images = ConvertImages(export.images, in: files, isLinking: link)
    export.losses += images.losses
    for note in export.notes { Failure.say(note) }
    try tellLosses(export)
    guard !images.found.isEmpty || export.images.isEmpty else {
      throw Failure.saying(
        "\(output) was not written: none of the images is here; --images DIR says where they lie",
        Failure.noInput)
    }
    let outcome = ConvertOutput(
      output, files: export.files, images: images.found, isLinking: link)
    if dryRun {
      for path in try outcome.destinations() { print(PrintableText.escaping(path)) }
    } else {
      try outcome.write()
    }
    Failure.say("\(output): \(dataset.summary)\(dryRun ? " (not written)" : "")")
  }

  private func targetFormat() throws -> Format {
    if let to { return to }
    if purpose != nil || corrects != nil || output.hasSuffix(".manifest") { return .groundTruth }
    throw Failure.saying(
      "\(output): its name tells no format; add --to, one of "
        + Format.allCases.map(\.rawValue).joined(separator: ", "),
      Failure.usage)
  }

  private func readOptions() throws -> ReadOptions {
    ReadOptions(
      vocBase: vocBase, labels: try Project.readLabels(labels).labels,
      arePredictions: kind.map { $0 == .predictions }, attribute: attribute)
  }

  /// The dataset as it is written, the target's files, and all that is lost on the way.
  private func export(
    _ found: LabeledDataset, to target: Format
  ) throws -> (LabeledDataset, Export) {
    let prefix = s3.prefix.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
    var options = WriteOptions(
      vocBase: vocBase ?? 0, date: CreationDate.text(secondsSince1970: WallClock.secondsSince1970())
    )
    var dataset = found
    var losses: [String] = []
    do throws(FormatError) {
      if purpose == .rekognition {
        (dataset, losses) = try dataset.preparedForRekognition(prefix: prefix)
      } else if target == .groundTruth {
        options.imagePrefix = prefix
      } else if !prefix.isEmpty {
        for index in dataset.images.indices where dataset.images[index].name.hasPrefix(prefix) {
          dataset.images[index].name.removeFirst(prefix.count)
        }
      }
      var export = try target.coding.write(dataset, options: options)
      export.losses = losses + export.losses
      return (dataset, export)
    } catch {
      throw Failure.saying(error.description, Failure.data)
    }
  }

  private func tellLosses(_ export: Export) throws {
    for loss in export.losses { Failure.say("lost: \(loss)") }
    guard export.losses.isEmpty || allowLossy else {
      throw Failure.saying(
        "\(output) was not written; --allow-lossy writes it without what is listed", Failure.data)
    }
  }
}

/// What labels are taken for.
enum LabelKind: String, CaseIterable, ExpressibleByArgument {
  case truth
  case predictions
}

/// Whom a manifest is for.
enum ConvertPurpose: String, CaseIterable, ExpressibleByArgument {
  case rekognition
}

extension LabeledDataset {
  /// How much there is, for people.
  fileprivate var summary: String {
    func counted(_ count: Int, _ noun: String) -> String {
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    let boxes = images.reduce(0) { $0 + $1.boxes.count }
    let imageLabels = images.reduce(0) { $0 + $1.imageLabels.count }
    var parts = [counted(images.count, "image"), counted(labels.count, "label")]
    parts.append(boxes == 1 ? "1 box" : "\(boxes) boxes")
    if imageLabels > 0 { parts.append(counted(imageLabels, "image-level label")) }
    return parts.joined(separator: ", ")
  }
}
