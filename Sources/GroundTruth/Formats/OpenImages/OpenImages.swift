/// Open Images' CSV files: boxes as ratios in `XMin,XMax,YMin,YMax`, labels by their identifiers.
///
/// A ratio of 1 is the right or bottom edge (Open Images, “Data Formats”). Labels of whole images
/// with a confidence of 0 say that something is *not* there, so they are no labels here.
public enum OpenImages: FormatCoding {
  /// Reads all CSV files of the tree, each told by its columns.
  ///
  /// - Throws: `FormatError` if a file is broken, there is none, or no image is there to give the
  ///   ratios a size.
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var reader = OpenImagesReader(files: files, options: options)
    try reader.read()
    return try reader.finish()
  }

  /// Writes `images.csv`, `class-descriptions.csv`, `annotations-bbox.csv` and, if there are any,
  /// `annotations-human-imagelabels.csv`.
  ///
  /// - Throws: `FormatError` if the size of an image with boxes isn't known.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    try OpenImagesWriter(dataset, options).export()
  }

  /// The columns that are traits of a box.
  static let traits: [(column: String, trait: String)] = [
    ("IsOccluded", "occluded"), ("IsTruncated", "truncated"), ("IsDepiction", "depiction"),
    ("IsInside", "inside"),
  ]
}
