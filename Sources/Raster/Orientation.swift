/// The EXIF orientation of stored pixels: what has to be done to see them upright.
///
/// Numbers as in EXIF 2.3, tag 0x0112.
public enum Orientation: Int, CaseIterable, Sendable {
  /// Stored upright.
  case upright = 1
  /// Mirrored left to right.
  case mirrored = 2
  /// Turned by 180°.
  case turned = 3
  /// Mirrored top to bottom.
  case flipped = 4
  /// Mirrored along the main diagonal.
  case transposed = 5
  /// To be turned clockwise by 90°.
  case clockwise = 6
  /// Mirrored along the other diagonal.
  case transversed = 7
  /// To be turned counter-clockwise by 90°.
  case counterclockwise = 8

  /// Whether width and height change places.
  public var swapsSides: Bool { rawValue >= 5 }
}
