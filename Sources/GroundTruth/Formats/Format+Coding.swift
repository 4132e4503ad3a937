extension Format {
  /// Who reads and writes the format.
  public var coding: any FormatCoding.Type {
    switch self {
    case .groundTruth: GroundTruthManifest.self
    case .coco: COCO.self
    case .yolo: YOLO.self
    case .voc: PascalVOC.self
    case .labelme: LabelMe.self
    case .cvat: CVAT.self
    case .labelStudio: LabelStudio.self
    case .openImages: OpenImages.self
    case .createML: CreateML.self
    case .imglab: Imglab.self
    case .rekognition: DetectCustomLabels.self
    case .folders: LabelFolders.self
    case .csv: AWSImageCSV.self
    case .a2i: A2IOutput.self
    }
  }
}
