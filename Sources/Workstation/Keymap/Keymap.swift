public import Cells

/// Which keys are live: the same key may mean something else while a box is drawn.
public enum KeyContext: String, CaseIterable, Sendable {
  /// The image is shown and nothing is under way.
  case image
  /// A box is being drawn or edited.
  case draw
  /// The cursor is in a list: image-level labels, help, info.
  case list
  /// The evaluation screen.
  case evaluation
  /// The contact sheet.
  case sheet
  /// The models' screen.
  case models
}

/// What each key does, by context.
public struct Keymap: Hashable, Sendable {
  /// A key, or keys pressed one after the other, and what they do.
  public struct Binding: Hashable, Sendable {
    /// The keys.
    public let keys: [Key]
    /// What they do.
    public let command: Command

    /// Creates a binding.
    public init(keys: [Key], command: Command) {
      self.keys = keys
      self.command = command
    }
  }

  /// What a sequence of keys means so far.
  public enum Meaning: Hashable, Sendable {
    /// A whole binding.
    case command(Command)
    /// The start of a longer one.
    case prefix
    /// Nothing.
    case none
  }

  /// Two bindings that cannot both be reached.
  public struct Clash: Error, Hashable, Sendable {
    /// Where.
    public let context: KeyContext
    /// The keys of the one.
    public let keys: [Key]
    /// What the one does.
    public let command: Command
    /// The keys of the other: the same, or the start of the first.
    public let otherKeys: [Key]
    /// What the other does.
    public let otherCommand: Command

    /// What clashes, and the way out.
    public var message: String {
      "in [\(context.rawValue)] \(KeyNotation.text(keys)) is \(command.rawValue), but "
        + "\(KeyNotation.text(otherKeys)) is \(otherCommand.rawValue) already; "
        + "give one of them another key"
    }
  }

  /// The bindings of each context, in the order of the help.
  public private(set) var bindings: [KeyContext: [Binding]]
  private var index: [KeyContext: [[Key]: Command]] = [:]
  private var prefixes: [KeyContext: Set<[Key]>] = [:]

  /// A keymap without bindings.
  public init() {
    bindings = [:]
  }

  /// Creates a keymap and checks that every binding can be reached.
  ///
  /// - Throws: `Clash` if two bindings of a context are the same keys, or one starts another.
  public init(_ bindings: [KeyContext: [Binding]]) throws(Clash) {
    self.bindings = bindings
    for context in KeyContext.allCases {
      for binding in bindings[context] ?? [] { try add(binding, in: context) }
    }
  }

  /// What keys pressed one after the other mean in a context.
  public func meaning(of keys: [Key], in context: KeyContext) -> Meaning {
    if let command = index[context]?[keys] { return .command(command) }
    return prefixes[context]?.contains(keys) == true ? .prefix : .none
  }

  /// The keys for a command in a context, in the order of the help.
  public func keys(for command: Command, in context: KeyContext) -> [[Key]] {
    (bindings[context] ?? []).filter { $0.command == command }.map(\.keys)
  }

  /// The keymap with a person's own bindings, which win over those here.
  ///
  /// A command bound anew keeps its other keys; a key bound anew loses its old meaning, and so
  /// does a longer binding that it starts.
  ///
  /// - Throws: `Clash` if the new bindings clash with each other or cut off one that stays.
  public func overridden(by own: [KeyContext: [Binding]]) throws(Clash) -> Keymap {
    var merged = bindings
    for (context, additions) in own {
      let taken = Set(additions.map(\.keys))
      merged[context] = (bindings[context] ?? []).filter { !taken.contains($0.keys) } + additions
    }
    return try Keymap(merged)
  }

  private mutating func add(_ binding: Binding, in context: KeyContext) throws(Clash) {
    let taken = index[context] ?? [:]
    func clash(_ keys: [Key], _ other: Command) -> Clash {
      Clash(
        context: context, keys: binding.keys, command: binding.command, otherKeys: keys,
        otherCommand: other)
    }
    if let other = taken[binding.keys] { throw clash(binding.keys, other) }
    for length in 1..<max(1, binding.keys.count) {
      let start = Array(binding.keys.prefix(length))
      if let other = taken[start] { throw clash(start, other) }
      prefixes[context, default: []].insert(start)
    }
    if prefixes[context]?.contains(binding.keys) == true,
      let longer = taken.first(where: { $0.key.starts(with: binding.keys) })
    {
      throw clash(longer.key, longer.value)
    }
    index[context, default: [:]][binding.keys] = binding.command
  }
}
