import Cells
import Foundation
import TestSupport
import Testing

/// Zooming into and moving over a photo of 12 megapixels at 200×60: something of the image stands
/// in every cell at every moment, and what is fine in it is seen soon after.
@Suite(.onTerminal) struct PanningTests {
  private static let screen = CellSize(columns: 200, rows: 60)

  private func folder(with fixture: String) throws -> Folder {
    let folder = try Folder()
    let source = Repository.root.appending(path: "Tests/ImageCodingTests/Fixtures/\(fixture)")
    try folder.write([UInt8](try Data(contentsOf: source)), to: "photos/a.jpg")
    return folder
  }

  /// The cells in which the image is, of a view.
  private func imageCells(_ view: View) -> [CellPoint] {
    let last = view.cell(x: view.width - 0.01, y: view.height - 0.01)
    let first = view.cell(x: 0, y: 0)
    let columns =
      max(view.left, first.column)...min(view.left + Int(view.columns) - 1, last.column)
    let rows = max(view.top, first.row)...min(view.top + Int(view.rows) - 1, last.row)
    return rows.flatMap { row in columns.map { CellPoint(column: $0, row: row) } }
  }

  /// The cells with nothing of the image in them.
  private func holes(_ screen: TerminalSnapshot, _ places: [CellPoint]) -> [CellPoint] {
    places.filter {
      let cell = screen.cells[$0.column, $0.row]
      return cell.style.background == .standard
        && (cell.glyph == " " || cell.style.foreground == .standard)
    }
  }

  /// Whether the cells in the middle row show the stripes of 8 pixels apart, black and white.
  private func showsStripes(_ screen: TerminalSnapshot, in view: View) -> Bool {
    let row = view.top + Int(view.rows) / 2
    return (0..<24).allSatisfy { step in
      let column = view.left + Int(view.columns) / 2 - 48 + 4 * step
      let pixel = view.pixel(at: CellPoint(column: column, row: row))
      // On the border of two stripes a cell may show either.
      let place = pixel.x.truncatingRemainder(dividingBy: 8)
      guard (2...6).contains(place) else { return true }
      let isWhite = Int(pixel.x - 1760) / 8 % 2 == 1
      guard
        case .rgb(let red, let green, _) = screen.solidColor(
          at: CellPoint(column: column, row: row))
      else { return false }
      return isWhite ? red > 200 && green > 200 : red < 55 && green < 55
    }
  }

  @Test(arguments: ["squares_4000x3000.jpg", "squares_4000x3000_progressive.jpg"])
  func `no cell is ever blank, and the finer picture comes`(_ fixture: String) async throws {
    let folder = try folder(with: fixture)
    let sitting = try await Sitting.atPhotos(folder, size: Self.screen, sees: "4000×3000")
    let fit = View(of: 4000, 3000, on: Self.screen)
    let whole = imageCells(fit)
    try await sitting.terminal.waitUntil("the image at fit") { holes($0, whole).isEmpty }

    // One image pixel a column: in the middle stripes of eight columns.
    let middle = View.Pixel(
      x: fit.origin.x + fit.columns / fit.scale / 2, y: fit.origin.y + fit.rows / fit.scale)
    let close = fit.showing(middle, at: 1)
    // The image is wider than its letterbox at fit, so its cells are never fewer than then.
    sitting.type("Z")
    try await sitting.terminal.waitUntil("stripes at 1:1") { screen in
      #expect(holes(screen, whole).isEmpty)
      return showsStripes(screen, in: close)
    }
    let all = imageCells(close)
    #expect(all.count == Int(close.columns * close.rows))

    // To the right as far as the stripes go and back again, ten columns a step.
    for (key, steps) in [(Key(.right, .control), 6), (Key(.left, .control), 12)] {
      for _ in 0..<steps {
        sitting.press(key)
        let before = sitting.terminal.byteCount
        try await sitting.terminal.waitUntil("a step") { screen in
          #expect(holes(screen, all).isEmpty)
          return sitting.terminal.byteCount > before
        }
      }
    }
    let left = fit.showing(View.Pixel(x: middle.x - 60, y: middle.y), at: 1)
    try await sitting.terminal.waitUntil("stripes at the left") { screen in
      #expect(holes(screen, all).isEmpty)
      return showsStripes(screen, in: left)
    }

    // Out again, step by step, then all the way: nothing blank on the way.
    for key in ["-", "-", "-", "+", "+", "z"] {
      let before = sitting.terminal.byteCount
      sitting.type(key)
      try await sitting.terminal.waitUntil("another scale") { screen in
        #expect(holes(screen, whole).isEmpty, "\(key)")
        return sitting.terminal.byteCount > before
      }
    }
    try await sitting.quit()
  }
}
