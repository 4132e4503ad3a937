/// Notes being gathered: of each kind the first few with their place, and how many more.
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

  /// Adds a note on a place, the whole dataset if there is no path.
  mutating func add(_ kind: String, path: String = "", line: Int? = nil) {
    if places[kind] == nil {
      guard kinds.count < Self.kindLimit else { return }
      kinds.append(kind)
    }
    let place = path + (line.map { ":\($0)" } ?? "")
    var (first, count) = places[kind] ?? ([], 0)
    if first.count < Self.shown { first.append(place) }
    count += 1
    places[kind] = (first, count)
  }
}
