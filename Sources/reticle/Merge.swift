import ArgumentParser
import Cells
import GroundTruth
import Storage

/// What `--on-conflict` takes.
enum ConflictRule: String, CaseIterable, ExpressibleByArgument {
  case newest
  case first
  case union
  case quorum
}

/// `reticle merge`: one manifest out of several.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge manifests, image by image.",
    discussion: """
      The lines of the first manifest come first, then those of the others whose images are new. \
      Images are the same by source-ref; what several say of one is gathered on one line. Where \
      two have an attribute that is not the same, --on-conflict decides:

        newest   the one with the latest creation-date (the default)
        first    that of the manifest named first
        union    all boxes; those of one label that overlap by --iou count once, as the first has it
        quorum   boxes of one label that overlap in --quorum manifests, with the mean of their \
      edges; an attribute that fewer have stays as it is

      Labels are the same by name: ids of the first manifest stay, clashes get a free id. What \
      nobody says differently keeps its bytes.

      EXAMPLES
        reticle merge monday.manifest tuesday.manifest -o week.manifest
        reticle merge ann.manifest bob.manifest cy.manifest --on-conflict quorum --quorum 2 -o agreed
        reticle merge a.manifest b.manifest --on-conflict union -o - | reticle stats -
      """)

  @Argument(help: "Manifests, the one that counts first.", completion: .file())
  var manifests: [String]

  @Option(
    name: .shortAndLong, help: "The manifest to write, or - for standard output.",
    completion: .file())
  var output: String?

  @Option(help: "Which attribute holds where manifests differ.")
  var onConflict = ConflictRule.newest

  @Option(help: "How much boxes must overlap to be one, more than 0 and at most 1.")
  var iou = 0.5

  @Option(help: "How many manifests must agree (default: more than half).")
  var quorum: Int?

  @Option(help: "The job named in the metadata of attributes that are put together.")
  var job = "reticle"

  @Flag(help: "Print what would be done, and write nothing.")
  var dryRun = false

  @Flag(help: "Replace an output that is there already.")
  var force = false

  func validate() throws {
    if manifests.count < 2 { throw ValidationError("name two manifests or more") }
    if manifests.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be one of the manifests only")
    }
    if output == nil, !dryRun { throw ValidationError("name the manifest to write with -o") }
    guard iou > 0, iou <= 1 else { throw ValidationError("--iou is more than 0 and at most 1") }
    if let quorum {
      guard onConflict == .quorum else {
        throw ValidationError("--quorum goes with --on-conflict quorum")
      }
      guard (1...manifests.count).contains(quorum) else {
        throw ValidationError("--quorum is 1 to \(manifests.count), the number of manifests")
      }
    }
  }

  func run() throws {
    let datasets = try manifests.map { try ManifestInput($0).dataset }
    let output = try dryRun ? nil : output.map { try ManifestOutput($0, isForced: force) }
    let merge = ManifestMerge(datasets, options: options)
    guard let output else {
      let text = describe(merge.report).map { $0 + "\n" }.joined() + "nothing was written\n"
      try StandardOutput.write(Array(text.utf8))
      return
    }
    let counted = MergedLines(merge)
    try output.write(counted, like: datasets[0])
    for line in describe(counted.tally.report) { Failure.say(line) }
  }

  /// Merges the other manifests into the first, which is open.
  ///
  /// - Parameter dataset: The first manifest as it is now.
  /// - Returns: How many lines come to its end, the edit that fills them and changes others, and
  ///   what that does.
  /// - Throws: ``Failure``, which says what is wrong.
  func edit(of dataset: Dataset) throws -> (added: Int, edit: Edit, report: [String]) {
    let others = try manifests.dropFirst().map { try ManifestInput($0).dataset }
    let merge = ManifestMerge([dataset] + others, options: options)
    var report = merge.emptyReport
    var splices: [Splice] = []
    for index in 0..<merge.count {
      let line = merge.line(at: index, report: &report)
      if line.manifest > 0 {
        let bytes = line.bytes ?? others[line.manifest - 1].line(at: line.line)
        splices.append(Splice(line: index, offset: 0, removed: [], inserted: bytes))
      } else if let bytes = line.bytes {
        splices.append(Splice(line: index, from: dataset.line(at: index), to: bytes))
      }
    }
    let names = manifests.dropFirst().joined(separator: ", ")
    return (
      merge.count - dataset.count, Edit(summary: "merge \(names)", splices: splices),
      describe(report)
    )
  }

  private var options: MergeOptions {
    MergeOptions(
      rule: rule, overlap: iou,
      provenance: Provenance(
        creationDate: CreationDate.text(secondsSince1970: WallClock.secondsSince1970()),
        jobName: "labeling-job/\(job)"))
  }

  private var rule: MergeRule {
    switch onConflict {
    case .newest: .newest
    case .first: .first
    case .union: .union
    case .quorum: .quorum(quorum ?? manifests.count / 2 + 1)
    }
  }

  private func describe(_ report: MergeReport) -> [String] {
    var lines = ["\(report.lineCount) lines"]
    for (manifest, count) in zip(manifests, report.addedLines) {
      lines.append("\(manifest): \(count) lines of its own")
    }
    func add(_ count: Int, _ text: String) {
      if count > 0 { lines.append("\(count) \(text)") }
    }
    add(report.commonLines, "images in several manifests, \(report.changedLines) of them changed")
    add(report.addedAttributes, "attributes added to lines of another manifest")
    add(report.conflicts, "attributes not the same: \(onConflict.rawValue)")
    add(report.addedBoxes, "boxes added by union")
    add(report.movedBoxes, "boxes set to the mean of several")
    add(report.droppedBoxes, "boxes dropped: fewer than the quorum agree")
    add(
      report.belowQuorum, "attributes left as they are: fewer manifests have them than the quorum")
    add(
      report.unsettled,
      "attributes left as the first has them: \(onConflict.rawValue) can't be done")
    add(report.otherDifferences, "other members not the same: the first holds")
    for move in report.movedClasses.prefix(20) {
      lines.append(
        "\(manifests[move.manifest]): “\(move.label)” has id \(move.newID) instead of "
          + "\(move.oldID)")
    }
    add(max(0, report.movedClasses.count - 20), "more labels with another id")
    for line in report.unreadable.prefix(20) {
      lines.append(
        "\(manifests[line.manifest]):\(line.line + 1): is left out: \(line.error.message)")
    }
    add(max(0, report.unreadableCount - min(20, report.unreadable.count)), "more lines left out")
    return lines.map { PrintableText.escaping($0) }
  }
}

/// The lines of a merge as they are written, counted on the way.
struct MergedLines: Sequence, IteratorProtocol {
  /// What was counted so far; shared by the copies that a sequence makes of itself.
  final class Tally {
    var report: MergeReport

    init(_ report: MergeReport) { self.report = report }
  }

  private let merge: ManifestMerge
  private var index = 0
  let tally: Tally

  init(_ merge: ManifestMerge) {
    self.merge = merge
    tally = Tally(merge.emptyReport)
  }

  mutating func next() -> ManifestLine? {
    guard index < merge.count else { return nil }
    defer { index += 1 }
    let line = merge.line(at: index, report: &tally.report)
    return merge.datasets[line.manifest].manifestLine(at: line.line, replacedBy: line.bytes)
  }
}
