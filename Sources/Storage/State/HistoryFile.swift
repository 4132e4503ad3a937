import Glibc
import GroundTruth

/// The undo history of a manifest as it was last saved, in the state folder.
///
/// There is one file for each content, so that the history of the manifest before a save stands
/// until the new manifest is in its place.
struct HistoryFile {
  let folder: StateFolder
  /// The real path of the manifest.
  let manifest: String
  var operations = FileOperations.system

  /// The history that led to a content; nil if it was not kept or is damaged.
  func history(of content: Fingerprint) -> History? {
    guard let bytes = try? OpenFile.contents(of: path(for: content)) else { return nil }
    let lines = bytes.split(separator: 0x0A).map(ChecksummedLine.decode)
    guard let head = lines.first ?? nil, head["history"]?.string == "reticle",
      head["version"]?.integer == 1, head["path"]?.string == manifest,
      Fingerprint(json: head) == content, head["edits"]?.integer == lines.count - 1,
      let position = head["position"]?.integer
    else { return nil }
    let edits = lines.dropFirst().compactMap { $0.flatMap(Edit.init(json:)) }
    guard edits.count == lines.count - 1 else { return nil }
    return History(edits: edits, position: position)
  }

  /// Keeps the history that led to a content.
  func keep(_ history: History, of content: Fingerprint) throws(StorageError) {
    try Folders.make(folder.path)
    let head = JSONValue.object([
      "history": .string("reticle"), "version": .number(1), "path": .string(manifest),
      "manifest": JournalHeader.json(content), "size": .number(content.byteCount),
      "edits": .number(history.edits.count), "position": .number(history.position),
    ])
    // Only the holder of the manifest's lock comes here, so what has this name is a crash's.
    let temporary = Replacement.fixedName(beside: "\(folder.path)/\(folder.key(of: manifest))")
    try? operations.remove(temporary)
    try Replacement(
      of: path(for: content), temporary: temporary, mode: 0o600, operations: operations
    ) { (output) throws(StorageError) in
      try output.append(ChecksummedLine.encode(head))
      for edit in history.edits { try output.append(ChecksummedLine.encode(edit.json)) }
    }.commit()
  }

  /// Removes what was kept for other contents.
  func removeOthers(than content: Fingerprint) {
    let kept = RealPath.name(of: path(for: content))
    let prefix = folder.key(of: manifest) + "-"
    for entry in (try? FolderEntry.list(folder.path)) ?? [] {
      guard let name = entry.name, name.hasPrefix(prefix), name.hasSuffix(".history"), name != kept
      else { continue }
      try? operations.remove("\(folder.path)/\(name)")
    }
  }

  private func path(for content: Fingerprint) -> String {
    "\(folder.path)/\(folder.key(of: manifest))-\(content).history"
  }
}
