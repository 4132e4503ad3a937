import GroundTruth

/// What AWS found wrong with lines, joined to the lines of a manifest.
struct ServiceReport {
  /// A finding and where it is.
  struct Item: Hashable {
    let finding: ServiceFinding
    let sourceRef: String
    /// The line in the manifest, from 1; nil if the manifest has none of that image.
    let line: Int?
  }

  let items: [Item]

  /// Reads the findings of entries.
  ///
  /// - Parameters:
  ///   - entries: Lines as AWS gives them.
  ///   - numbers: The numbers of a manifest's lines by their images' URIs.
  init(_ entries: [[UInt8]], numbers: [String: Int]) {
    items = entries.flatMap { entry -> [Item] in
      let findings = ServiceFinding.all(on: entry)
      guard !findings.isEmpty else { return [] }
      let name = ServiceLine.sourceRef(of: entry) ?? ""
      return findings.map { Item(finding: $0, sourceRef: name, line: numbers[name]) }
    }
  }

  /// How many of them are errors.
  var errorCount: Int { items.count { !$0.finding.isWarning } }

  /// A line for each code, the most frequent first.
  var lines: [String] {
    var groups: [(code: String, items: [Item])] = []
    for item in items {
      if let place = groups.firstIndex(where: { $0.code == item.finding.code }) {
        groups[place].items.append(item)
      } else {
        groups.append((item.finding.code, [item]))
      }
    }
    let order = groups.indices.sorted {
      (-groups[$0].items.count, $0) < (-groups[$1].items.count, $1)
    }
    return order.map { place in
      let (code, items) = groups[place]
      let advice = Finding.Code(rawValue: code).map { " → \($0.advice)" } ?? ""
      return "AWS says \(code): \(items[0].finding.message) \(Self.places(of: items))\(advice)"
    }
  }

  private static func places(of items: [Item]) -> String {
    var seen: Set<String> = []
    let names = items.filter { seen.insert($0.sourceRef).inserted }.map { item in
      item.line.map { "line \($0)" } ?? item.sourceRef
    }
    let more = names.count > 5 ? " and \(names.count - 5) more" : ""
    return "(\(names.prefix(5).joined(separator: ", "))\(more))"
  }
}
