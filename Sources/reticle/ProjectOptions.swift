/// What a project is opened with, whatever the command.
struct ProjectOptions {
  var paths: [String]
  var output: String?
  var attribute: String?
  var work: WorkOptions
}
