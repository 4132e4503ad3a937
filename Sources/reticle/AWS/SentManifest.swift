import GroundTruth
import ImageCoding
import Storage

/// A manifest as it is sent to Custom Labels.
struct SentManifest {
  /// A line to send.
  struct Line {
    /// Its number in the manifest, from 1.
    let number: Int
    /// The `s3://` URI of its image, or what the line has instead.
    let sourceRef: String
    /// The image's file here; nil if it is not here.
    let file: String?
    let bytes: [UInt8]
  }

  /// The manifest as the person named it.
  let path: String
  private(set) var lines: [Line] = []
  /// How many entries were left out of the dataset by the person.
  private(set) var leftOut = 0
  /// What was found wrong, and how much there is.
  private(set) var report = CheckReport()
  let checked: CheckedDataset

  /// Makes the lines, and checks them by the rules of Custom Labels.
  ///
  /// - Parameters:
  ///   - path: The manifest.
  ///   - locator: Knows where the images lie here, and what they are called on S3.
  ///   - attribute: The box attribute that counts; nil for the one that people vouch for most.
  ///   - test: What the check of the test manifest counted.
  /// - Throws: ``Failure`` if the manifest can't be read, or an image has no place on S3.
  init(
    _ path: String, locator: ImageLocator, attribute: String?, test: CheckedDataset? = nil
  ) throws {
    self.path = path
    let dataset = try ManifestInput(path).dataset
    let truth = attribute ?? Survey(dataset).truth
    var check = ManifestCheck(test: test)
    var byteCount = 0
    for index in 0..<dataset.count {
      let found = dataset.line(at: index)
      let (sourceRef, file) = try Self.place(of: found, at: index, in: path, locator)
      guard let bytes = ServiceLine.sent(found, sourceRef: sourceRef, truth: truth) else {
        leftOut += 1
        continue
      }
      let image = file.map { file in { (_: String) in CheckImages.facts(of: file) } }
      for finding in check.judge(bytes.span, image: image) {
        report.add(finding.moved(to: index + 1))
      }
      byteCount += bytes.count + 1
      lines.append(
        Line(
          number: index + 1, sourceRef: sourceRef ?? ServiceLine.sourceRef(of: found) ?? "",
          file: file, bytes: bytes))
    }
    for finding in check.judgeWhole(byteCount: byteCount, name: "sent.manifest") {
      report.add(finding)
    }
    checked = check.dataset
  }

  /// What a line's image is called on S3, nil if it says so itself, and where it lies here.
  private static func place(
    of line: [UInt8], at index: Int, in path: String, _ locator: ImageLocator
  ) throws -> (sourceRef: String?, file: String?) {
    guard let reference = ServiceLine.sourceRef(of: line) else { return (nil, nil) }
    let file = locator.path(for: reference).flatMap { FileKind.of($0) == .file ? $0 : nil }
    if reference.hasPrefix("s3://") || locator.s3Prefix == nil { return (nil, file) }
    guard let file else {
      throw Failure.saying(
        "\(path):\(index + 1): \(reference) is not here; --images DIR says where the images lie",
        Failure.noInput)
    }
    do throws(StorageError) {
      return (try locator.sourceReference(for: file), file)
    } catch {
      throw Failure.saying("\(path):\(index + 1): \(error.description)", Failure.data)
    }
  }

  /// Ends the work unless all is in order.
  ///
  /// - Throws: ``Failure``, after the findings were written to standard error.
  func requireNoErrors() throws {
    guard !lines.isEmpty else {
      throw Failure.saying(
        "\(path): there is nothing to send: no line names an image", Failure.data)
    }
    guard report.errorCount > 0 else {
      if report.warningCount > 0 {
        Failure.say(
          "\(path): \(CheckReport.count(report.warningCount, "warning")); 'reticle check' tells them"
        )
      }
      return
    }
    for line in report.text(of: path, checked).split(separator: "\n") { Failure.say(String(line)) }
    if lines.contains(where: { !$0.sourceRef.hasPrefix("s3://") }) {
      Failure.say(
        "images named by paths get their place on S3 by --s3-prefix s3://bucket/folder/, with "
          + "--images DIR for where they lie here")
    }
    throw Failure.saying(
      "\(path): nothing was sent: Custom Labels would refuse or drop what is listed above; mend it "
        + "('reticle check --fix' does what has one right answer) and push again", Failure.data)
  }

  /// All lines as one manifest.
  var bytes: [UInt8] {
    var all: [UInt8] = []
    for line in lines { all += line.bytes + [UInt8(ascii: "\n")] }
    return all
  }
}

extension Finding {
  /// The same on another line.
  fileprivate func moved(to line: Int) -> Finding {
    Finding(
      line: line, code: code, severity: severity, attribute: attribute, annotation: annotation,
      detail: detail)
  }
}
