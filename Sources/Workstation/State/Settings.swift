public import Cells
public import Mosaic

/// What a person labels: it decides what a digit and Space mean.
public enum LabellingTask: String, CaseIterable, Sendable {
  /// Boxes; image-level labels have their panel.
  case boxes
  /// Image-level labels; digits toggle them.
  case classification
}

/// In which pixels a file's boxes are, for images whose EXIF orientation is not 1.
public enum BoxSpace: String, CaseIterable, Sendable {
  /// The image as seen.
  case upright
  /// The pixels as stored, which Custom Labels decodes.
  case stored
}

/// What a workstation is started with.
public struct Settings: Sendable {
  /// The manifest's name as the header shows it.
  public var title: String
  /// What a digit and Space mean.
  public var task: LabellingTask
  /// The box attribute that holds the truth.
  public var attribute: String
  /// The job named in what is written, without `labeling-job/`.
  public var jobName: String
  /// In which pixels the boxes are.
  public var boxSpace: BoxSpace
  /// Why nothing can be changed, or `nil` where it can.
  public var readOnlyReason: String?
  /// Glyphs for pictures.
  public var glyphs: GlyphChoice
  /// How many bytes a picture may take.
  public var bandwidth: Bandwidth
  /// Whether the terminal is known to be on another machine.
  public var isRemote: Bool
  /// How the rows of a picture are divided among threads.
  public var spread: Spread
  /// What the screen can show.
  public var capabilities: ScreenCapabilities
  /// The keys.
  public var keymap: Keymap
  /// Where the program was started, as an absolute path: what files typed are seen from.
  public var workingFolder: String
  /// The person's own bindings, laid over any preset.
  public var ownBindings: [KeyContext: [Keymap.Binding]]

  /// Creates settings.
  public init(
    title: String, task: LabellingTask = .boxes, attribute: String = "bounding-box",
    jobName: String = "reticle", boxSpace: BoxSpace = .upright, readOnlyReason: String? = nil,
    glyphs: GlyphChoice = .auto, bandwidth: Bandwidth = .off, isRemote: Bool = false,
    spread: Spread = .inOrder,
    capabilities: ScreenCapabilities = ScreenCapabilities(depth: .truecolor, isUnicode: true),
    keymap: Keymap = Preset.standard.keymap, workingFolder: String = "/",
    ownBindings: [KeyContext: [Keymap.Binding]] = [:]
  ) {
    self.title = title
    self.task = task
    self.attribute = attribute
    self.jobName = jobName
    self.boxSpace = boxSpace
    self.readOnlyReason = readOnlyReason
    self.glyphs = glyphs
    self.bandwidth = bandwidth
    self.isRemote = isRemote
    self.spread = spread
    self.capabilities = capabilities
    self.keymap = keymap
    self.workingFolder = workingFolder
    self.ownBindings = ownBindings
  }
}
