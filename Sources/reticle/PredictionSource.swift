import GroundTruth
import Storage
import Workstation

/// Where predictions come from: an attribute of the manifest, or files in any format.
struct PredictionSource {
  /// The attribute, file or folder; nil for what a model wrote into the manifest.
  let name: String?
  /// The format of the files; nil to tell by what stands in them.
  var format: Format?
  /// Where the images lie, for formats that need their sizes.
  var images: String?

  /// Reads the predictions, and sees to it that the truth is another attribute.
  ///
  /// - Parameters:
  ///   - project: The manifest; all of its lines are counted then.
  ///   - truth: The attribute that the person named as the truth.
  /// - Returns: The predictions.
  /// - Throws: ``Failure``, which says what is wrong.
  func read(for project: inout Project, truth: String?) throws -> Predictions {
    if !project.isCounted {
      project.survey = Survey(onAllCores: project.dataset, truth: project.attribute)
      project.isCounted = true
    }
    let attributes = project.survey.boxAttributes.map(\.name)
    let asked = name ?? Predictions.attribute(in: project.survey, truth: project.attribute)
    if name == nil || attributes.contains(asked ?? "") {
      return try inManifest(asked, &project, truth: truth)
    }
    guard let asked else { return Predictions(name: "") }
    if FileKind.of(asked) != .missing { return try inFiles(asked, &project) }
    let labels = Predictions(attribute: asked, of: project.dataset)
    guard labels.isEmpty else { return labels }
    let known = attributes.isEmpty ? "none" : attributes.joined(separator: ", ")
    throw Failure.saying(
      "\(asked): there is no such file, and no attribute of that name with predictions; "
        + "attributes with boxes: \(known)",
      Failure.noInput)
  }

  private func inManifest(
    _ attribute: String?, _ project: inout Project, truth: String?
  ) throws -> Predictions {
    let found = Predictions(attribute: attribute, of: project.dataset)
    if found.isEmpty {
      throw Failure.saying(
        "\(project.outputPath): no model wrote anything here; --predictions names an attribute, "
          + "or a file in any format that convert reads",
        Failure.data)
    }
    guard let attribute, attribute == project.attribute else { return found }
    if truth == attribute {
      throw Failure.saying(
        "\(attribute): truth and predictions are the same attribute; name another with --attribute "
          + "or --predictions",
        Failure.usage)
    }
    // Only a model wrote boxes so far: what people decide goes to an attribute of its own.
    let other =
      attribute == Survey.defaultAttribute ? attribute + "-reviewed" : Survey.defaultAttribute
    project.attribute = other
    project.survey = Survey(onAllCores: project.dataset, truth: other)
    return found
  }

  private func inFiles(_ path: String, _ project: inout Project) throws -> Predictions {
    let files = try ConvertInput(path, images: images, s3Prefix: nil)
    let format = try format ?? files.guessedFormat()
    let read: Import
    do throws(FormatError) {
      read = try format.coding.read(
        files.listingImages(for: format), options: ReadOptions(labels: classNames(of: project)))
    } catch {
      throw Failure.saying(files.locating(error), Failure.data)
    }
    let (predictions, coverage) = Predictions.reading(path, read.dataset, beside: project.dataset)
    guard coverage.found > 0 else {
      throw Failure.saying(
        "\(path): none of its \(coverage.missing.count) images is in \(project.outputPath) "
          + "(\(coverage.missing.first ?? "there is none")); images are found by path or file name",
        Failure.data)
    }
    for note in read.notes { project.notices.append(.init(text: note, isProblem: false)) }
    if let first = coverage.missing.first {
      let count = coverage.missing.count
      project.notices.append(
        .init(
          text: "\(count) image\(count == 1 ? "" : "s") of \(path) are not in the manifest: "
            + "\(first)\(count > 1 ? ", …" : "")",
          isProblem: true))
    }
    return predictions
  }

  /// The labels by class id, for files that only have numbers; ids beyond reason have none.
  private func classNames(of project: Project) -> [String] {
    let ids = project.survey.classIDs
    let last = min(ids.nextID, 10_000)
    return (0..<max(0, last)).map { ids.name(for: $0) ?? String($0) }
  }
}
