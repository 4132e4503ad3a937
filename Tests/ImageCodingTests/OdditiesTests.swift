import Glibc
import ImageCoding
import Raster
import Testing

@Suite("Every odd image gives the expected picture or message")
struct OdditiesTests {
  /// A line of oddities.tsv: what a file is, and what comes of it.
  struct Oddity: CustomTestStringConvertible {
    let name: String
    let outcome: String

    var testDescription: String { name }

    static let all: [Oddity] = Fixture.text("oddities.tsv").split(separator: "\n").map { line in
      let fields = line.split(separator: "\t", maxSplits: 1).map(String.init)
      return Oddity(name: fields[0], outcome: fields.count > 1 ? fields[1] : "")
    }
  }

  /// The result in the words of the table: the size and what is wrong, or the message.
  ///
  /// Of the largest only a strip is decoded: the table is about what comes, not about patience.
  private func outcome(of name: String) -> String {
    do {
      let file = try ImageFile.open(path: Fixture.path(name))
      let size = file.header.uprightSize
      let isHuge = size.area > 1 << 24
      let decoded = try file.decode(
        DecodeRequest(
          region: isHuge ? Region(left: 0, top: 0, width: 500, height: 4) : nil,
          targetSize: PixelSize(width: 300, height: 200)))
      let what = "\(size.width)×\(size.height)"
      return decoded.warning.map { "\(what), \($0)" } ?? what
    } catch {
      return error.message
    }
  }

  @Test("the table", arguments: Oddity.all)
  func outcomes(oddity: Oddity) {
    #expect(outcome(of: oddity.name) == oddity.outcome)
  }

  @Test("the table has every file")
  func tableIsWhole() {
    let others: Set = ["ORIGIN.md", "oddities.tsv", "reference.txt"]
    #expect(Set(Fixture.names).subtracting(others) == Set(Oddity.all.map(\.name)))
    // What shows a picture without a complaint has been compared with another decoder's.
    let compared = Set(DecodingTests.Reference.all.map(\.name))
    let whole = Oddity.all.filter { $0.outcome.allSatisfy { $0.isNumber || $0 == "×" } }
    let notCompared = whole.map(\.name).filter { !compared.contains($0) }
    // The largest are compared in other tests, a part of them.
    #expect(
      Set(notCompared) == [
        "valid_30000x30000_1bit.png", "interlaced_2400x2400_1bit.png", "squares_4000x3000.jpg",
        "squares_4000x3000_progressive.jpg",
      ])
  }
}
