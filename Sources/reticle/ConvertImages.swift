import GroundTruth

/// The image files that a format is made of, as far as they are here.
struct ConvertImages {
  /// How many of a kind are named one by one.
  private static let shown = 3

  /// The files here, and where they belong.
  private(set) var found: [(source: String, path: String)] = []
  /// What is missing, a sentence each.
  private(set) var losses: [String] = []

  /// Looks for the images.
  ///
  /// - Parameters:
  ///   - placements: The images by their names, and where they belong.
  ///   - files: The files that were read.
  ///   - isLinking: Whether the paths have to hold wherever they are written to.
  init(_ placements: [ImagePlacement], in files: ConvertInput, isLinking: Bool) {
    var remote: [String] = []
    var missing: [String] = []
    for placement in placements {
      if let source = files.file(ofImage: placement.image) {
        found.append((isLinking ? Sources.real(source) : source, placement.path))
      } else if placement.image.hasPrefix("s3://") {
        remote.append(placement.image)
      } else {
        missing.append(placement.image)
      }
    }
    list(
      remote,
      "lies in S3 and not here, so it is left out; copy it here and say where with "
        + "--images DIR --s3-prefix s3://bucket/prefix/")
    list(missing, "no such image is here, so it is left out; --images DIR says where it lies")
  }

  private mutating func list(_ names: [String], _ reason: String) {
    losses += names.prefix(Self.shown).map { "\($0): \(reason)" }
    let more = names.count - Self.shown
    if more > 0 { losses.append("\(more) more: \(reason)") }
  }
}
