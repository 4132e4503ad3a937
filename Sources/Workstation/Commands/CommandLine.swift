import Cells
import Mosaic

/// The `:` commands that take words; every `Command` can be typed by its name besides.
enum CommandLine: String, CaseIterable {
  case write = "w"
  case quit = "q"
  case writeQuit = "wq"
  case label
  case filter
  case sort
  case glyphs
  case bandwidth
  case color
  case preset
  case task
  case boxSpace = "box-space"
  case brightness
  case contrast
  case gamma
  case original
  case open
  case queue
  case threshold
  case pace
  case verification
  case rename
  case renameMerging = "rename!"
  case stats
  case split
  case merge
  case select
  case train
  case test
  case loop

  /// What it does, with its words.
  var explanation: (usage: String, text: String) {
    switch self {
    case .write: ("w", "write the manifest now")
    case .quit: ("q", "quit; all is saved")
    case .writeQuit: ("wq", "write the manifest and quit")
    case .label: ("label NAME", "add a label, or choose one")
    case .filter: ("filter QUERY", "show only the images that match; without a query, all")
    case .sort: ("sort file|name|open|boxes|random|…", "order; Tab shows all there are")
    case .glyphs: ("glyphs auto|ascii|half|quad|sextant|all", "glyphs for pictures")
    case .bandwidth: ("bandwidth KB|auto|off", "bytes that a frame of the picture may take")
    case .color: ("color truecolor|256|16|8|mono", "colours, at most those of the terminal")
    case .preset: ("preset default|cvat|vim|prodigy", "keys")
    case .task: ("task boxes|classification", "what digits and Space mean")
    case .boxSpace: ("box-space upright|stored", "pixels of boxes in turned images")
    case .brightness: ("brightness N", "-100 to 100, of the view")
    case .contrast: ("contrast N", "-100 to 100, of the view")
    case .gamma: ("gamma N", "0.1 to 10, of the view; above 1 lifts the shadows")
    case .original: ("original", "the view with nothing brightened, equalised or so")
    case .open: ("open N", "show image N")
    case .queue: ("queue images|boxes", "review: what the queue is made of")
    case .threshold: ("threshold N", "review: from which confidence on predictions count, 0 to 1")
    case .pace: ("pace", "review: seconds and keys a decision")
    case .verification:
      (
        "verification on|off|good|bad [COMMENT]",
        "review: judge labels in a verification job's form"
      )
    case .rename: ("rename OLD NEW", "rename a label everywhere; quote names with spaces")
    case .renameMerging: ("rename! OLD NEW", "the same, also to the name of another label")
    case .stats: ("stats", "count labels, boxes, sizes and states")
    case .split:
      ("split --train FILE --test FILE", "write both, with options as of 'reticle split'")
    case .merge: ("merge FILE", "take in another manifest, with options as of 'reticle merge'")
    case .select: ("select QUERY -o FILE", "write the images that match to a manifest")
    case .test: ("test FILE", "on the models' screen: what the model finds in any image")
    case .train: ("train [NAME] [MINUTES]|stop", "train a model with the labels, beside the work")
    case .loop: ("loop N|off", "train by itself after every N images that you change")
    }
  }

  /// The words that may follow.
  func arguments(in state: State) -> [String] {
    switch self {
    case .label: state.labels
    case .rename, .renameMerging: state.labels.map(LabelWords.quoted)
    case .sort: Queue.Order.allCases.map(\.rawValue)
    case .queue: ReviewUnit.allCases.map(\.rawValue)
    case .verification: ["on", "off", "good", "bad"]
    case .glyphs: GlyphChoice.allCases.map(\.rawValue)
    case .bandwidth: ["auto", "off"]
    case .color: ColorDepth.allCases.map(\.rawValue)
    case .preset: Preset.allCases.map(\.rawValue)
    case .task: LabellingTask.allCases.map(\.rawValue)
    case .boxSpace: BoxSpace.allCases.map(\.rawValue)
    case .train: ["stop"]
    case .loop: ["off"]
    default: []
    }
  }

  /// The lines that a typed one may become.
  static func completions(of text: String, in state: State) -> [String] {
    guard let space = text.firstIndex(of: " ") else {
      let names = allCases.map(\.rawValue) + Command.allCases.map(\.rawValue).sorted()
      return names.filter { $0.hasPrefix(text) }
    }
    guard let command = CommandLine(rawValue: String(text[..<space])) else { return [] }
    let word = text[text.index(after: space)...]
    return command.arguments(in: state).filter { $0.lowercased().hasPrefix(word.lowercased()) }
      .map { "\(command.rawValue) \($0)" }
  }
}
