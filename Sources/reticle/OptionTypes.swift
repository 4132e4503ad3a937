public import ArgumentParser
import Cells
public import GroundTruth
public import Mosaic
public import Terminal
public import Workstation

// What the command line's words mean: each option takes the names that its type has.
extension Preset: ExpressibleByArgument {}
extension GlyphChoice: ExpressibleByArgument {}
extension ColorChoice: ExpressibleByArgument {}
extension LabellingTask: ExpressibleByArgument {}
extension BoxSpace: ExpressibleByArgument {}
extension Queue.Order: ExpressibleByArgument {}
extension ReviewUnit: ExpressibleByArgument {}
extension Format: ExpressibleByArgument {}

/// A size in cells, as `120x36`.
struct GridSize: ExpressibleByArgument {
  let size: CellSize

  init?(argument: String) {
    let parts = argument.lowercased().split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ (1...10_000).contains($0) }) else { return nil }
    size = CellSize(columns: parts[0], rows: parts[1])
  }
}

extension Bandwidth: ExpressibleByArgument {
  /// Reads what the command line says.
  public init?(argument: String) { self.init(argument) }
}

/// Options of every command that draws.
struct DrawingOptions: ParsableArguments {
  @Option(help: "Colours (default: what the terminal is).")
  var color: ColorChoice?

  @Option(help: "Glyphs for pictures (default: auto).")
  var glyphs: GlyphChoice?

  @Option(
    help: ArgumentHelp(
      "Thousands of bytes that a picture may take, or auto or off.", valueName: "KB"))
  var bandwidth: Bandwidth?
}
