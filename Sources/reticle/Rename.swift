import ArgumentParser
import Cells
import GroundTruth
import Storage

/// `reticle rename`: other names for labels, everywhere in a manifest.
struct Rename: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: "Rename labels everywhere in a manifest, or merge them.",
    discussion: """
      Changes class maps, class names and our own attributes image-label_<label>, in truth and \
      predictions. Ids don't move. In place it is one edit, which u in 'reticle label' takes \
      back. All renames happen at once, so labels may swap names. A label with = in it: \\= .

      EXAMPLES
        reticle rename train.manifest 'red cell=RBC' --dry-run
        reticle rename train.manifest lorry=truck --merge
        reticle rename train.manifest a=b b=a -o swapped.manifest
      """)

  @Argument(help: "A manifest, or - for standard input.", completion: .file())
  var manifest: String

  @Argument(help: "Old and new name, as OLD=NEW.")
  var names: [String]

  @Flag(help: "Let a label take the name of another: the two become one.")
  var merge = false

  @Option(
    name: .shortAndLong,
    help: "The manifest to write instead of changing the one given; - for standard output.",
    completion: .file())
  var output: String?

  @Flag(help: "Print what would be done, and write nothing.")
  var dryRun = false

  @Flag(help: "Replace an output that is there already.")
  var force = false

  func validate() throws {
    if names.isEmpty { throw ValidationError("name the labels, as OLD=NEW") }
    if let bad = names.first(where: { RenamePair($0) == nil }) {
      throw ValidationError("\(bad): write OLD=NEW")
    }
    if manifest == "-", output == nil, !dryRun {
      throw ValidationError("standard input can't be changed in place: add -o")
    }
  }

  func run() throws {
    let pairs = names.compactMap { RenamePair($0) }.map { (old: $0.old, new: $0.new) }
    if dryRun || output != nil {
      try writeElsewhere(pairs)
    } else {
      try changeInPlace(pairs)
    }
  }

  private func writeElsewhere(_ pairs: [(old: String, new: String)]) throws {
    let input = try ManifestInput(manifest)
    let output = try dryRun ? nil : output.map { try ManifestOutput($0, isForced: force) }
    let renaming = try renaming(pairs, in: input.dataset)
    let lines = RenamedLines(renaming, of: input.dataset)
    if let output {
      try output.write(lines, like: input.dataset)
      for line in report(lines.tally.counts, pairs) { Failure.say(line) }
    } else {
      for _ in lines {}
      let text = report(lines.tally.counts, pairs) + ["nothing was written"]
      try StandardOutput.write(Array((text.joined(separator: "\n") + "\n").utf8))
    }
  }

  private func changeInPlace(_ pairs: [(old: String, new: String)]) throws {
    guard FileKind.of(manifest) != .missing else {
      throw Failure.saying("\(manifest): there is no such manifest", Failure.noInput)
    }
    do {
      let opened = try ManifestStore.open(
        manifest, access: .write, program: "reticle \(Reticle.version)")
      defer { opened.store.close() }
      var dataset = opened.dataset
      let (edit, counts) = try renaming(pairs, in: dataset).edit(of: dataset)
      try dataset.perform(.edit(edit))
      try opened.store.record([.edit(edit)])
      let problem = try opened.store.save(dataset)
      keepLabels(pairs, of: opened.store.path)
      for line in report(counts, pairs) { Failure.say(line) }
      if let problem {
        Failure.say("undo will not reach back beyond now: \(problem)")
      }
    } catch let error as StorageError {
      throw Failure.saying(error.description, error.exitCode)
    } catch let error as EditError {
      throw Failure.saying("\(manifest): is not as expected (\(error)); try again", Failure.data)
    }
  }

  private func renaming(
    _ pairs: [(old: String, new: String)], in dataset: Dataset
  ) throws -> LabelRenaming {
    do throws(LabelRenamingError) {
      return try LabelRenaming(pairs, in: dataset, canMerge: merge)
    } catch {
      let wayOut = if case .labelExists = error { " (--merge makes them one)" } else { "" }
      throw Failure.saying("\(manifest): \(error)\(wayOut)", Failure.data)
    }
  }

  /// The labels that are remembered for the manifest's digits get their new names too.
  private func keepLabels(_ pairs: [(old: String, new: String)], of path: String) {
    guard let folder = StateFolder.standard else { return }
    var state = folder.state(of: path)
    let news = Dictionary(pairs.map { ($0.old, $0.new) }) { $1 }
    var labels: [String] = []
    for label in state.labels.map({ news[$0] ?? $0 }) where !labels.contains(label) {
      labels.append(label)
    }
    guard labels != state.labels else { return }
    state.labels = labels
    folder.keep(state, of: path)
  }

  private func report(
    _ counts: [String: LabelRenaming.Count], _ pairs: [(old: String, new: String)]
  ) -> [String] {
    pairs.map { old, new in
      let count = counts[old]
      return PrintableText.escaping(
        "“\(old)” to “\(new)”: \(count?.boxCount ?? 0) boxes, \(count?.imageLevelCount ?? 0) "
          + "image-level labels, on \(count?.lineCount ?? 0) lines")
    }
  }
}

/// A word `OLD=NEW`; `\=` is an equals sign in a label, `\\` a backslash.
struct RenamePair {
  let old: String
  let new: String

  init?(_ text: String) {
    var parts = [""]
    var isEscaped = false
    for character in text {
      if isEscaped || (character != "\\" && character != "=") {
        if isEscaped, character != "\\", character != "=" { parts[parts.count - 1] += "\\" }
        parts[parts.count - 1].append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        parts.append("")
      }
    }
    if isEscaped { parts[parts.count - 1] += "\\" }
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    (old, new) = (parts[0], parts[1])
  }
}

/// The lines of a manifest as they are renamed, counted on the way.
private struct RenamedLines: Sequence, IteratorProtocol {
  /// What was counted so far; shared by the copies that a sequence makes of itself.
  final class Tally {
    var counts: [String: LabelRenaming.Count] = [:]
  }

  private let renaming: LabelRenaming
  private let dataset: Dataset
  private var index = 0
  let tally = Tally()

  init(_ renaming: LabelRenaming, of dataset: Dataset) {
    self.renaming = renaming
    self.dataset = dataset
  }

  mutating func next() -> ManifestLine? {
    guard index < dataset.count else { return nil }
    defer { index += 1 }
    let line = dataset.line(at: index)
    return dataset.manifestLine(
      at: index, replacedBy: renaming.renamed(line, counting: &tally.counts))
  }
}
