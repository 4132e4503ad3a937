import GroundTruth
import Testing

/// XML that is broken, or made to break its reader.
@Suite("Formats: hostile XML")
struct HostileXMLTests {
  static func error(_ bytes: [UInt8]) -> FormatError? {
    #expect(throws: FormatError.self) {
      try PascalVOC.read(MemoryTree("v/a.xml", bytes: bytes), options: ReadOptions())
    }
  }

  /// Files, the line of the error, and a word of it.
  @Test(
    "is an error with its line",
    arguments: [
      ("<annotation>\n<filename>a\n", 3, "ends inside <filename> of line 2"),
      ("<annotation>\n<filename>a</file>", 2, "</file> ends <filename>"),
      ("<annotation/>\n<more/>", 2, "follows"), ("text", 1, "outside"), ("", 1, "no XML"),
      ("<a x=1/>", 1, "quotation"), ("<a x='1' x='2'/>", 1, "twice"), ("<a x='1'y='2'/>", 1, "tag"),
      ("<a>\n\n&nbsp;</a>", 3, "&nbsp;"), ("<a>R&D</a>", 1, "&amp;"), ("<a>&#1;</a>", 1, "&#1;"),
      ("<a>&#xD800;</a>", 1, "&#xD800;"), ("<a>&#99999999;</a>", 1, "character"),
      ("<a>\u{1}</a>", 1, "control"), ("<a>1 < 2</a>", 1, "&lt;"), ("<a b='<'/>", 1, "&lt;"),
      ("<!-- a\n\n", 3, "comment"), ("<a><![CDATA[x</a>", 1, "CDATA"), ("<![CDATA[x]]>", 1, "root"),
      ("</a>", 1, "root"), ("<a", 1, "tag"), ("<a b", 1, "value"), ("<a b='", 1, "ends"),
      ("<?xml version='1.0' encoding='KOI8-R'?><a/>", 1, "koi8-r"),
      (
        "<!DOCTYPE a [\n<!ENTITY x 'lol'><!ENTITY y '&x;&x;&x;&x;'>]><a>&y;</a>", 1,
        "delete its DOCTYPE"
      ),
      ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", 1, "DOCTYPE"),
      ("<!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a>&x;</a>", 1, "&x;"),
    ])
  func broken(_ text: String, line: Int, word: String) {
    let error = Self.error(Array(text.utf8))
    #expect(error?.path == "v/a.xml")
    #expect(error?.line == line)
    #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
  }

  @Test("is an error, whatever the encoding claims")
  func encodings() {
    #expect(Self.error(Array("<a>\n".utf8) + [0xC3, 0x28] + Array("</a>".utf8))?.line == 2)
    #expect(Self.error([0xFF, 0xFE, 0x3C, 0x00, 0x00])?.message.contains("UTF-8") == true)
    #expect(Self.error([0xFF, 0xFE, 0x00, 0xD8])?.message.contains("UTF-8") == true)
    #expect(Self.error([0, 1, 2, 3])?.line == 1)
  }

  @Test("of any depth is refused, not followed")
  func depth() {
    let text = String(repeating: "<a>", count: 200_000)
    #expect(Self.error(Array(text.utf8))?.message.contains("deeper") == true)
  }

  @Test("that is well-formed is read: CRLF, marks, UTF-16, CDATA, comments, a DOCTYPE by name")
  func odd() throws {
    let text = """
      <?xml version="1.0"?>\r
      <!DOCTYPE annotation SYSTEM "voc[1].dtd">\r
      <annotation><!-- <x> -->\r
      <filename>\r\n  <![CDATA[ a&b]]>&#32;</filename >\r
      <?php ?><object><name> two\r\nlines </name><bndbox ><xmin>\t1 </xmin><ymin>2</ymin>\r
      <xmax>3e1</xmax><ymax>4.50</ymax></bndbox></object></annotation>\r\n
      """
    let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + little, little,
      [0xFE, 0xFF] + big,
    ] {
      let result = try PascalVOC.read(MemoryTree("a.xml", bytes: bytes), options: ReadOptions())
      let image = result.dataset.images[0]
      #expect(image.name == " a&b ")
      #expect(
        image.boxes == [LabeledBox(left: 1, top: 2, width: 29, height: 2.5, label: "two\nlines")])
    }
  }
}
