/// The class ids of a dataset: which number stands for which label.
///
/// Ids never move: an id once given keeps its label, and a label its id.
public struct ClassIDs: Hashable, Sendable {
  private var idsByName: [String: Int] = [:]
  private var namesByID: [Int: String] = [:]
  private var highest = -1

  /// Gives labels ids from 0 in the order given; a repeated name counts once.
  public init(names: [String] = []) {
    for name in names { add(name) }
  }

  /// The id of a label.
  public func id(for name: String) -> Int? { idsByName[name] }

  /// The label of an id.
  public func name(for id: Int) -> String? { namesByID[id] }

  /// The labels in the order of their ids.
  ///
  /// - Complexity: O(*n* log *n*).
  public var names: [String] { namesByID.sorted { $0.key < $1.key }.map(\.value) }

  /// The id that the next new label gets: one more than the highest given.
  public var nextID: Int { highest &+ 1 < 0 ? firstGap : highest + 1 }

  /// Gives a label an id, the one it has or the next.
  @discardableResult
  public mutating func add(_ name: String) -> Int {
    if let id = idsByName[name] { return id }
    let id = nextID
    give(name, id)
    return id
  }

  /// Notes an id that a line's class map gives a label.
  ///
  /// Lines may disagree; the first one heard holds.
  ///
  /// - Returns: Whether the label has that id now.
  @discardableResult
  public mutating func note(_ name: String, id: Int) -> Bool {
    if idsByName[name] == id { return true }
    guard idsByName[name] == nil, namesByID[id] == nil else { return false }
    give(name, id)
    return true
  }

  private mutating func give(_ name: String, _ id: Int) {
    idsByName[name] = id
    namesByID[id] = name
    highest = max(highest, id)
  }

  /// The lowest id not given, for a file that used up the highest.
  private var firstGap: Int { (0...).first { namesByID[$0] == nil } ?? 0 }
}
