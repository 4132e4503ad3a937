import ArgumentParser
import Workstation

/// Options of the commands that open a manifest on the screen.
struct WorkOptions: ParsableArguments {
  @Option(help: "Labels, as cat,dog or a file: a label category file, or one label a line.")
  var labels: String?

  @Option(help: "Where the images of the manifest lie.", completion: .directory)
  var images: String?

  @OptionGroup var s3: S3Options

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

  @OptionGroup(title: "What r runs") var predictor: PredictorOptions

  @OptionGroup var drawing: DrawingOptions
}
