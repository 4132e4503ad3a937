extension Bitmap {
  /// The pixels of a part.
  ///
  /// - Precondition: The part lies within the bitmap.
  /// - Complexity: O(pixels of the part).
  public func cropped(to part: Region) -> Bitmap {
    precondition(Region(size).contains(part), "the part reaches beyond the bitmap")
    let pixels = [UInt8](unsafeUninitializedCapacity: 4 * part.size.area) { target, count in
      channels.withUnsafeBytes { source in
        for row in 0..<part.height {
          let start = 4 * ((part.top + row) * size.width + part.left)
          UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(target)[
              4 * row * part.width..<4 * (row + 1) * part.width]
          ).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: source[start..<start + 4 * part.width]))
        }
      }
      count = 4 * part.size.area
    }
    return Bitmap(size: part.size, channels: pixels, hasAlpha: hasAlpha)
  }

  /// Puts another bitmap's pixels in the place of these, from a column and a row on.
  ///
  /// - Precondition: The other bitmap lies within this one there.
  /// - Complexity: O(pixels of the other).
  public mutating func replace(left: Int, top: Int, with other: Bitmap) {
    let part = Region(left: left, top: top, width: other.size.width, height: other.size.height)
    precondition(Region(size).contains(part), "the bitmap reaches beyond the other")
    hasAlpha = hasAlpha || other.hasAlpha
    let width = size.width
    channels.withUnsafeMutableBytes { target in
      other.channels.withUnsafeBytes { source in
        let length = 4 * part.width
        for row in 0..<part.height {
          let start = 4 * ((top + row) * width + left)
          UnsafeMutableRawBufferPointer(rebasing: target[start..<start + length]).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: source[row * length..<(row + 1) * length]))
        }
      }
    }
  }
}
