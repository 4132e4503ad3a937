import Mosaic
public import Raster

/// A picture that the screen needs: which image, which part, how large.
public struct PictureRequest: Hashable, Sendable {
  /// The manifest line of the image, from 0.
  public let line: Int
  /// The image as the manifest names it.
  public let sourceRef: String
  /// The tiles wanted, and how far they are reduced; `nil` for all of the image as `target` says.
  public let area: TileArea?
  /// How many pixels are worth having, at most.
  public let target: PixelSize
  /// Whether the person agreed to the memory that a huge image takes.
  public let allowsLargeMemory: Bool

  /// The part of the upright image; `nil` for all of it.
  public var region: Region? { area?.region }
}

/// What is known of an image's file.
public struct ImageFacts: Hashable, Sendable {
  /// The size of the pixels as stored.
  public let storedSize: PixelSize
  /// How they are to be turned.
  public let orientation: Orientation
  /// What is odd about the file, if anything: it ends early, say.
  public let warning: String?

  /// Creates facts.
  public init(storedSize: PixelSize, orientation: Orientation, warning: String? = nil) {
    self.storedSize = storedSize
    self.orientation = orientation
    self.warning = warning
  }

  /// The size as seen.
  public var uprightSize: PixelSize {
    orientation.swapsSides
      ? PixelSize(width: storedSize.height, height: storedSize.width) : storedSize
  }
}

/// What became of a request.
public enum PictureOutcome: Hashable, Sendable {
  /// The picture, and what is known of its file.
  case loaded(Picture, ImageFacts)
  /// It takes a while, and what is being done meanwhile; another outcome follows.
  case coming(String)
  /// A coarse picture of the whole image, which stands in until the one asked for comes.
  case preview(Picture, ImageFacts)
  /// What is wrong with the file, in a sentence.
  case failed(String)
  /// What the image would cost in memory, in a sentence: the person is asked first.
  case needsConsent(String)
}

/// What there is of an image to show.
struct PictureSlot: Sendable {
  /// All of the image, as large as it fits, or coarser until that comes.
  var overview: Picture?
  /// Whether the overview only stands in.
  var isPreview = false
  /// The part on the screen and some pixels about it, finer.
  var detail: Picture?
  /// The tiles that the detail shows.
  var detailArea: TileArea?
  /// What is known of the file.
  var facts: ImageFacts?
  /// What is being done to get it, if it takes a while.
  var progress: String?
  /// What is wrong with it.
  var failure: String?
  /// What it would cost; the person has not agreed yet.
  var consentQuestion: String?
  /// Whether the person agreed.
  var hasConsent = false

  /// The detail, if it holds all that a viewport shows.
  func detail(for viewport: Viewport) -> Picture? {
    detail.flatMap { $0.region.contains(viewport.visibleRegion) ? $0 : nil }
  }
}
