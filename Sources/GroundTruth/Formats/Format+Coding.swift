extension Format {
  /// Who reads and writes the format.
  public var coding: any FormatCoding.Type {
    switch self {
    case .groundTruth: GroundTruthFormat.self
    case .coco: COCOFormat.self
    case .yolo: UnmergedFormat.self
    case .voc: UnmergedFormat.self
    case .labelme: LabelMeFormat.self
    case .cvat: UnmergedFormat.self
    case .labelStudio: LabelStudioFormat.self
    case .openImages: UnmergedFormat.self
    case .createML: CreateMLFormat.self
    case .imglab: UnmergedFormat.self
    case .rekognition: RekognitionFormat.self
    case .folders: UnmergedFormat.self
    case .csv: UnmergedFormat.self
    case .a2i: A2IFormat.self
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
