import FoundationEssentials
import Glibc
import ImageCoding
import Raster
import Testing

@Suite("Files with awkward names")
struct AwkwardNameTests {
  private static let names = [
    " leading space.jpg", "-leading-dash.jpg", ".hidden.jpg", "12345.jpg", "=1+1.jpg", "UPPER.JPG",
    "a&b<c>.jpg", "back\\slash.jpg", "brackets[1](2){3}.jpg", "café_naïve.jpg",
    "combining_n\u{303}andu\u{301}.jpg", "comma,semi;colon:colon.jpg", "dollar$HOME`id`.jpg",
    "double\"quote.jpg", "emoji_🦝.jpg", "fullwidth＿ｎａｍｅ.jpg", "hash#frag?query=1.jpg",
    "null.jpg", "percent%20encoded.jpg", "pipe|tilde~.jpg", "quote's.jpg",
    "rtl_שלום_عربي.jpg", "star*glob.jpg", "trailing space .jpg", "true.jpg", "two words.jpg",
    "zero\u{200B}width.jpg", "енот.jpg", "浣熊の写真.jpg", "new\nline.jpg", "tab\t.jpg",
    "escape\u{1B}[31m.jpg", "bell\u{7}.jpg", String(repeating: "x", count: 251) + ".jpg", "jpg",
  ]

  @Test("are opened by the very bytes of their names", arguments: names)
  func opens(name: String) throws {
    var template = Array(
      (FileManager.default.temporaryDirectory.path + "/image-coding-XXXXXX").utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    let path = folder + "/" + name
    defer {
      unlink(path)
      rmdir(folder)
    }
    let bytes = Fixture.bytes("jpg-size-2x2.jpg")
    let file = try #require(fopen(path, "w"))
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    fclose(file)
    #expect(try ImageFile.open(path: path).decode().picture.bitmap.size.area == 4)
  }
}
