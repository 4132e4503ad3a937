import Cells
import TestSupport
import Testing

@testable import Terminal

struct GlyphRepertoireTests {
  // Character widths come from the process's locale, which all tests share.
  private static let unicode = GlyphRepertoire.adoptingLocale(of: ["LC_ALL": "C.UTF-8"])
  private static let ascii = GlyphRepertoire(isUnicode: false)

  private func text(_ scalars: [Unicode.Scalar], _ repertoire: GlyphRepertoire) -> String {
    var result = ""
    scalars.map { Cell($0) }.withUnsafeBufferPointer { row in
      var index = 0
      while index < row.count {
        let glyph = repertoire.glyph(at: index, of: row)
        result.unicodeScalars.append(glyph.scalar)
        index += glyph.width
      }
    }
    return result
  }

  @Test(
    arguments: [
      (["漢", "\0", "a"], "漢a"), (["漢", "a", "b"], "?ab"), (["a", "漢"], "a?"),
      (["\0", "a"], " a"), (["a", "\0", "\0"], "a  "), (["漢", "\0", "\0"], "漢 "),
      (["\u{1F3FD}", "\0", "a"], "??a"), (["\u{301}", "\u{1B}", "\u{9B}"], "???"),
      (["\u{1CD00}", "x"], "?x"),
    ] as [([Unicode.Scalar], String)])
  func `halves of wide characters never shift a row`(_ row: [Unicode.Scalar], _ expected: String) {
    #expect(text(row, Self.unicode) == expected)
  }

  @Test func `without Unicode, ASCII stands in`() {
    #expect(text(["│", "é", "漢", "\0", "█", "\u{1B}"], Self.ascii) == "|???#?")
  }

  @Test func `marks that change widths are left out`() {
    let marks: [Unicode.Scalar] = ["\u{301}", "\u{FE0F}", "\u{200D}", "a"]
    let shown = marks.map { mark in
      [Cell("e", mark: mark)].withUnsafeBufferPointer { Self.unicode.glyph(at: 0, of: $0).mark }
    }
    #expect(shown == ["\u{301}", nil, nil, nil])
  }
}
