/// The labels and class maps of the lines counted so far, found again by their bytes.
struct NameTable {
  /// The labels of a class map by their ids, ascending.
  typealias ClassMap = [(id: Int, label: Int)]

  /// The labels in the order in which they were met.
  private(set) var labels: [String] = []
  /// What class maps say, each once, in the order in which it was met.
  private(set) var classes: [Survey.Part.Class] = []

  private var labelsByName: [String: Int] = [:]
  private var labelsBySpelling = ByteTable()
  private var labelsByUnnamedID: [Int: Int] = [:]
  private var knownClasses: Set<Survey.Part.Class> = []
  private var classMaps: [ClassMap] = []
  private var classMapsByText = ByteTable()

  /// How many bytes the class maps at hand have.
  var classMapBytes: Int { classMapsByText.byteCount }

  /// Forgets the class maps, not what they said: their numbers mean nothing any more.
  mutating func forgetClassMaps() {
    classMapsByText = ByteTable()
    classMaps = []
  }

  /// The number of a label.
  mutating func label(named name: String) -> Int {
    if let label = labelsByName[name] { return label }
    labelsByName[name] = labels.count
    labels.append(name)
    return labels.count - 1
  }

  /// The number of a label that stands as a string, quotes included.
  mutating func label(spelled range: Range<Int>, _ bytes: Span<UInt8>) -> Int {
    if let label = labelsBySpelling.value(of: bytes, range) { return label }
    let label = label(named: JSONText.decode(bytes, range))
    labelsBySpelling.insert(label, for: bytes, range)
    return label
  }

  /// The number of the label of a class id, by a class map if there is one.
  ///
  /// An id that the map doesn't name is its own label.
  mutating func label(of id: Int, map: Int?) -> Int {
    if let map, let label = Self.label(of: id, in: classMaps[map]) { return label }
    if let label = labelsByUnnamedID[id] { return label }
    let label = label(named: String(id))
    labelsByUnnamedID[id] = label
    return label
  }

  private static func label(of id: Int, in map: ClassMap) -> Int? {
    var (low, high) = (0, map.count)
    while low < high {
      let middle = (low + high) / 2
      if map[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < map.count && map[low].id == id ? map[low].label : nil
  }

  /// Notes that a class map gives a label an id.
  mutating func noteClass(_ label: Int, id: Int) {
    let found = Survey.Part.Class(label: label, id: id)
    if knownClasses.insert(found).inserted { classes.append(found) }
  }

  // MARK: Class maps

  /// The number of a class map met before.
  func classMap(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    classMapsByText.value(of: bytes, range)
  }

  /// Reads a class map not met before: a checked object of strings.
  ///
  /// A name that isn't a plain whole number names no class; of one given twice the last counts.
  mutating func addClassMap(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var spellings: [Int: Range<Int>] = [:]
    var at = range.lowerBound
    while let (key, value) = JSONWalk.nextMember(bytes, &at) {
      if let id = Int(canonical: JSONText.decode(bytes, key)) { spellings[id] = value }
    }
    var map: ClassMap = []
    for (id, spelling) in spellings.sorted(by: { $0.key < $1.key }) {
      map.append((id, label(spelled: spelling, bytes)))
    }
    for (id, label) in map { noteClass(label, id: id) }
    classMaps.append(map)
    classMapsByText.insert(classMaps.count - 1, for: bytes, range)
    return classMaps.count - 1
  }

  /// Whether a checked object names classes by strings alone.
  static func isClassMap(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while let (_, value) = JSONWalk.nextMember(bytes, &at) {
      if bytes[value.lowerBound] != UInt8(ascii: "\"") { return false }
    }
    return true
  }
}
