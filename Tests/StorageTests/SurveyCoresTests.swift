import GroundTruth
import Storage
import Synchronization
import Testing

@Suite("Counting on all cores")
struct SurveyCoresTests {
  private static func manifest(lineCount: Int) -> ManifestFile {
    let box = #"{"class_id":1,"left":0,"top":0,"width":9,"height":9}"#
    let text = (0..<lineCount).map { line in
      let label = line / 1_000
      return #"{"source-ref":"\#(line).jpg","a":{"annotations":[\#(line % 3 == 0 ? "" : box)]},"#
        + #""a-metadata":{"type":"groundtruth/object-detection","human-annotated":"yes","#
        + #""class-map":{"1":"label-\#(label)"}}}"#
    }
    return ManifestFile(bytes: Array((text.joined(separator: "\r\n") + "\n\n{").utf8))
  }

  @Test("counts the same as one core, from a file's own bytes")
  func same() {
    let dataset = Dataset(source: Self.manifest(lineCount: 70_000))
    let survey = Survey(onAllCores: dataset)
    let whole = Survey(dataset)
    #expect(survey.truth == "a")
    #expect(survey.isComplete)
    #expect(survey.labels == whole.labels)
    #expect(survey.labels.count == 70)
    #expect(survey.stateCounts == whole.stateCounts)
    let areSame = survey.summaries == whole.summaries
    #expect(areSame)
    #expect(survey.problems == whole.problems)
    #expect(survey.problemLines == [70_000, 70_001])
  }

  @Test("stops when told to")
  func cancelled() {
    let dataset = Dataset(source: Self.manifest(lineCount: 70_000))
    let parts = Mutex(0)
    let stopped: @Sendable () -> Bool = { true }
    Survey.forEachPart(of: dataset, truth: "a", isCancelled: stopped) { _ in
      parts.withLock { $0 += 1 }
    }
    #expect(parts.withLock { $0 } == 0)
  }

  @Test("a file lends its lines in a row as it lends them one by one")
  func lent() {
    let file = ManifestFile(bytes: [0xEF, 0xBB, 0xBF] + Array("a\r\n\nbcd\ne\n\n\nfg\r".utf8))
    for start in 0..<file.lineCount {
      var lines: [[UInt8]] = []
      file.forEachLine(in: start..<file.lineCount) { index, bytes in
        #expect(index == start + lines.count)
        lines.append(bytes.indices.map { bytes[$0] })
      }
      #expect(lines == (start..<file.lineCount).map(file.line))
    }
    file.forEachLine(in: 2..<2) { _, _ in Issue.record("there is no such line") }
    ManifestFile(bytes: []).forEachLine(in: 0..<0) { _, _ in Issue.record("no lines") }
  }
}
