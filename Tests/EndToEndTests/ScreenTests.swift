import Cells
import Foundation
import TestSupport
import Testing

/// What the screen shows, on terminals of many sizes and colours.
@Suite(.onTerminal) struct ScreenTests {
  private let folder: Folder
  private static let small = CellSize(columns: 80, rows: 24)
  private static let large = CellSize(columns: 200, rows: 60)

  /// A picture of four colours, a quarter each, with a box.
  init() throws {
    folder = try Folder()
    try folder.write(
      PNG.quarters, to: "photos/a.png")
    try folder.write(
      Sample.line("a.png", boxes: [Self.box]) + "\n", to: "photos/output.manifest")
  }

  private static let box = WrittenBox("cat", 10, 10, 40, 30)
  /// A place well inside of each quarter and away from the box.
  private static let places = [(4.0, 4.0), (60, 4), (4, 44), (60, 44)]

  private func start(
    _ arguments: String..., size: CellSize = small,
    environment: [String: String] = ["COLORTERM": "truecolor"]
  ) throws -> Sitting {
    try Sitting(
      folder, ["label", "photos/output.manifest"] + arguments, size: size,
      environment: environment)
  }

  // MARK: Sizes

  @Test(arguments: [
    small, large, CellSize(columns: 40, rows: 12), CellSize(columns: 100, rows: 30),
    CellSize(columns: 333, rows: 101),
  ])
  func `everything is in its place at each size`(_ size: CellSize) async throws {
    let sitting = try start(size: size)
    let screen = try await sitting.see("64×48")
    #expect(screen.rows[0].hasPrefix(" reticle  photos/o"))
    #expect(screen.saysSaved)
    let view = View(of: 64, 48, on: size)
    for (place, color) in zip(
      Self.places,
      [Color.rgb(255, 0, 0), .rgb(0, 255, 0), .rgb(0, 0, 255), .rgb(255, 255, 0)])
    {
      let cell = view.cell(x: place.0, y: place.1)
      #expect(screen.solidColor(at: cell) == color, "\(place) at \(cell)")
    }
    // The caption is on the box's top edge.
    let corner = view.cell(x: 10, y: 10)
    let caption = (1...5).map { screen.cells[corner.column + $0, corner.row].glyph }
    #expect(String(String.UnicodeScalarView(caption)) == "1 cat")
    #expect(
      screen.cells[corner.column + 1, corner.row].style.background == .rgb(230, 159, 0))
    #expect(screen.contains(" Boxes 1 ") == (size.columns >= 100))
  }

  @Test func `another size during the work moves everything, and the mouse with it`() async throws {
    let sitting = try start()
    let before = try await sitting.see("64×48")
    sitting.terminal.resize(to: Self.large)
    try await sitting.see(" Boxes 1 ", "10,10 40×30")
    let wide = View(of: 64, 48, on: Self.large)
    let screen = try await sitting.terminal.waitUntil("the picture at its new size") {
      $0.solidColor(at: wide.cell(x: 60, y: 44)) == .rgb(255, 255, 0)
        && $0.solidColor(at: wide.cell(x: 4, y: 4)) == .rgb(255, 0, 0)
    }
    #expect(screen.solidColor(at: wide.cell(x: 60, y: 4)) == .rgb(0, 255, 0))
    let (from, to) = (wide.cell(x: 52, y: 3), wide.cell(x: 62, y: 46))
    sitting.drag(from: from, to: to)
    try await sitting.seeSaved(" Boxes 2 ")
    sitting.type("u")
    try await sitting.seeSaved(" Boxes 1 ")
    sitting.terminal.resize(to: CellSize(columns: 20, rows: 5))
    try await sitting.see("Reticle needs 40×12", "this is 20×5.", "Larger, or q, please")
    sitting.terminal.resize(to: Self.small)
    sitting.type("?")
    try await sitting.see("Keys")
    sitting.type("q")
    try await sitting.terminal.waitUntil("all as at the beginning") { $0.cells == before.cells }
    sitting.type("\u{12}")
    try await sitting.seeSaved("done again: draw cat")
    try await sitting.quit()
    #expect(
      try folder.manifest().boxes == [[Self.box, wide.box("cat", from: from, to: to)]])
  }

  @Test func `a terminal that is too small is told so, and left`() async throws {
    let sitting = try start(size: CellSize(columns: 20, rows: 5))
    try await sitting.see("Reticle needs 40×12")
    sitting.type("q")
    try await sitting.expectEnd()
  }

  @Test func `T folds the panels away and back`() async throws {
    let sitting = try start(size: CellSize(columns: 120, rows: 30))
    let before = try await sitting.see("64×48", " Boxes 1 ")
    sitting.type("T")
    try await sitting.terminal.waitUntil("the labels folded") {
      $0.rows[28].hasPrefix(" ▌1 cat") && !$0.contains(" Boxes 1 ")
    }
    sitting.type("T")
    try await sitting.terminal.waitUntil("all as at the beginning") { $0.cells == before.cells }
  }

  // MARK: Colours

  enum Kind: String, CaseIterable {
    case truecolor
    case palette256 = "256"
    case palette16 = "16"
    case palette8 = "8"
    case mono
  }

  /// By the option, and by what the environment says.
  @Test(
    arguments: Kind.allCases.map { (["--color", $0.rawValue], [:], $0) } + [
      ([], ["COLORTERM": "truecolor"], .truecolor), ([], [:], .palette256),
      ([], ["TERM": "linux", "COLORTERM": "truecolor"], .palette16),
      ([], ["TERM": "xterm"], .palette8),
      ([], ["TERM": "vt100"], .mono), ([], ["NO_COLOR": "1"], .mono),
      (["--color", "truecolor"], ["TERM": "xterm"], .truecolor),
    ])
  func `the picture and its boxes are in the terminal's colours`(
    _ arguments: [String], _ environment: [String: String], _ kind: Kind
  ) async throws {
    let sitting = try Sitting(
      folder, ["label", "photos/output.manifest"] + arguments, size: Self.small,
      environment: environment)
    let screen = try await sitting.see("64×48")
    let view = View(of: 64, 48)
    let shown = Self.places.map { screen.solidColor(at: view.cell(x: $0.0, y: $0.1)) }
    let corner = view.cell(x: 10, y: 10)
    let caption = screen.cells[corner.column + 1, corner.row]
    #expect(caption.glyph == "1")
    #expect(!screen.contains("?  ") && !screen.contains("\u{FFFD}"))
    switch kind {
    case .truecolor:
      #expect(shown == [.rgb(255, 0, 0), .rgb(0, 255, 0), .rgb(0, 0, 255), .rgb(255, 255, 0)])
      #expect(caption.style.background == .rgb(230, 159, 0))
    case .palette256:
      #expect(shown == [.indexed(196), .indexed(46), .indexed(21), .indexed(226)])
      // 214 is #ffaf00, the cube's nearest to the label's orange #e69f00, or 172, #d78700.
      #expect([.indexed(214), .indexed(172), .indexed(178)].contains(caption.style.background))
    case .palette16:
      #expect(shown == [.indexed(9), .indexed(10), .indexed(4), .indexed(11)])
      #expect(caption.style.background == .indexed(3))
    case .palette8:
      #expect(caption.style.background == .indexed(3))
      let all = screen.colors
      #expect(all.isSubset(of: Set((0..<8).map { Color.indexed($0) } + [.standard])))
      #expect(all.isSuperset(of: [.indexed(1), .indexed(2), .indexed(4), .indexed(3)]))
    case .mono:
      #expect(screen.colors == [.standard])
      #expect(caption.style.attributes.contains(.reverse))
      // Blue is dark, yellow is light: the glyphs say so.
      #expect(
        screen.ink(around: view.cell(x: 60, y: 44)) > screen.ink(around: view.cell(x: 4, y: 44)))
    }
    // The box's left edge, in its label's colour or, without colours, at least a line.
    let edge = screen.cells[corner.column, corner.row + 4]
    #expect("│▏▕▎┆┊╎|".unicodeScalars.contains(edge.glyph), "\(edge.glyph)")
    try await sitting.quit()
  }

  @Test(arguments: Kind.allCases)
  func `a locale without Unicode gets ASCII alone`(_ kind: Kind) async throws {
    let sitting = try start("--color", kind.rawValue, environment: ["LC_ALL": "C"])
    let screen = try await sitting.see("64x48")
    let bytes = sitting.terminal.output
    #expect(bytes.allSatisfy { $0 < 0x80 })
    #expect(!screen.text.contains("?") || screen.rows[23].contains("? help"))
    for row in screen.rows.dropLast() { #expect(!row.contains("?"), "\(row)") }
    #expect(screen.contains("1 cat"))
    let corner = View(of: 64, 48).cell(x: 10, y: 10)
    let edge = screen.cells[corner.column, corner.row + 4]
    #expect("|:!".unicodeScalars.contains(edge.glyph), "\(edge.glyph)")
    sitting.type("?")
    try await sitting.see("Keys", "next image")
    try await sitting.escape(from: "IMAGES")
    sitting.type("wLJ\r")
    try await sitting.seeSaved("2/2 cat 32,24")
    try await sitting.quit()
    #expect(sitting.terminal.output.allSatisfy { $0 < 0x80 })
  }

  @Test(arguments: ["ascii", "half", "quad", "sextant", "all"])
  func `glyphs are those asked for`(_ glyphs: String) async throws {
    let sitting = try start("--glyphs", glyphs)
    let screen = try await sitting.see("64×48")
    let view = View(of: 64, 48)
    // Away from the box: the picture alone.
    let (first, last) = (view.cell(x: 1, y: 1), view.cell(x: 62, y: 8))
    var used: Set<Unicode.Scalar> = []
    for row in first.row...last.row {
      for column in first.column...last.column { used.insert(screen.cells[column, row].glyph) }
    }
    switch glyphs {
    case "ascii": #expect(used.allSatisfy { $0.isASCII })
    case "half": #expect(used.isSubset(of: Set(" ▀▄█".unicodeScalars)))
    case "quad": #expect(used.isSubset(of: Set(" ▀▄▌▐█▘▝▖▗▚▞▙▟▛▜".unicodeScalars)))
    default: #expect(!used.isEmpty)
    }
    sitting.type("b")
    try await sitting.see("boxes off; b shows them")
    #expect(!sitting.terminal.screen.rows.prefix(22).contains { $0.contains("1 cat") })
  }
}

