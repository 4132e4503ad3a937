import Glibc
import GroundTruth
import Storage

/// A second front end, on the product `GroundTruth` and nothing else: gives an image a label, and
/// says what is wrong with the manifest then.
@main struct ExampleFrontEnd {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 3, let manifest = words.first, let label = words.last else {
      print("usage: ExampleFrontEnd MANIFEST IMAGE LABEL")
      exit(64)
    }
    do {
      try addLabel(label, to: words[2], in: manifest)
      for finding in try check(manifest) {
        print("\(manifest):\(finding.line): \(finding.severity): \(finding.message)")
      }
    } catch {
      print("\(error)")
      exit(1)
    }
  }
}
