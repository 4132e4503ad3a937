/// Images that a model is to look at while the person works.
public struct LookRequest: Hashable, Sendable {
  /// An image.
  public struct Image: Hashable, Sendable {
    /// The manifest line, from 0.
    public let line: Int
    /// The image, as the line names it.
    public let sourceRef: String
  }

  /// The images, most urgent first; those that are not among them are no longer wanted.
  public let images: [Image]
  /// Which asking it belongs to: in a new one the model is asked again for what it was asked before.
  public let session: Int
  /// In which pixels the answer's boxes are to be.
  public let boxSpace: BoxSpace
}
