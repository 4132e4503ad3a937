extension Bitmap {
  /// The bitmap turned and mirrored so that stored pixels are seen upright.
  ///
  /// - Complexity: O(pixels).
  public func upright(from orientation: Orientation) -> Bitmap {
    guard orientation != .upright, size.area > 0 else { return self }
    let stored = size
    let result = orientation.applied(to: size)
    // Along an upright row the stored index moves by a constant step.
    func storedIndex(_ column: Int, _ row: Int) -> Int {
      let place = orientation.stored(
        Region(left: column, top: row, width: 1, height: 1), ofStored: stored)
      return place.top * stored.width + place.left
    }
    let step = result.width > 1 ? storedIndex(1, 0) - storedIndex(0, 0) : 0
    let pixels = [UInt8](unsafeUninitializedCapacity: channels.count) { target, count in
      let output = UnsafeMutableRawBufferPointer(target)
      channels.withUnsafeBytes { input in
        var written = 0
        for row in 0..<result.height {
          var read = storedIndex(0, row)
          for _ in 0..<result.width {
            let pixel = input.loadUnaligned(fromByteOffset: 4 * read, as: UInt32.self)
            output.storeBytes(of: pixel, toByteOffset: written, as: UInt32.self)
            written += 4
            read += step
          }
        }
      }
      count = channels.count
    }
    return Bitmap(size: result, channels: pixels, hasAlpha: hasAlpha)
  }
}