extension TerminalSnapshot {
  /// The colour of a cell that is all of one colour; `nil` for one that isn't.
  func solidColor(at place: CellPoint) -> Color? {
    guard cells.bounds.contains(place) else { return nil }
    let cell = cells[place.column, place.row]
    if cell.glyph == " " { return cell.style.background }
    if cell.glyph == "█" || cell.style.foreground == cell.style.background {
      return cell.style.foreground
    }
    return nil
  }

  /// All colours on the screen.
  var colors: Set<Color> {
    var all: Set<Color> = []
    for row in 0..<cells.size.rows {
      for column in 0..<cells.size.columns {
        let style = cells[column, row].style
        all.insert(style.background)
        if cells[column, row].glyph != " " { all.insert(style.foreground) }
      }
    }
    return all
  }

  /// How much is drawn on the cells around a place, roughly: 0 for spaces.
  func ink(around place: CellPoint) -> Int {
    let weights = Array(" .▏▁`',:-~░▂▖▗▘▝+=▃▌▐▀▄▚▞o*▅▒▆▙▟▛▜#▇%▓@█")
    var sum = 0
    for row in place.row - 1...place.row + 1 {
      for column in place.column - 2...place.column + 2 {
        let cell = cells[column, row]
        let weight = weights.firstIndex(of: Character(cell.glyph)) ?? weights.count / 2
        sum += cell.style.attributes.contains(.reverse) ? weights.count - weight : weight
      }
    }
    return sum
  }
}
