import ArgumentParser
import Cells
import Glibc
import GroundTruth
import Storage

/// `reticle stats`: what manifests hold.
struct Stats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count labels, boxes, sizes and states.",
    discussion: """
      Bars on a terminal, plain columns in a pipe. Labels, boxes and states are those of the box \
      attribute that counts and of image-level labels that a human gave. --json prints an object \
      a manifest, one a line:

        manifest    the path as given
        attribute   the box attribute that counts
        lines       all lines, blank ones included
        images      the lines that are images
        states      labelled, empty, unlabelled, verified, skipped, flagged, excluded, predicted, \
      broken, blank: lines in that state
        labels      array of label, class_id (null without one), boxes, images, image_level
        boxes       count
                    per_image     array of boxes, images
                    shorter_side  array of from, to (pixels; null without end), boxes
                    area          small (< 32x32), medium (< 96x96), large, as COCO counts
                    aspect        array of from, to (width / height), boxes
        together    array of labels (two), images; most frequent first
        together_is_complete  false if there were too many pairs to count

      EXAMPLES
        reticle stats train.manifest
        reticle stats train.manifest test.manifest --json
        reticle stats train.manifest --json | jq '.labels[] | select(.boxes < 10) | .label'
      """)

  @Argument(help: "Manifests, or - for standard input.", completion: .file())
  var manifests: [String]

  @Option(help: "The box attribute that counts (default: the manifest's truth).")
  var attribute: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if manifests.isEmpty { throw ValidationError("name a manifest") }
  }

  func run() throws {
    for (place, path) in manifests.enumerated() {
      let input = try ManifestInput(path)
      let statistics = DatasetStatistics(onAllCores: input.dataset, truth: attribute)
      if json {
        try StandardOutput.write(StatisticsJSON.line(statistics, manifest: path))
      } else {
        let report = StatisticsReport(statistics, style: .standardOutput).lines(manifest: path)
        let text = (place > 0 ? [""] : []) + report
        try StandardOutput.write(Array((text.joined(separator: "\n") + "\n").utf8))
      }
    }
  }
}
