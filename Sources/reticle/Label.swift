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

  @Option(help: "The attribute for boxes (default: the manifest's own, else bounding-box).")
  var attribute: String?

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if paths.isEmpty { throw ValidationError("name a folder, images or a manifest") }
  }

  func run() throws {
    try MainActor.assumeIsolated { try runOnMainThread() }
  }

  @MainActor
  private func runOnMainThread() throws {
    let preferences = try Preferences.load()
    let options = ProjectOptions(
      paths: paths, output: output, attribute: attribute, work: work)
    let project = try Project.open(options, preferences: preferences)
    defer { project.store.close() }
    try Workplace(project: project, preferences: preferences, options: options).work()
  }
}
