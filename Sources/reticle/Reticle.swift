import ArgumentParser
import ImageCoding

/// The program: finds the subcommand and runs it.
@main
struct Reticle: ParsableCommand {
  /// The version, as `--version` prints it.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "reticle",
    abstract: "Label images in a terminal, and leave with a SageMaker Ground Truth manifest.",
    discussion: """
      Start with a folder of photos:

        reticle label photos/ --labels cat,dog

      In the program, ? shows the keys; 'reticle help keys' prints them.
      """,
    version: version,
    subcommands: [
      Label.self, Review.self, Show.self, Check.self, Convert.self, Evaluate.self, Stats.self,
      Split.self, Merge.self, Rename.self, Select.self, Predict.self, Detect.self, Train.self,
      Models.self, AWS.self,
      Keys.self,
    ])

  static func main() {
    PixelMemory.returnWhenFreed()
    var arguments = Array(CommandLine.arguments.dropFirst())
    // The key table is help, though no command bears its name.
    if arguments.prefix(2) == ["help", "keys"] { arguments.removeFirst() }
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let failure as Failure {
      Failure.say(failure.message)
      exit(withError: failure.code)
    } catch {
      exit(withError: error)
    }
  }
}
