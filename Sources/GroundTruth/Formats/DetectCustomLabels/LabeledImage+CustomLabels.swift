extension LabeledImage {
  /// What the image has as a model's labels: those of the whole image, then its boxes as ratios.
  ///
  /// Boxes of an image without a size have no place, and are left out.
  var customLabels: [CustomLabel] {
    imageLabels.map { CustomLabel(name: $0.label, confidence: $0.confidence) }
      + boxes.compactMap { box in
        guard let size else { return nil }
        let (width, height) = (Double(size.width), Double(size.height))
        return CustomLabel(
          name: box.label, confidence: box.confidence,
          place: .init(
            left: box.left / width, top: box.top / height, width: box.width / width,
            height: box.height / height))
      }
  }
}
