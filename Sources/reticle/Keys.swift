import ArgumentParser
import Workstation

/// `reticle help keys`: the key table.
struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Print the key table (also as 'reticle help keys').",
    discussion: """
      EXAMPLES
        reticle help keys
        reticle help keys --preset vim
        reticle help keys --markdown
      """)

  @Option(help: "The keys of a preset.")
  var preset = Preset.standard

  @Flag(help: "Print Markdown, as the README has it.")
  var markdown = false

  func run() {
    let keymap = preset.keymap
    print(markdown ? KeyTable.markdown(of: keymap) : KeyTable.plain(of: keymap), terminator: "")
  }
}
