extension Format {
  /// Who reads and writes the format.
  public var coding: any FormatCoding.Type {
    switch self {
    case .groundTruth: GroundTruthManifest.self
    case .coco: COCO.self
    case .yolo: UnmergedFormat.self
    case .voc: UnmergedFormat.self
    case .labelme: LabelMe.self
    case .cvat: UnmergedFormat.self
    case .labelStudio: LabelStudio.self
    case .openImages: UnmergedFormat.self
    case .createML: CreateML.self
    case .imglab: UnmergedFormat.self
    case .rekognition: DetectCustomLabels.self
    case .folders: UnmergedFormat.self
    case .csv: UnmergedFormat.self
    case .a2i: A2IOutput.self
    }
  }
}

/// MERGE: stands for the formats that come from the branch of text and XML formats; each line above
/// that names it gets that format's type, and then this goes.
private enum UnmergedFormat: FormatCoding {
  static func read(_ files: any FileTree, options: ReadOptions) throws(FormatError) -> Import {
    throw FormatError(path: "", message: "this format can't be read yet; choose another")
  }

  static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    throw FormatError(path: "", message: "this format can't be written yet; choose another")
  }
}
