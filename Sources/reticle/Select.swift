import ArgumentParser
import GroundTruth
import Storage

/// `reticle select`: the lines that answer to a query.
struct Select: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "select",
    abstract: "Print the lines of a manifest that answer to a filter query.",
    discussion: """
      The query is that of / in the program: label:cat, is:unlabelled, size<32, boxes>10, \
      name:*.png; - negates, and all terms must hold. A query that begins with - stands after --. \
      Lines are written byte for byte. Lines that can't be read, and blank ones, answer to no \
      query.

      EXAMPLES
        reticle select train.manifest 'label:cat -is:verified' > cats.manifest
        reticle select train.manifest is:excluded --invert -o kept.manifest
        reticle select train.manifest 'size<32' --count
        reticle select train.manifest -- '-is:verified'
      """)

  @Argument(help: "A manifest, or - for standard input.", completion: .file())
  var manifest: String

  @Argument(help: "The filter query.")
  var query: String

  @Option(
    name: .shortAndLong, help: "The manifest to write (default: standard output).",
    completion: .file())
  var output: String?

  @Flag(help: "Print only how many lines there are.")
  var count = false

  @Flag(help: "Take all other lines instead.")
  var invert = false

  @Option(help: "The box attribute that counts (default: the manifest's truth).")
  var attribute: String?

  @Flag(help: "Replace an output that is there already.")
  var force = false

  func run() throws {
    _ = try parsedQuery()
    let answer = try perform(on: try ManifestInput(manifest).dataset)
    if count {
      try StandardOutput.write(Array("\(answer.count)\n".utf8))
    } else if output != nil, output != "-" {
      Failure.say(answer.text)
    }
  }

  /// Writes the lines that answer, unless only asked how many there are.
  ///
  /// - Returns: How many there are, and a sentence that says so.
  /// - Throws: ``Failure``, which says what is wrong.
  func perform(on dataset: Dataset) throws -> (count: Int, text: String) {
    let query = try parsedQuery()
    let output = try ManifestOutput(output ?? "-", isForced: force)
    let lines: [Int]
    do throws(QueryError) {
      lines = try query.lines(
        of: dataset, truth: attribute ?? Survey(dataset).truth, isInverted: invert)
    } catch {
      throw Failure.saying(error.message, Failure.usage)
    }
    let text = "\(lines.count) of \(dataset.count) lines"
    if count { return (lines.count, text) }
    try output.write(lines.lazy.map { dataset.manifestLine(at: $0) }, like: dataset)
    return (lines.count, "\(output.path): \(text)")
  }

  private func parsedQuery() throws -> Query {
    do throws(QueryError) {
      let query = try Query(self.query)
      try query.checkAnswerable()
      return query
    } catch {
      throw Failure.saying(error.message, Failure.usage)
    }
  }
}
