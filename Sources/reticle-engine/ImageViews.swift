import Training

/// How classifiers see a whole image.
enum ImageViews {
  /// The side of the square that patches are taken from.
  static let patchSide = 64
  /// The side of the network's canvas.
  static let networkSide = 96
  /// The longer side that images are decoded to.
  static let decodedSide = 128
  /// The number of words of the patch dictionary.
  static let words = 300

  /// The image stretched over the square of the patches.
  static func patches(_ pixels: PixelBuffer, mirrored: Bool = false) -> View {
    stretched(pixels, side: patchSide, mirrored: mirrored)
  }

  /// The image stretched over a square.
  static func stretched(_ pixels: PixelBuffer, side: Int, mirrored: Bool) -> View {
    let side = Double(side)
    var placement = Placement(left: 0, top: 0, width: side, height: side)
    placement.isMirrored = mirrored
    return View(pixels: pixels, augmentation: Augmentation(placement: placement))
  }

  /// The image fitted into the network's canvas.
  static func network(_ pixels: PixelBuffer, mirrored: Bool = false) -> View {
    var placement = Placement.fitted(
      width: pixels.width, height: pixels.height, side: networkSide,
      canvas: (networkSide, networkSide)
    ).placement
    placement.isMirrored = mirrored
    return View(pixels: pixels, augmentation: Augmentation(placement: placement))
  }
}
