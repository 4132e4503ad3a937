import ArgumentParser
import Cells
import GroundTruth
import Mosaic
import Storage
import Terminal
import Workstation

/// `reticle label`: labels a folder, images or a manifest.
struct Label: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Label a folder, images or a manifest.",
    discussion: """
      A folder's labels go to output.manifest in it; a manifest is changed in place, and only \
      where you change it. Everything is saved as you work. ? shows the keys.

      EXAMPLES
        reticle label photos/ --labels cat,dog
        reticle label photos/ --labels labels.json -o animals.manifest
        reticle label train.manifest --images photos/ --s3-prefix s3://bucket/photos/
        reticle label photos/ --task classification --labels sharp,blurred
        reticle label train.manifest --read-only

      Images that source-ref names by s3:// and that are not in --images DIR are fetched by your \
      own aws program, and kept in $XDG_CACHE_HOME/reticle (up to 1 GiB).
      """)

  @Argument(help: "A folder, images, or one manifest.", completion: .file())
  var paths: [String]

  @Option(name: .shortAndLong, help: "The manifest to write, if not the one given.")
  var output: String?

  @Option(help: "Labels, as cat,dog or a file: a label category file, or one label a line.")
  var labels: String?

  @Option(help: "The attribute for boxes (default: the manifest's own, else bounding-box).")
  var attribute: String?

  @Option(help: "Where the images of the manifest lie.", completion: .directory)
  var images: String?

  @Option(help: "What source-ref begins with, as s3://bucket/prefix/; --images says where it lies.")
  var s3Prefix: String?

  @Flag(help: "Look without writing.")
  var readOnly = false

  @Option(help: "What digits and Space mean (default: by what the manifest holds).")
  var task: LabellingTask?

  @Option(help: "The pixels that boxes of turned images are in (default: upright).")
  var boxSpace: BoxSpace?

  @Option(help: "The job named in the manifest's metadata.")
  var job: String = "reticle"

  @Option(help: "Keys to begin with.")
  var preset: Preset?

  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    if paths.isEmpty { throw ValidationError("name a folder, images or a manifest") }
    if let s3Prefix, !s3Prefix.hasPrefix("s3://") {
      throw ValidationError("--s3-prefix begins with s3://, as s3://bucket/prefix/")
    }
  }

  func run() throws {
    try MainActor.assumeIsolated { try runOnMainThread() }
  }

  @MainActor
  private func runOnMainThread() throws {
    let preferences = try Preferences.load()
    let options = ProjectOptions(
      paths: paths, output: output, labels: labels, attribute: attribute, images: images,
      s3Prefix: s3Prefix, readOnly: readOnly, task: task, boxSpace: boxSpace, job: job,
      preset: preset, drawing: drawing)
    let project = try Project.open(options, preferences: preferences)
    defer { project.store.close() }
    try Workplace(project: project, preferences: preferences, options: options).work()
  }
}
