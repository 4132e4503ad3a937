import Cells
import Mosaic
import Raster

/// How the image is shown, and where the person is in it.
struct Canvas: Sendable {
  /// What captions say.
  enum Captions: Int, CaseIterable, Sendable {
    case label
    case number
    case none

    var name: String {
      switch self {
      case .label: "label"
      case .number: "number"
      case .none: "none"
      }
    }
  }

  /// The part of the image on the screen; `nil` until its size is known.
  var viewport: Viewport?
  /// Where the crosshair is; its whole pixel is what counts.
  var crosshair = PixelPoint(x: 0, y: 0)
  /// Whether the keys moved it: it is hidden until they do.
  var showsCrosshair = false
  /// The selected box.
  var selection: Int?
  /// Boxes on or off.
  var showsBoxes = true
  /// What captions say.
  var captions = Captions.label
  /// Brightness, contrast, gamma, equalisation: of the view only.
  var adjustment = Adjustment()
  /// Where the middle button was pressed, and the view then.
  var pan: (start: CellPoint, viewport: Viewport)?
  /// The picture on the screen as adjusted, if it is.
  var adjusted: AdjustedPicture?
  /// What the image looks like as cells; made anew only when something under it changes.
  var backdrop: CellGrid?
  /// The rows of the backdrop that are still coarser than they could be, and those rows at best.
  var sharpening: Sharpening?
  /// What the backdrop was made from.
  var backdropKey: BackdropKey?
}

/// A backdrop that came coarse, on its way to its best.
struct Sharpening: Sendable {
  /// The backdrop at best; made when the person pauses.
  var goal: CellGrid?
  /// The first row that isn't at its best yet.
  var row = 0
}

/// All that a backdrop depends on.
struct BackdropKey: Hashable, Sendable {
  var line: Int
  var viewport: Viewport
  var adjustment: Adjustment
  var glyphs: GlyphChoice
  var bandwidth: Bandwidth
  /// Counts the pictures that came.
  var pictureNumber: Int
}

/// A picture as an adjustment shows it.
struct AdjustedPicture: Sendable {
  /// What it was made from.
  struct Source: Hashable, Sendable {
    var line: Int
    var isDetail: Bool
    /// Counts the pictures that came.
    var pictureNumber: Int
    var adjustment: Adjustment
  }

  let source: Source
  let picture: Picture
}
