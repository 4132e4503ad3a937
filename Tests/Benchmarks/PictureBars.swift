import Cells

/// What the pictures of a mode should reach, as means over certain photos.
struct PictureBar {
  var mode: String
  var size = CellSize(columns: 120, rows: 36)
  /// The photos, by their files' names without the suffix; other folders have no bars.
  var photos = ten
  /// Decibels, at least.
  var noise: Double
  /// Structural similarity, at least.
  var similarity: Double?
  /// CIEDE2000, at most.
  var difference: Double?
  /// Thousands of bytes, at most.
  var kilobytes: Double?

  private static let ten = [
    "astro", "bccd", "coffee", "eleph", "garden", "hubble", "r183", "r194", "r197", "storm",
  ]
  private static let five = ["bccd", "garden", "r183", "r194", "storm"]

  static let all = [
    PictureBar(
      mode: "truecolor, sextants and wedges", noise: 29.1, similarity: 0.797, difference: 2.45),
    PictureBar(mode: "truecolor, quarters and eighths", noise: 28.2),
    PictureBar(mode: "truecolor, 75 kB", noise: 28.6, kilobytes: 75),
    PictureBar(mode: "truecolor, 51 kB", noise: 27.9, kilobytes: 51),
    PictureBar(mode: "256 colours with shades", noise: 26.3, difference: 5.3),
    PictureBar(mode: "256 colours, 46 kB", noise: 23.7, kilobytes: 46),
    PictureBar(mode: "16 colours", noise: 21),
    PictureBar(mode: "no colours", noise: 16.5),
    PictureBar(
      mode: "truecolor, sextants and wedges", size: CellSize(columns: 80, rows: 24), photos: five,
      noise: 29.4),
    PictureBar(
      mode: "truecolor, sextants and wedges", size: CellSize(columns: 200, rows: 60),
      photos: five, noise: 33.4),
  ]

  /// Rows of a report, one for each figure that has a bar; none where its photos are missing.
  func measurements(of rows: [PictureFigures], photos names: [String]) -> [Measurement] {
    let places = photos.compactMap { names.firstIndex(of: $0) }
    guard places.count == photos.count,
      let row = rows.first(where: { $0.name == mode && $0.size == size })
    else { return [] }
    var result: [Measurement] = []
    func add(_ unit: String, _ values: [Double], _ bar: Double?, isFloor: Bool) {
      guard let bar else { return }
      let mean = places.reduce(0) { $0 + values[$1] } / Double(places.count)
      let what = result.isEmpty ? "\(size.columns)×\(size.rows), \(mode)" : "  the same"
      result.append(
        Measurement(
          what: what, unit: unit, samples: Samples([mean]), bar: bar, isFloor: isFloor))
    }
    add("dB", row.noise, noise, isFloor: true)
    add("SSIM", row.similarity, similarity, isFloor: true)
    add("ΔE2000", row.difference, difference, isFloor: false)
    add("kB", row.kilobytes, kilobytes, isFloor: false)
    return result
  }
}
