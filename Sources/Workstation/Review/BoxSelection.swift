/// What is selected on an image under review.
enum BoxSelection: Hashable, Sendable {
  /// A predicted box, by its place among those of the line.
  case predicted(Int)
  /// A box of the truth, by its place in the attribute.
  case truth(Int)
  /// A predicted label for the whole image.
  case label(Int)
}
