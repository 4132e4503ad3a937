/// The labels of a dataset being read, each name and each number once.
struct LabelTable {
  /// The labels in the order heard.
  private(set) var labels: [LabeledDataset.Label] = []
  private var places: [String: Int] = [:]
  private var numbers: [Int: String] = [:]

  /// Starts from labels in the order of their numbers, from 0.
  init(_ names: [String] = []) {
    for name in names where places[name] == nil { add(name, id: labels.count) }
  }

  /// Notes a label, and its number if it has none and nobody else has it.
  ///
  /// - Returns: Whether the label has that number now; true if none was given.
  @discardableResult
  mutating func add(_ name: String, id: Int? = nil) -> Bool {
    if places[name] == nil {
      places[name] = labels.count
      labels.append(LabeledDataset.Label(name: name))
    }
    guard let id, let place = places[name] else { return true }
    if labels[place].id == id { return true }
    guard labels[place].id == nil, numbers[id] == nil else { return false }
    labels[place].id = id
    numbers[id] = name
    return true
  }
}
