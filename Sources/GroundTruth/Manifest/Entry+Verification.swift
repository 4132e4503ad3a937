/// What a person says of labels as a whole, as a verification job tells it.
public enum LabelVerdict: String, CaseIterable, Hashable, Sendable {
  /// They are right.
  case good
  /// Something is wrong.
  case bad

  /// The class number: the place in the job's list of answers.
  var classID: Int { self == .good ? 0 : 1 }
}

extension Entry {
  /// The `type` in the metadata of a verification attribute.
  public static let verificationType = "groundtruth/label-verification"

  /// The name of the attribute that judges another, as in SageMaker's examples.
  public static func verificationAttribute(of judged: String) -> String { "verify-" + judged }

  /// The line with a verdict on an attribute, in the form of a verification job.
  ///
  /// The judged attribute stays as it is; an earlier verdict on it is replaced. `worker-feedback`
  /// is written only where something was said.
  ///
  /// - Parameters:
  ///   - verdict: What is said of the labels.
  ///   - judged: The attribute that is judged.
  ///   - comment: What is wrong, in words; empty for none.
  ///   - provenance: Who says so.
  /// - Returns: The new line.
  /// - Throws: `ManifestError` if there is no such attribute, or if the name of the verdict's is
  ///   illegal or used for something else.
  public func settingVerdict(
    _ verdict: LabelVerdict, on judged: String, comment: String = "", provenance: Provenance
  ) throws(ManifestError) -> [UInt8] {
    var top = try editor()
    guard top[judged] != nil else { throw .noSuchAttribute(name: judged) }
    let attribute = Self.verificationAttribute(of: judged)
    let metadataName = attribute + AttributeReader.suffix
    guard AttributeName.isLegal(attribute) else { throw .illegalAttributeName(attribute) }
    if top[attribute] != nil || top[metadataName] != nil {
      guard top[metadataName]?["type"]?.string == Self.verificationType else {
        throw .attributeInUse(name: attribute)
      }
    }
    let style = top.style
    var members: [(name: String, value: [UInt8])] = [
      ("class-name", JSONText.encode(verdict.rawValue)), ("confidence", JSONNumber.encode(1)),
      ("type", JSONText.encode(Self.verificationType)),
      ("job-name", JSONText.encode(provenance.jobName)),
      ("human-annotated", JSONText.encode(provenance.humanAnnotated)),
      ("creation-date", JSONText.encode(provenance.creationDate)),
    ]
    if !comment.isEmpty {
      let said = style.object([("comment", JSONText.encode(comment))])
      members.append(("worker-feedback", style.array([said])))
    }
    // Ground Truth writes the number as a string here.
    top.set(attribute, to: JSONText.encode(String(verdict.classID)))
    top.set(metadataName, to: style.object(members))
    return top.line
  }

  /// The verdict on an attribute and what was said of it; `nil` if there is none.
  public func verdict(on judged: String) -> (verdict: LabelVerdict, comments: [String])? {
    let name = Self.verificationAttribute(of: judged) + AttributeReader.suffix
    guard let metadata = (try? JSONValue(parsing: line))?[name],
      metadata["type"]?.string == Self.verificationType,
      let verdict = metadata["class-name"]?.string.flatMap(LabelVerdict.init)
    else { return nil }
    let said = metadata["worker-feedback"]?.elements ?? []
    return (verdict, said.compactMap { $0["comment"]?.string })
  }
}
