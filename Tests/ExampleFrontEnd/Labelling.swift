import GroundTruth
import Storage

/// There is no line for an image.
struct NoSuchImage: Error, CustomStringConvertible {
  let name: String
  var description: String { "\(name): no line of the manifest names this image" }
}

/// Gives an image of a manifest a label, and saves the manifest.
func addLabel(_ label: String, to image: String, in manifest: String) throws {
  let opened = try ManifestStore.open(manifest, access: .write, program: "example 1.0")
  defer { opened.store.close() }
  if let recovery = opened.recovery { print(recovery) }
  var dataset = opened.dataset

  let line = (0..<dataset.count).first { index in
    (try? Entry(line: dataset.line(at: index)))?.name == image[...]
  }
  guard let line else { throw NoSuchImage(name: image) }
  let entry = try Entry(line: dataset.line(at: line))

  var classIDs = Survey(dataset).classIDs
  classIDs.add(label)
  let provenance = Provenance(
    creationDate: Timestamp.now.creationDate, jobName: "labeling-job/example")
  let labelled = try entry.addingImageLabel(label, classIDs: classIDs, provenance: provenance)

  guard labelled != entry.line else { return }
  let splice = Splice(line: line, from: entry.line, to: labelled)
  let edit = Edit(summary: "label \(image) \(label)", splices: [splice])
  try dataset.perform(.edit(edit))
  try opened.store.record([.edit(edit)])

  try opened.store.save(dataset)
}

/// What is wrong with a manifest by the rules of Amazon Rekognition Custom Labels.
func check(_ manifest: String) throws -> [Finding] {
  let file = try ManifestFile.open(manifest)
  var check = ManifestCheck(allowsPaths: true)
  var findings: [Finding] = []
  for line in 0..<file.lineCount {
    findings += check.judge(file.line(at: line).span)
  }
  return findings + check.judgeWhole(byteCount: file.fingerprint.byteCount, name: manifest)
}
