import Workstation

/// What a project is opened with, whatever the command.
struct ProjectOptions {
  var paths: [String]
  var output: String?
  var labels: String?
  var attribute: String?
  var images: String?
  var s3Prefix: String?
  var readOnly = false
  var task: LabellingTask?
  var boxSpace: BoxSpace?
  var job = "reticle"
  var preset: Preset?
  var drawing: DrawingOptions
}
