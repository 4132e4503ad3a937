/// What a fit needs to know of a cell's samples: their mean, how far they spread, and for each mask
/// the sum `S` of `MaskTable`.
struct CellSums {
  typealias Vector = MaskTable.Vector

  /// The mean colour.
  let mean: SIMD4<Float>
  /// Σv² over the cell's sub-cells.
  let energy: Float
  /// The red lane of each mask's sum; green and blue follow likewise.
  let red: UnsafeMutableBufferPointer<Vector>
  let green: UnsafeMutableBufferPointer<Vector>
  let blue: UnsafeMutableBufferPointer<Vector>

  /// The sum of one mask.
  @inline(__always)
  func sum(_ mask: Int) -> SIMD4<Float> {
    let (vector, lane) = (mask >> 3, mask & 7)
    return SIMD4(red[vector][lane], green[vector][lane], blue[vector][lane], 0)
  }

  /// Whether the cell is so even that rounding the colours would eat what a glyph gains.
  var isFlat: Bool { energy < Self.flatness }

  /// A quarter of a level in each sub-cell, squared.
  static let flatness = 0.25 * subcells
  /// The sub-cells of a cell.
  static let subcells = Float(Coverage.columns * Coverage.rows)
}

extension MaskTable {
  /// Calls a function with the sums of a cell's samples, which become differences to their mean.
  ///
  /// The sums of a flat cell are left unset.
  ///
  /// - Complexity: O(samples × masks).
  @inline(__always)
  func withSums<Result>(of samples: CellFit.Samples, _ body: (CellSums) -> Result) -> Result {
    let (mean, energy) = Self.center(samples)
    return withUnsafeTemporaryAllocation(of: Vector.self, capacity: 3 * vectorCount) { vectors in
      func channel(_ number: Int) -> UnsafeMutableBufferPointer<Vector> {
        UnsafeMutableBufferPointer(
          rebasing: vectors[number * vectorCount..<(number + 1) * vectorCount])
      }
      let sums = CellSums(
        mean: mean, energy: energy, red: channel(0), green: channel(1), blue: channel(2))
      if !sums.isFlat { add(samples, to: sums) }
      return body(sums)
    }
  }

  private static func center(_ samples: CellFit.Samples) -> (SIMD4<Float>, Float) {
    var sum = SIMD4<Float>.zero
    for sample in samples { sum += sample }
    let mean = sum / Float(samples.count)
    var squares = SIMD4<Float>.zero
    for index in samples.indices {
      let difference = samples[index] - mean
      samples[index] = difference
      squares += difference * difference
    }
    let scale = Float(Coverage.columns * Coverage.rows) / Float(samples.count)
    return (mean, squares.dot(SIMD4(repeating: scale)))
  }

  private func add(_ samples: CellFit.Samples, to sums: CellSums) {
    weights.withUnsafeBufferPointer { weights in
      for vector in 0..<vectorCount {
        var (red, green, blue) = (Vector.zero, Vector.zero, Vector.zero)
        let start = vector * samples.count
        for index in 0..<samples.count {
          let weight = weights[start + index]
          let sample = samples[index]
          red += weight * sample.x
          green += weight * sample.y
          blue += weight * sample.z
        }
        sums.red[vector] = red
        sums.green[vector] = green
        sums.blue[vector] = blue
      }
    }
  }
}
