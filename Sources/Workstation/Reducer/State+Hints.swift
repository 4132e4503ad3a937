import Cells
import Mosaic
import Raster

extension State {
  /// Lays the hint grid over the image.
  mutating func startHints() {
    guard let viewport = canvas.viewport else { return }
    overlay = .hints(HintGrid(viewport: viewport, original: viewport, round: 1))
    message = .note("two letters jump there; Esc stays here")
  }

  /// Takes a key in the hint grid; `nil` if the key ends it and is to be taken as usual.
  mutating func type(_ key: Key, in grid: HintGrid) -> [Effect]? {
    var grid = grid
    guard case .character(let letter) = key.code, key.modifiers.isEmpty,
      HintGrid.alphabet.contains(letter)
    else {
      overlay = nil
      let isEnd = key.code == .escape || key.code == .enter
      return isEnd ? [] : nil
    }
    guard let first = grid.first else {
      grid.first = letter
      overlay = .hints(grid)
      return []
    }
    grid.first = nil
    guard let pixel = grid.pixel(first, letter) else {
      message = .note("there is no tile \(first)\(letter)")
      overlay = .hints(grid)
      return []
    }
    jump(to: pixel)
    guard grid.round == 1 else {
      overlay = nil
      return []
    }
    // The second round cuts the tile just chosen, magnified so that its letters can be read.
    grid.round = 2
    grid.viewport = Viewport(
      showing: pixel, at: grid.original.columnsPerPixel * grid.magnification,
      of: grid.original.imageSize, in: grid.original.pane)
    overlay = .hints(grid)
    message = .note("two more letters refine; Enter or Esc stays here")
    return []
  }

  /// Moves the corner being drawn, or the crosshair, to an image position.
  private mutating func jump(to pixel: PixelPoint) {
    guard let viewport = canvas.viewport else { return }
    let point = pixel.confined(to: viewport.imageSize).snapped
    if draft != nil {
      changeDraft { $0.move(to: point) }
    } else {
      canvas.selection = nil
      canvas.crosshair = point
      canvas.showsCrosshair = true
    }
  }
}
