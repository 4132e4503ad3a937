public import GroundTruth

extension ManifestFile {
  /// Writes a dataset in the place of a file, in one step.
  ///
  /// Lines that nobody changed are written byte for byte, terminators and byte order mark
  /// included; changed lines keep their terminator and added lines get the most common one. The
  /// file's mode and owner are kept and links are followed to the real file.
  ///
  /// - Parameters:
  ///   - dataset: What to write; from a source other than a `ManifestFile`, each line ends in a
  ///     line feed.
  ///   - path: The file to be replaced or made.
  /// - Returns: What is in the file now.
  /// - Throws: `StorageError`; the old file is then whole, and nothing else is left behind.
  @discardableResult
  public static func write(
    _ dataset: Dataset, to path: String
  ) throws(StorageError) -> Fingerprint {
    let replacement = try replacement(of: RealPath.resolve(path), by: dataset)
    try replacement.commit()
    return replacement.fingerprint
  }

  /// Writes a dataset beside the file that it will replace.
  static func replacement(
    of path: String, by dataset: Dataset, temporary: String? = nil,
    operations: FileOperations = .system
  ) throws(StorageError) -> Replacement {
    let file = dataset.source as? ManifestFile ?? ManifestFile(bytes: [])
    return try Replacement(of: path, temporary: temporary, operations: operations) {
      (output) throws(StorageError) in try file.emit(dataset, to: &output)
    }
  }

  private func emit(_ dataset: Dataset, to output: inout OutputFile) throws(StorageError) {
    var position = 0
    if markLength == 0, dataset.count > 0, startsWithMark(dataset) {
      // Read back, the first line would lose its first character to a byte order mark.
      try output.append(Self.byteOrderMark)
    }
    for index in dataset.changed.keys.sorted() where index < lineCount {
      let extent = extent(of: index)
      try copy(position..<extent.range.lowerBound, to: &output)
      let line = dataset.line(at: index)
      // A last line without terminator that became empty would no longer be a line.
      let needsEnd = extent.terminator == .none && line.isEmpty
      try add(line, at: index, needsEnd ? dominantTerminator : extent.terminator, to: &output)
      position = extent.range.upperBound
    }
    try copy(position..<bytes.count, to: &output)
    guard dataset.count > lineCount else { return }
    try endLastLine(of: dataset, to: &output)
    for index in lineCount..<dataset.count {
      try add(dataset.line(at: index), at: index, dominantTerminator, to: &output)
    }
  }

  private func copy(_ range: Range<Int>, to output: inout OutputFile) throws(StorageError) {
    try output.append(UnsafeRawBufferPointer(rebasing: bytes[range]))
  }

  private func add(
    _ line: [UInt8], at index: Int, _ terminator: LineTerminator, to output: inout OutputFile
  ) throws(StorageError) {
    if line.contains(0x0A) { throw .lineBreakInLine(index) }
    try output.append(line)
    try output.append(terminator.keeping(line).bytes)
  }

  /// Ends the file's last line, if it has no terminator yet, before another is added.
  private func endLastLine(
    of dataset: Dataset, to output: inout OutputFile
  ) throws(StorageError) {
    guard lineCount > 0, extent(of: lineCount - 1).terminator == .none else { return }
    let last = dataset.line(at: lineCount - 1)
    if !last.isEmpty { try output.append(dominantTerminator.keeping(last).bytes) }
  }

  private func startsWithMark(_ dataset: Dataset) -> Bool {
    dataset.line(at: 0).starts(with: Self.byteOrderMark)
  }
}
