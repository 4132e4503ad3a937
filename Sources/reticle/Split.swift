import ArgumentParser
import Cells
import GroundTruth
import Storage

/// `reticle split`: a training and a test manifest out of one.
struct Split: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Split a manifest into a training and a test manifest.",
    discussion: """
      Each label comes to both sides in the ratio, rarest first; empty and unlabelled images too. \
      Images that look nearly the same stay on one side (where they are found: --images), so do \
      lines of one image, and images of one group (--group-by). Excluded images, blank lines and \
      those that can't be read are left out. The same manifest, images and seed give the same \
      split on every machine; lines keep their order and their bytes.

      EXAMPLES
        reticle split all.manifest --train train.manifest --test test.manifest
        reticle split all.manifest --train a --test b --dry-run --seed 3
        reticle split all.manifest --train a --test b --group-by '^.*/(patient[0-9]+)_'
        reticle split all.manifest --train a --test b --group-by folder
      """)

  @Argument(help: "A manifest, or - for standard input.", completion: .file())
  var manifest: String

  @Option(help: "The training manifest to write.", completion: .file())
  var train: String

  @Option(help: "The test manifest to write.", completion: .file())
  var test: String

  @Option(help: "The part that is for training, between 0 and 1.")
  var ratio = 0.8

  @Option(help: "A number; another one gives another split.")
  var seed: UInt64 = 0

  @Option(help: "Where the images of the manifest lie.", completion: .directory)
  var images: String?

  @OptionGroup var s3: S3Options

  @Option(
    help: ArgumentHelp(
      "In how many of 128 bits the hashes of images that look the same may differ, 0 to 15.",
      valueName: "bits"))
  var similarity = 8

  @Flag(help: "Don't look at the images.")
  var ignoreImages = false

  @Option(
    help: ArgumentHelp(
      "Keep images together whose source-ref matches the same: a regular expression (its first "
        + "group, if it has one), or the word folder.", valueName: "regex|folder"))
  var groupBy: String?

  @Option(help: "The box attribute that counts (default: the manifest's truth).")
  var attribute: String?

  @Flag(help: "Print what would be done, and write nothing.")
  var dryRun = false

  @Flag(help: "Replace outputs that are there already.")
  var force = false

  func validate() throws {
    guard ratio > 0, ratio < 1 else {
      throw ValidationError("--ratio is more than 0 and less than 1, as 0.8")
    }
    guard (0...15).contains(similarity) else { throw ValidationError("--similarity is 0 to 15") }
    guard train != test else { throw ValidationError("--train and --test name one file") }
    guard train != "-", test != "-" else {
      throw ValidationError("--train and --test are files: two manifests can't share a stream")
    }
  }

  func run() throws {
    let report = try perform(on: try ManifestInput(manifest).dataset)
    try StandardOutput.write(Array(report.map { $0 + "\n" }.joined().utf8))
  }

  /// Writes both parts, unless only asked what they would be.
  ///
  /// - Returns: What was done.
  /// - Throws: ``Failure``, which says what is wrong.
  func perform(on dataset: Dataset) throws -> [String] {
    let grouping = try SplitGrouping(groupBy)
    let outputs = try (dryRun ? [] : [train, test]).map {
      try ManifestOutput($0, isForced: force)
    }
    guard Set(outputs.map(\.realPath)).count == outputs.count else {
      throw Failure.saying("\(train) and \(test) are one file; name two", Failure.usage)
    }
    let subjects = SplitSubjects(dataset, truth: attribute ?? Survey(dataset).truth)
    guard subjects.count > 0 else {
      throw Failure.saying("\(manifest): has no image to split", Failure.data)
    }
    var groups = subjects.groups()
    grouping.join(subjects, of: dataset, in: &groups)
    var notes: [String] = []
    if !ignoreImages {
      let likeness = ImageLikeness(
        locator: ImageLocator(manifest: manifest, imagesFolder: images, s3Prefix: s3.prefix),
        distance: similarity)
      notes.append(likeness.join(subjects, of: dataset, in: &groups))
    }
    let split = GroundTruth.Split(subjects, groups: groups, ratio: ratio, seed: seed)
    for (output, lines) in zip(outputs, [split.trainingLines, split.testLines]) {
      try output.write(lines.lazy.map { dataset.manifestLine(at: $0) }, like: dataset)
    }
    return report(split, subjects, notes: notes)
  }

  private func report(
    _ split: GroundTruth.Split, _ subjects: SplitSubjects, notes: [String]
  ) -> [String] {
    func part(_ count: Int) -> String {
      "\(count) (\(Int((Double(count) / Double(subjects.count) * 100).rounded())) %)"
    }
    var rows: [(cells: [String], barFor: Int?)] = [
      (["", "training", "test"], nil),
      (["images", part(split.trainingLines.count), part(split.testLines.count)], nil),
    ]
    for label in split.labels {
      rows.append(([label.name, "\(label.trainingCount)", "\(label.testCount)"], nil))
    }
    for (name, counts) in [
      ("(nothing there)", split.emptyCounts), ("(unlabelled)", split.unlabelledCounts),
    ] where counts.trainingCount + counts.testCount > 0 {
      rows.append(([name, "\(counts.trainingCount)", "\(counts.testCount)"], nil))
    }
    var lines = ReportStyle(bars: nil).table(rows)
    lines.append("")
    lines += notes.map { "  " + PrintableText.escaping($0) }
    if split.groupCount > 0 {
      lines.append(
        "  kept together: \(split.groupCount) groups, the largest of \(split.largestGroup) images")
    }
    if subjects.excludedCount > 0 { lines.append("  left out: \(subjects.excludedCount) excluded") }
    if !subjects.unreadableLines.isEmpty {
      let numbers = subjects.unreadableLines.prefix(5).map { "\($0 + 1)" }.joined(separator: ", ")
      let more = subjects.unreadableLines.count > 5 ? "…" : ""
      lines.append(
        "  left out: \(subjects.unreadableLines.count) blank or unreadable, lines \(numbers)\(more)"
      )
    }
    let poor = split.labels.filter { $0.trainingCount == 0 || $0.testCount == 0 }.map(\.name)
    if !poor.isEmpty {
      let names = poor.prefix(5).joined(separator: ", ") + (poor.count > 5 ? "…" : "")
      lines.append(
        "  on one side only: \(PrintableText.escaping(names)); label more images of it, or try "
          + "another seed")
    }
    if dryRun { lines.append("  nothing was written (--dry-run)") }
    return lines
  }
}
