/// Which id each label has on one line, and which ids are used there.
///
/// A label keeps the id the line gives it, else takes the dataset's if the line doesn't use that
/// for another, else the next that neither uses.
struct LineClassIDs {
  /// The labels asked for and not in the line's class map, with their ids, in order.
  private(set) var used: [(id: Int, label: String)] = []
  private var labelsByID: [Int: String]
  private var mapped: Set<Int>
  private let dataset: ClassIDs

  /// Starts from the line's class map and from the ids that it uses without naming them.
  init(classMap: [Int: String] = [:], unnamed: Set<Int> = [], dataset: ClassIDs) {
    labelsByID = classMap
    mapped = Set(classMap.keys)
    for id in unnamed where classMap[id] == nil { labelsByID[id] = String(id) }
    self.dataset = dataset
  }

  /// The id of a label on this line.
  ///
  /// - Complexity: O(*n*) in the line's classes.
  mutating func id(for label: String) -> Int {
    let id = found(label) ?? free(for: label)
    use(id, label)
    return id
  }

  /// Notes that an id stays in use, so that the class map comes to name it.
  mutating func use(_ id: Int, _ label: String) {
    labelsByID[id] = label
    if mapped.insert(id).inserted { used.append((id, label)) }
  }

  private func found(_ label: String) -> Int? {
    labelsByID.filter { $0.value == label }.keys.min()
  }

  private func free(for label: String) -> Int {
    if let id = dataset.id(for: label), labelsByID[id] == nil { return id }
    let next = max(dataset.nextID, (labelsByID.keys.max() ?? -1) &+ 1)
    if labelsByID[next] == nil, dataset.name(for: next) == nil { return next }
    // The file used up the highest id there is: take a gap.
    return (0...).first { labelsByID[$0] == nil && dataset.name(for: $0) == nil } ?? 0
  }
}
