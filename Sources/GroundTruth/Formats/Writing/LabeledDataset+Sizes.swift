extension LabeledDataset {
  /// Makes sure that each image with boxes has a size.
  ///
  /// - Throws: `FormatError` with the first that has none.
  func requireSizes(for purpose: String) throws(FormatError) {
    let sizeless = images.first { image in
      !image.boxes.isEmpty && !(image.size.map { $0.width > 0 && $0.height > 0 } ?? false)
    }
    guard let sizeless else { return }
    throw FormatError(
      path: sizeless.name,
      message: "\(purpose) need the image's size, which is not known; say where the images lie "
        + "with --images DIR")
  }
}
