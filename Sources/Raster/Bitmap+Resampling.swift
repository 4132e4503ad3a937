extension Bitmap {
  /// The bitmap at another size, each pixel the mean of the area that it covers.
  ///
  /// Enlarging repeats pixels and blends only where a pixel straddles an edge.
  ///
  /// - Precondition: The new size holds at least one pixel, and so does the bitmap.
  /// - Complexity: O(source pixels + result pixels).
  public func resampled(to newSize: PixelSize) -> Bitmap {
    guard newSize != size else { return self }
    var reducer = RowReducer(
      columns: ReductionAxis(from: size.width, to: newSize.width),
      rows: ReductionAxis(from: size.height, to: newSize.height),
      hasAlpha: hasAlpha)
    let rowLength = 4 * size.width
    for row in 0..<size.height {
      reducer.append(channels.span.extracting(row * rowLength..<(row + 1) * rowLength))
    }
    return reducer.finish()
  }
}

extension PixelSize {
  /// The largest size of the same proportions within a limit, at least 1×1; never enlarged.
  public func fitted(within limit: PixelSize) -> PixelSize {
    guard width > 0, height > 0, width > limit.width || height > limit.height else { return self }
    let scale = min(
      Double(limit.width) / Double(width), Double(limit.height) / Double(height))
    return PixelSize(
      width: max(1, min(limit.width, Int((Double(width) * scale).rounded()))),
      height: max(1, min(limit.height, Int((Double(height) * scale).rounded()))))
  }
}
