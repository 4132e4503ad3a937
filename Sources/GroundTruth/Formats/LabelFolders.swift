/// Folders as labels: an image belongs to the folder that lies directly below the root.
///
/// Deeper folders inherit that label, and images in the root have none, as where the Custom Labels
/// console reads an S3 folder.
public enum LabelFolders: FormatCoding {
  /// Reads the names of the images; no file is opened but for its size.
  ///
  /// - Throws: `FormatError` if no image is in a folder.
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var notes = NoteList()
    var labels = LabelList(options.labels)
    var images: [LabeledImage] = []
    for path in FileIndex(files).images {
      var image = LabeledImage(
        name: path, size: files.imageSize(of: path), isAnnotated: false)
      if let slash = path.firstIndex(of: "/") {
        let label = String(path[..<slash])
        image.imageLabels = [
          .init(label: label, isPrediction: options.arePredictions ?? false)
        ]
        image.isAnnotated = true
        labels.add(label)
      }
      images.append(image)
    }
    guard images.contains(where: { !$0.imageLabels.isEmpty }) else {
      throw FormatError(
        path: "",
        message: "No image lies in a folder that could be its label: give the folder "
          + "above those of the labels.")
    }
    for label in labels.labels where ["train", "val", "test", "images"].contains(label.name) {
      notes.add("“\(label.name)” became a label; if the labels are the folders in it, give it.")
    }
    return Import(
      dataset: LabeledDataset(labels: labels.labels, images: images), notes: notes.sentences)
  }

  /// Refuses: the format is made of the image files, which a dataset doesn't have.
  ///
  /// `placements(of:)` says which image goes where.
  /// - Throws: `FormatError`, always.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    throw FormatError(
      path: "",
      message: "Folders as labels are made of the images themselves, which have to be "
        + "copied: no file can be written without them.")
  }

  /// Where an image's file belongs.
  public struct Placement: Hashable, Sendable {
    /// The image's name in the dataset.
    public var image: String
    /// The path of its copy, relative to the root.
    public var path: String

    /// Creates a placement.
    public init(image: String, path: String) {
      self.image = image
      self.path = path
    }
  }

  /// Where each image would be copied to: the folder of its first label, or the root.
  ///
  /// - Parameter dataset: The dataset.
  /// - Returns: A path for each image, no two the same, and what the folders can't hold.
  public static func placements(
    of dataset: LabeledDataset
  ) -> (placements: [Placement], losses: [String]) {
    var losses = LossTally(
      of: dataset, into: Holdings(imageLabels: 1, unannotated: true, empty: false))
    var paths = OutputPaths()
    let placements = dataset.images.map { image in
      let label = image.imageLabels.first?.label ?? ""
      // A folder's name can't hold a slash, and must not lead out of the root.
      let folder = FilePath.folderName(label)
      if folder != label { losses.add("Labels are spelt otherwise, as a folder's name allows") }
      let name = FilePath.name(of: FilePath.relative(image.name))
      let suffix = FilePath.fileExtension(of: name)
      let ending = suffix.isEmpty ? "" : "." + String(name.suffix(suffix.count))
      return Placement(
        image: image.name, path: paths.path(for: name, in: folder, extension: ending))
    }
    return (placements, losses.sentences)
  }
}
