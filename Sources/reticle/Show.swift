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
    var printer = try PicturePrinter(drawing, size: size?.size)
    let manifest = try boxes.map { try BoxSource($0, attribute: attribute) }
    var failure: ExitCode?
    for image in images {
      guard let path = RemoteImages.file(of: image) else {
        failure = failure ?? Failure.noInput
        continue
      }
      do {
        let boxes = manifest?.boxes(of: image) ?? []
        try printer.show(image, at: path, boxes: boxes, labels: manifest?.labels ?? [])
      } catch let error as ImageError {
        Failure.say(error.message)
        failure = failure ?? (error.reason == .missing ? Failure.noInput : Failure.data)
      }
    }
    if let failure { throw failure }
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
