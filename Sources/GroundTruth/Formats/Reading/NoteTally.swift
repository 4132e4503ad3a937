/// Notes about a dataset being read: each kind once, with how often and where first.
struct NoteTally {
  private var order: [String] = []
  private var counts: [String: (count: Int, first: String)] = [:]

  /// Notes that something was met at a place, as `path` or `path:line`.
  mutating func add(_ what: String, at place: @autoclosure () -> String) {
    if counts[what] == nil {
      order.append(what)
      counts[what] = (1, place())
    } else {
      counts[what]?.count += 1
    }
  }

  /// The notes in the order they were first met.
  var sentences: [String] {
    order.compactMap { what in
      counts[what].map { note in
        let times = note.count == 1 ? "" : " (\(note.count) times, here first)"
        return (note.first.isEmpty ? "" : "\(note.first): ") + what + times
      }
    }
  }
}
