extension MaskTable {
  /// The mask that does best with one colour given, and the other colour that is best with it.
  ///
  /// - Parameters:
  ///   - ink: The colour, less the cell's mean.
  ///   - isInner: Whether it is the foreground of the mask.
  ///   - sums: The cell.
  /// - Returns: The mask and the other colour, less the mean; `nil` if there are no masks.
  func bestPartner(
    of ink: SIMD4<Float>, _ isInner: Bool, _ sums: CellSums
  ) -> (mask: Int, other: SIMD4<Float>)? {
    // The complement of a mask has −S for S, and the squares exchanged.
    let sign: Float = isInner ? -1 : 1
    let own = isInner ? inner : outer
    let rest = isInner ? outer : inner
    let square = ink.squaredLength
    let mask = least { vector in
      let (red, green, blue) = (
        sums.red[vector] * sign, sums.green[vector] * sign, sums.blue[vector] * sign
      )
      let dot = red * ink.x + green * ink.y + blue * ink.z
      let x = red - mixed[vector] * ink.x
      let y = green - mixed[vector] * ink.y
      let z = blue - mixed[vector] * ink.z
      return own[vector] * square + 2 * dot - (x * x + y * y + z * z) / rest[vector]
    }
    guard let mask else { return nil }
    let (vector, lane) = (mask >> 3, mask & 7)
    let other = (sums.sum(mask) * sign - ink * mixed[vector][lane]) / rest[vector][lane]
    return (mask, other)
  }

  /// The mask that does best with two colours given, less the cell's mean; `nil` if there are none.
  func bestMask(
    for foreground: SIMD4<Float>, _ background: SIMD4<Float>, _ sums: CellSums
  ) -> Int? {
    let difference = background - foreground
    let square = foreground.squaredLength
    let product = 2 * foreground.dot(background)
    let otherSquare = background.squaredLength
    return least { vector in
      let dot =
        sums.red[vector] * difference.x + sums.green[vector] * difference.y
        + sums.blue[vector] * difference.z
      return 2 * dot + inner[vector] * square + mixed[vector] * product
        + outer[vector] * otherSquare
    }
  }

  /// The mask of the least value.
  @inline(__always)
  private func least(_ value: (Int) -> Vector) -> Int? {
    var least = Vector(repeating: .infinity)
    var places = SIMD8<Int32>(repeating: 0)
    for vector in 0..<vectorCount {
      let values = value(vector)
      let isLess = values .< least
      least.replace(with: values, where: isLess)
      places.replace(with: SIMD8(repeating: Int32(vector)), where: isLess)
    }
    let minimum = least.min()
    guard let lane = (0..<8).first(where: { least[$0] == minimum }) else { return nil }
    let mask = Int(places[lane]) * 8 + lane
    return mask < count ? mask : nil
  }
}
