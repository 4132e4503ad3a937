import Cells
import Glibc
import GroundTruth
import ImageCoding
import Mosaic
import Raster
import Storage
import Terminal
import Workstation

/// Prints images as block characters on standard output.
struct PicturePrinter {
  private let options: MosaicOptions
  private let pane: CellSize
  private var output: PictureOutput

  /// Finds out what standard output can show.
  ///
  /// - Parameters:
  ///   - drawing: What the command line says of it.
  ///   - size: How large a picture is; nil for the terminal's size.
  /// - Throws: ``Failure`` if the preferences can't be read.
  init(_ drawing: DrawingOptions, size: CellSize?) throws {
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
    options = MosaicOptions(
      screen: screen, glyphs: drawing.glyphs ?? preferences.glyphs ?? .auto)
    // A pager or a file takes plain rows only.
    let shortcuts =
      isatty(STDOUT_FILENO) == 1 ? GlyphDetection.shortcuts(ofTerminal: terminal) : []
    output = PictureOutput(
      stream: EscapeStream(for: screen, shortcuts: shortcuts),
      bandwidth: drawing.bandwidth ?? preferences.bandwidth ?? .off)
    pane = size ?? Self.terminalSize
  }

  /// Prints an image with boxes.
  ///
  /// - Parameters:
  ///   - image: What it is called.
  ///   - path: The file.
  ///   - boxes: The boxes, in pixels of the image as seen upright.
  ///   - labels: The labels in the order that decides their colours.
  /// - Throws: `ImageError`, or an exit code if nothing can be written.
  mutating func show(_ image: String, at path: String, boxes: [Box], labels: [String]) throws {
    let file = try ImageFile.open(path: path)
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
    let drawing = BoxDrawing(viewport: viewport, screen: options.screen, glyphs: options.glyphs)
    for box in boxes {
      drawing.draw(
        PixelRect(left: box.left, top: box.top, width: box.width, height: box.height),
        label: box.label, place: labels.firstIndex(of: box.label) ?? 0, on: &grid)
    }
    try output.write(grid)
    if let warning = decoded.warning { Failure.say("\(image): \(warning)") }
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

extension RemoteImages {
  /// The file itself, or the copy of what lies on S3; nil after saying why there is none.
  static func file(of image: String) -> String? {
    guard image.hasPrefix("s3://") else { return image }
    switch RemoteImages(locator: ImageLocator(manifestFolder: ".")).fetched(image) {
    case .here(let path): return path
    case .missing(let reason): Failure.say(reason)
    case .coming: Failure.say("\(image) was dropped by another program: try again")
    }
    return nil
  }
}
