package import GroundTruth

/// The images that share a canvas: often four, so that a network sees things smaller, cut off and
/// in other company than they were taken (Bochkovskiy, Wang, Liao 2020).
public struct Mosaic: Hashable, Sendable {
  /// One of the four parts of a canvas.
  public struct Quarter: Hashable, Sendable {
    /// Where the four meet, in canvas pixels from the left.
    public let x: Double
    /// Where the four meet, in canvas pixels from the top.
    public let y: Double
    /// Whether it is on the right.
    public let isRight: Bool
    /// Whether it is below.
    public let isBelow: Bool
  }

  /// An image, and where it lies.
  public struct Tile: Hashable, Sendable {
    /// The place of the image in the list.
    public let image: Int
    /// Its quarter; nil if the canvas is its own.
    public let quarter: Quarter?
  }

  /// The images on the canvas.
  public let tiles: [Tile]

  /// The part of canvases that four images share.
  static let part = 0.5
  /// How far into training that ends, to end with images as they are met later.
  static let end = 0.75
  /// How much smaller images are on a shared canvas.
  static let scale = 0.75

  /// Draws the images of a canvas.
  ///
  /// - Parameters:
  ///   - image: The image whose turn it is.
  ///   - others: The images to choose company from; there is one at least.
  ///   - canvas: The canvas.
  ///   - way: How far training is, 0…1.
  ///   - random: What chance is drawn from.
  package init(
    of image: Int, among others: [Int], on canvas: Canvas, way: Double,
    random: inout SplitMix64
  ) {
    guard random.unit() < Self.part, way < Self.end else {
      tiles = [Tile(image: image, quarter: nil)]
      return
    }
    let x = random.number(0.3, 0.7) * Double(canvas.width)
    let y = random.number(0.3, 0.7) * Double(canvas.height)
    let company = (0..<3).map { _ in others[random.index(below: others.count)] }
    tiles = ([image] + company).enumerated().map { place, image in
      Tile(
        image: image,
        quarter: Quarter(x: x, y: y, isRight: place % 2 == 1, isBelow: place > 1))
    }
  }
}
