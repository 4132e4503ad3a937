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
    return Import(labels: labels, images: images, notes: notes)
  }

  /// Says where each image's file belongs; there are no other files.
  ///
  /// - Throws: Nothing; boxes and all labels of an image but the first are among the losses.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    let (placements, losses) = placements(of: dataset)
    var notes = NoteList()
    for placement in placements where !placement.keepsName {
      notes.add("Its folder has an image of that name, so it gets another.", path: placement.image)
    }
    return Export(files: [], images: placements, losses: losses, notes: notes.sentences)
  }

  /// Where each image would be copied to: the folder of its first label, or the root.
  ///
  /// - Parameter dataset: The dataset.
  /// - Returns: A path for each image, no two the same, and what the folders can't hold.
  public static func placements(
    of dataset: LabeledDataset
  ) -> (placements: [ImagePlacement], losses: [String]) {
    var (dataset, losses) = dataset.reduced(
      to: Holdings(imageLabels: 1, unannotated: true, empty: false))
    var paths = OutputPaths()
    let folders = dataset.images.map { image in
      guard let label = image.imageLabels.first?.label else { return "" }
      // A folder's name can't hold a slash, and must not lead out of the root.
      let folder = FilePath.folderName(label)
      if folder != label { losses.add("Labels are spelt otherwise, as a folder's name allows") }
      paths.reserve(folder)
      return folder
    }
    let placements = zip(dataset.images, folders).map { image, folder in
      let name = FilePath.name(of: FilePath.relative(image.name))
      return ImagePlacement(image: image.name, path: paths.path(of: name, in: folder))
    }
    return (placements, losses.sentences)
  }
}

extension ImagePlacement {
  /// Whether the copy has the name of the image's file.
  fileprivate var keepsName: Bool {
    FilePath.name(of: FilePath.relative(image)) == FilePath.name(of: path)
  }
}
