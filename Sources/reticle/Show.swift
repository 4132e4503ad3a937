import ArgumentParser
import Cells
import Glibc
import GroundTruth
import ImageCoding
import Mosaic
import Raster
import Storage
import Terminal
import Workstation

/// `reticle show`: prints images as block characters.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print images as block characters.",
    discussion: """
      Sized to the terminal, or to --size; fine in a pipe.

      EXAMPLES
        reticle show photo.jpg
        reticle show --size 80x24 --color 256 *.png | less -R
        ls *.jpg | fzf --preview 'reticle show --size ${FZF_PREVIEW_COLUMNS}x${FZF_PREVIEW_LINES} {}'
        reticle show cell.jpg --boxes train.manifest
        reticle show --bandwidth 50 photo.jpg
        reticle show s3://bucket/photos/cell.jpg
      """)

  @Argument(help: "JPEG or PNG files, or s3:// URIs, fetched by aws.", completion: .file())
  var images: [String]

  @Option(help: "The size in cells, as 80x24 (default: the terminal's).")
  var size: GridSize?

  @Option(help: "Draw the boxes that a manifest has for the images.", completion: .file())
  var boxes: String?

  @Option(help: "The box attribute to draw (default: the manifest's truth).")
  var attribute: String?

  @OptionGroup var drawing: DrawingOptions

  func run() throws {
    let preferences = try Preferences.load()
    let environment = CursesScreen.processEnvironment
    let terminal = environment["TERM"] ?? ""
    let isUnicode = Locale.isUnicode
    // As many colours as asked for; `auto` asks the environment, also in a pipe.
    let screen = ScreenCapabilities(
      depth: ColorDetection.depth(
        choice: drawing.color ?? preferences.color ?? .auto, environment: environment,
        terminal: terminal),
      isUnicode: isUnicode,
      hasLegacyComputing: isUnicode
        && GlyphDetection.hasLegacyComputing(environment: environment, terminal: terminal))
    let options = MosaicOptions(
      screen: screen, glyphs: drawing.glyphs ?? preferences.glyphs ?? .auto)
    // A pager or a file takes plain rows only.
    let shortcuts =
      isatty(STDOUT_FILENO) == 1 ? GlyphDetection.shortcuts(ofTerminal: terminal) : []
    var output = PictureOutput(
      stream: EscapeStream(for: screen, shortcuts: shortcuts),
      bandwidth: drawing.bandwidth ?? preferences.bandwidth ?? .off)
    let manifest = try boxes.map { try BoxSource($0, attribute: attribute) }
    var failure: ExitCode?
    for image in images {
      guard let path = findFile(of: image) else {
        failure = failure ?? Failure.noInput
        continue
      }
      do {
        try show(image, at: path, options: options, manifest: manifest, to: &output)
      } catch let error as ImageError {
        Failure.say(error.message)
        failure = failure ?? (error.reason == .missing ? Failure.noInput : Failure.data)
      }
    }
    if let failure { throw failure }
  }

  private func show(
    _ image: String, at path: String, options: MosaicOptions, manifest: BoxSource?,
    to output: inout PictureOutput
  ) throws {
    let file = try ImageFile.open(path: path)
    let pane = size?.size ?? Self.terminalSize
    let imageSize = file.header.uprightSize
    let fitted = Viewport(fitting: imageSize, in: pane)
    // Only the rows and columns that the image takes: no letterbox in a stream.
    let tight = CellSize(
      columns: min(
        pane.columns, Int((Double(imageSize.width) * fitted.columnsPerPixel - 1e-6).rounded(.up))),
      rows: min(
        pane.rows, Int((Double(imageSize.height) * fitted.rowsPerPixel - 1e-6).rounded(.up))))
    let viewport = Viewport(fitting: imageSize, in: tight)
    let decoded = try file.decode(
      DecodeRequest(targetSize: viewport.usefulPixels, allowsLargeMemory: true))
    var options = options
    options.budget = output.budget
    // A small picture takes no longer than threads take to start.
    let isSmall = tight.area < 8_000 && options.budget == .unlimited
    var grid = decoded.picture.cells(
      in: viewport, with: options, spread: isSmall ? .inOrder : .overCores)
    if let manifest {
      let drawing = BoxDrawing(viewport: viewport, screen: options.screen, glyphs: options.glyphs)
      for box in manifest.boxes(of: image) {
        drawing.draw(
          PixelRect(left: box.left, top: box.top, width: box.width, height: box.height),
          label: box.label, place: manifest.labels.firstIndex(of: box.label) ?? 0, on: &grid)
      }
    }
    try output.write(grid)
    if let warning = decoded.warning { Failure.say("\(image): \(warning)") }
  }

  /// The file itself, or the copy of what lies on S3; nil after saying why there is none.
  private func findFile(of image: String) -> String? {
    guard image.hasPrefix("s3://") else { return image }
    switch RemoteImages(locator: ImageLocator(manifestFolder: ".")).fetched(image) {
    case .here(let path): return path
    case .missing(let reason): Failure.say(reason)
    case .coming: Failure.say("\(image) was dropped by another program: try again")
    }
    return nil
  }

  private static var terminalSize: CellSize {
    for descriptor in [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO] {
      var window = winsize()
      if ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 1 {
        // One row is left for the prompt.
        return CellSize(columns: Int(window.ws_col), rows: Int(window.ws_row) - 1)
      }
    }
    return CellSize(columns: 80, rows: 24)
  }
}

/// What the locale says of characters.
enum Locale {
  /// Whether characters beyond ASCII can be printed.
  static var isUnicode: Bool {
    setlocale(LC_ALL, "")
    guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
    return String(cString: name).uppercased().replacing("-", with: "") == "UTF8"
  }
}
