import Cells
import GroundTruth
import Raster

extension State {
  /// All about the image being worked on.
  var infoLines: [(key: String, text: String)] {
    guard let subject else { return [("", "no image")] }
    var lines: [(key: String, text: String)] = [
      ("image", subject.entry.sourceRef), ("manifest line", String(subject.line + 1)),
    ]
    if let facts {
      let stored = facts.storedSize
      lines.append(("size as seen", "\(facts.uprightSize.width)×\(facts.uprightSize.height)"))
      if facts.orientation != .upright {
        lines.append(("size as stored", "\(stored.width)×\(stored.height)"))
        lines.append(("EXIF orientation", "\(facts.orientation.rawValue)"))
        lines.append(("boxes are in", "\(settings.boxSpace.rawValue) pixels"))
      }
      if let warning = facts.warning { lines.append(("the file", warning)) }
    }
    for set in subject.entry.boxSets {
      let truth = set.attribute == settings.attribute ? " (worked on)" : ""
      let who = set.isHumanAnnotated ? "a person" : "a model"
      lines.append((set.attribute, "\(set.boxes.count) boxes by \(who)\(truth)"))
      if let size = set.imageSize, let facts, set.attribute == settings.attribute {
        let real = settings.boxSpace == .stored ? facts.storedSize : facts.uprightSize
        if size.width != real.width || size.height != real.height {
          lines.append(
            (
              "",
              "the manifest says \(size.width)×\(size.height), the file is "
                + "\(real.width)×\(real.height): these boxes may be for another picture"
            ))
        }
      }
    }
    for label in subject.entry.imageLabels {
      let who = label.isHumanAnnotated ? "a person" : "a model"
      lines.append((label.attribute, "\(label.label) by \(who)"))
    }
    for set in subject.entry.multiLabels {
      lines.append((set.attribute, set.members.map(\.label).joined(separator: ", ")))
    }
    for attribute in subject.entry.otherAttributes { lines.append((attribute, "kept as it is")) }
    let mark = subject.entry.mark
    if let flag = mark.flag { lines.append(("flag", flag)) }
    if mark.isVerified { lines.append(("verified", "yes")) }
    if mark.isSkipped { lines.append(("skipped", "yes")) }
    if mark.isExcluded { lines.append(("left out", "yes; exports leave it out, the file stays")) }
    for problem in subject.entry.problems { lines.append(("problem", problem.message)) }
    let broken = survey.problemLines.filter { survey.summaries[$0].state.contains(.broken) }
    if !broken.isEmpty {
      lines.append(("", ""))
      lines.append(("", "LINES OF THE MANIFEST THAT CAN'T BE SHOWN (kept as they are)"))
      for line in broken.prefix(50) {
        lines.append(("line \(line + 1)", survey.problems[line]?.first?.message ?? ""))
      }
      let more = survey.count(of: .broken) - 50
      if more > 0 { lines.append(("", "and \(more) more")) }
    }
    if !notices.isEmpty {
      lines += [("", ""), ("", "NOTICES")]
      for notice in notices {
        lines += TextWrap.lines(notice, width: max(20, layout.reading.columns - 4))
          .map { (key: "", text: $0) }
      }
    }
    return lines
  }
}
