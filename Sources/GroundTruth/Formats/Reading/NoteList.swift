/// Notes about a dataset being read: of each kind the first few with their place, and how many more.
struct NoteList {
  /// How many of a kind are told one by one.
  private static let shown = 3
  /// How many kinds are told at all, as hostile files could make any number.
  private static let kindLimit = 100

  private var kinds: [String] = []
  private var places: [String: (first: [String], count: Int)] = [:]

  /// The notes, in the order in which their kinds came.
  var sentences: [String] {
    kinds.flatMap { kind -> [String] in
      guard let (first, count) = places[kind] else { return [] }
      let told = first.map { $0.isEmpty ? kind : "\($0): \(kind)" }
      return count > first.count ? told + ["\(count - first.count) more: \(kind)"] : told
    }
  }

  /// Adds a note on a place, as `path` or `path:line`, which is only asked for if it is told.
  mutating func add(_ kind: String, at place: @autoclosure () -> String) {
    if places[kind] == nil {
      guard kinds.count < Self.kindLimit else { return }
      kinds.append(kind)
    }
    var (first, count) = places[kind] ?? ([], 0)
    if first.count < Self.shown { first.append(place()) }
    count += 1
    places[kind] = (first, count)
  }

  /// Adds a note on a file and its line, or on the whole dataset if there is no path.
  mutating func add(_ kind: String, path: String = "", line: Int? = nil) {
    add(kind, at: path + (line.map { ":\($0)" } ?? ""))
  }

  /// Notes what is odd about a box, which keeps its own numbers.
  mutating func addOddities(
    of box: EdgeBox, in size: ImageSize?, at place: @autoclosure () -> String
  ) {
    if !box.hasArea { add("The box has no area; it's kept as it is.", at: place()) }
    if let size, !box.fits(size) {
      add("The box reaches beyond the image; it's kept as it is.", at: place())
    }
  }

  /// Notes what is odd about the boxes of an image, which keep their own numbers.
  mutating func addOddities(of image: LabeledImage, at place: @autoclosure () -> String) {
    for box in image.boxes { addOddities(of: EdgeBox(box), in: image.size, at: place()) }
  }
}
