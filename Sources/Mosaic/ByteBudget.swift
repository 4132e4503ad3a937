/// How much the bytes of a picture matter.
public enum ByteBudget: Hashable, Sendable {
  /// Not at all: the best picture.
  case unlimited
  /// The squared error, over a cell's 128 sub-cells and three channels, that saving a byte is worth.
  case price(Float)
  /// The best picture in so many bytes a frame.
  case bytes(Int)
}
