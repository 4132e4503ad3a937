import Glibc

/// Trains models and asks them, apart from the program that people label with.
@main
enum Engine {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    let folder = arguments.last ?? ""
    switch (arguments.first, arguments.count) {
    case ("train", 2): exit(TrainCommand.run(folder))
    case ("detect", 2): exit(DetectCommand.run(folder))
    case ("--help", 1), ("-h", 1):
      print(usage)
      exit(0)
    default:
      StandardLines.say(usage)
      exit(64)
    }
  }

  private static let usage =
    "usage: reticle-engine train FOLDER | reticle-engine detect FOLDER"
}
