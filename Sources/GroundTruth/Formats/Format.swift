/// The formats that a dataset can be read from and written to, by the names of the command line.
public enum Format: String, CaseIterable, Hashable, Sendable {
  /// SageMaker Ground Truth manifests.
  case groundTruth = "ground-truth"
  /// COCO instances and results.
  case coco
  /// YOLO folders of text files, with `data.yaml` or a list of names.
  case yolo
  /// Pascal VOC: an XML file an image.
  case voc
  /// LabelMe: a JSON file an image.
  case labelme
  /// CVAT 1.1 for images.
  case cvat
  /// Label Studio's JSON export.
  case labelStudio = "label-studio"
  /// Open Images CSV.
  case openImages = "open-images"
  /// Apple's CreateML JSON.
  case createML = "createml"
  /// dlib's imglab XML.
  case imglab
  /// What DetectCustomLabels answers.
  case rekognition
  /// A folder a label.
  case folders
  /// AWS's CSV for image-level labels: image, label, label…
  case csv
  /// Amazon A2I's output.
  case a2i
}

/// The files of a dataset, read on demand; a folder on disk, or a dictionary in a test.
public protocol FileTree: Sendable {
  /// All files below the root, as paths relative to it with `/`, in a stable order.
  var paths: [String] { get }

  /// The content of a file; nil if there is none or it can't be read.
  func contents(of path: String) -> [UInt8]?

  /// The size in pixels of an image file, as seen upright; nil if it can't be told.
  func imageSize(of path: String) -> ImageSize?
}

/// A file to be written.
public struct OutputFile: Hashable, Sendable {
  /// The path relative to the output, with `/`.
  public var path: String
  /// The content.
  public var bytes: [UInt8]

  /// Creates a file.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Where an image's file belongs.
public struct ImagePlacement: Hashable, Sendable {
  /// The image's name in the dataset.
  public var image: String
  /// The path of its copy, relative to the output, with `/`.
  public var path: String

  /// Creates a placement.
  public init(image: String, path: String) {
    self.image = image
    self.path = path
  }
}

/// What reading gave: the dataset, and what a person should know of it.
public struct Import: Hashable, Sendable {
  /// The dataset.
  public var dataset: LabeledDataset
  /// What was left aside or had to be guessed, a sentence each, with file and line.
  public var notes: [String]

  /// Creates a result.
  public init(dataset: LabeledDataset, notes: [String] = []) {
    self.dataset = dataset
    self.notes = notes
  }
}

/// What writing gives: the files, and what the format could not hold.
public struct Export: Hashable, Sendable {
  /// The files.
  public var files: [OutputFile]
  /// The image files that belong beside them, where the format is made of images.
  public var images: [ImagePlacement]
  /// What is lost, a sentence each with how often: needs `--allow-lossy`.
  public var losses: [String]
  /// What a person should know though nothing is lost, a sentence each.
  public var notes: [String]

  /// Creates a result.
  public init(
    files: [OutputFile], images: [ImagePlacement] = [], losses: [String] = [],
    notes: [String] = []
  ) {
    self.files = files
    self.images = images
    self.losses = losses
    self.notes = notes
  }
}

/// Why a file could not be read as a format, or a dataset not written in one.
public struct FormatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, relative to the root; empty if it is about the whole.
  public var path: String
  /// The line, from 1; nil if it is about the whole file.
  public var line: Int?
  /// What is wrong, and the way out.
  public var message: String

  /// Creates an error.
  public init(path: String, line: Int? = nil, message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  /// `path:line: message`.
  public var description: String {
    let place = path + (line.map { ":\($0)" } ?? "")
    return place.isEmpty ? message : "\(place): \(message)"
  }
}
