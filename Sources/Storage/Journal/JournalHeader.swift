/// The first line of a journal: what its records build on.
struct JournalHeader: Hashable, Sendable {
  /// The version of the format that this program writes, and the only one it reads.
  static let currentVersion = 1

  /// The manifest's contents before the first record.
  let manifest: Fingerprint
  /// The number of the first record.
  let first: Int
  /// Who wrote it.
  let program: String
  let moment: Timestamp

  var json: JSONValue {
    .object([
      "journal": .string("reticle"), "version": .number(Self.currentVersion),
      "manifest": Self.json(manifest), "size": .number(manifest.byteCount),
      "first": .number(first), "program": .string(program), "date": .string(moment.description),
      "at": .number(moment.seconds),
    ])
  }

  /// The hash, or "absent" where there was nothing.
  static func json(_ fingerprint: Fingerprint) -> JSONValue {
    .string(fingerprint == .absent ? "absent" : fingerprint.description)
  }
}

extension JournalHeader {
  /// Reads a header of the current version.
  init?(json: JSONValue) {
    guard let manifest = Fingerprint(json: json), let first = json["first"]?.integer,
      let program = json["program"]?.string, let seconds = json["at"]?.integer,
      (1..<1 << 53).contains(first)
    else { return nil }
    self.init(
      manifest: manifest, first: first, program: program, moment: Timestamp(seconds: seconds))
  }
}

extension Fingerprint {
  /// Reads the members `manifest` and `size`.
  init?(json: JSONValue) {
    guard let name = json["manifest"]?.string, let size = json["size"]?.integer else {
      return nil
    }
    if name == "absent" {
      self = .absent
    } else {
      guard name.utf8.count == 16, let hash = UInt64(name, radix: 16) else { return nil }
      self.init(hash: hash, byteCount: size)
    }
  }
}

/// Says in a journal that the manifest with the records so far is about to take its place.
struct JournalCheckpoint: Hashable, Sendable {
  /// The number of the last record in it.
  let last: Int
  let manifest: Fingerprint

  var json: JSONValue {
    .object([
      "saved": .number(last), "manifest": JournalHeader.json(manifest),
      "size": .number(manifest.byteCount),
    ])
  }

  init(last: Int, manifest: Fingerprint) {
    self.last = last
    self.manifest = manifest
  }

  init?(json: JSONValue) {
    guard let last = json["saved"]?.integer, last >= 0,
      let manifest = Fingerprint(json: json)
    else {
      return nil
    }
    self.init(last: last, manifest: manifest)
  }
}
