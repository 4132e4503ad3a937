/// What a person said about the files to be read.
public struct ReadOptions: Hashable, Sendable {
  /// Pascal VOC's first pixel, 0 or 1; nil to tell by the numbers.
  public var vocBase: Int?
  /// The labels in the order of their numbers, for formats whose files don't name them.
  public var labels: [String]
  /// Whether boxes are a model's where the format does not say; nil to tell by their confidences.
  public var arePredictions: Bool?
  /// The attribute of a manifest whose boxes count; nil for the one that people vouch for most.
  public var attribute: String?

  /// Creates options; the defaults tell everything by the files.
  public init(
    vocBase: Int? = nil, labels: [String] = [], arePredictions: Bool? = nil,
    attribute: String? = nil
  ) {
    self.vocBase = vocBase
    self.labels = labels
    self.arePredictions = arePredictions
    self.attribute = attribute
  }
}

/// What a person said about the files to be written.
public struct WriteOptions: Hashable, Sendable {
  /// Pascal VOC's first pixel, 0 or 1.
  public var vocBase: Int
  /// What stands before each image's name in the files, such as `images/`.
  public var imagePrefix: String
  /// The date to write where a format has one: `YYYY-MM-DDTHH:MM:SS.ffffff`, UTC.
  public var date: String

  /// Creates options.
  public init(vocBase: Int = 0, imagePrefix: String = "", date: String = "") {
    self.vocBase = vocBase
    self.imagePrefix = imagePrefix
    self.date = date
  }
}

/// Reads and writes one format; a type without cases for each, in a file of its own.
public protocol FormatCoding {
  /// Reads the files of a dataset.
  ///
  /// - Throws: `FormatError` if nothing can be read; what is only odd becomes a note.
  static func read(_ files: any FileTree, options: ReadOptions) throws(FormatError) -> Import

  /// Writes a dataset.
  ///
  /// - Throws: `FormatError` if the format cannot hold it at all.
  static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export
}
