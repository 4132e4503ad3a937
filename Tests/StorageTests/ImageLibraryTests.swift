import Glibc
import TestSupport
import Testing

@testable import Storage

@Suite("An image library")
struct ImageLibraryTests {
  private let folder = TemporaryFolder()
  private let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0]
  private let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00]

  private func relative(_ library: ImageLibrary) -> [String] {
    library.paths.map { String($0.dropFirst(folder.path.count + 1)) }
  }

  private func makeFile(_ name: [UInt8]) {
    let path = Array(folder.path.utf8) + [0x2F] + name + [0]
    let file = path.withUnsafeBytes {
      $0.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.map { open($0, O_CREAT | O_WRONLY, 0o600) } ?? -1
      }
    }
    close(file)
  }

  @Test("holds JPEG and PNG files of all folders, as people count")
  func naturalOrder() throws {
    try folder.makeFolder("sub/deep")
    for name in [
      "img10.jpg", "img2.JPG", "IMG2.png", "img02.jpg", "b.jpeg", "a.PNG", "sub/x.jpg",
      "sub/deep/1.png", "notes.txt", "archive.jpg.zip", "img99999999999999999999999.jpg",
      "img100000000000000000000000.jpg",
    ] { try folder.write([], to: name) }
    try folder.write(jpeg, to: "noextension")
    try folder.write(png, to: "alsonone")
    try folder.write("text", to: "README")
    try folder.write([], to: "empty")
    let library = ImageLibrary(at: [folder.path])
    #expect(
      relative(library) == [
        "a.PNG", "alsonone", "b.jpeg", "img02.jpg", "img2.JPG", "IMG2.png", "img10.jpg",
        "img99999999999999999999999.jpg", "img100000000000000000000000.jpg", "noextension",
        "sub/deep/1.png", "sub/x.jpg",
      ])
    #expect(library.notes.isEmpty)
  }

  @Test("is not caught by pipes, links and names")
  func hostile() throws {
    try folder.makeFolder("sub")
    try folder.makeFolder("named.jpg")
    try folder.makeFolder(".git")
    for name in ["sub/a.jpg", ".hidden.jpg", "._a.jpg", ".git/x.jpg", "named.jpg/in.png", "-x.jpg"]
    { try folder.write([], to: name) }
    try folder.write([], to: "new\nline.jpg")
    mkfifo(folder("pipe.jpg"), 0o600)
    mkfifo(folder("pipe"), 0o600)
    try folder.makeLink("dangling.jpg", to: "nowhere")
    try folder.makeLink("circle.jpg", to: "circle.jpg")
    try folder.makeLink("sub/up", to: "..")
    try folder.makeLink("again", to: "sub")
    try folder.makeLink("link.jpg", to: "sub/a.jpg")
    makeFile([0xE9, 0x2E, 0x6A, 0x70, 0x67])
    let library = ImageLibrary(at: [folder.path])
    #expect(
      relative(library) == ["-x.jpg", "link.jpg", "named.jpg/in.png", "new\nline.jpg", "sub/a.jpg"])
    #expect(
      Set(library.notes) == [
        .hidden(1), .notAFile(folder("pipe.jpg")), .brokenLink(folder("dangling.jpg")),
        .brokenLink(folder("circle.jpg")), .notUTF8(folder("\u{FFFD}.jpg")),
      ])
  }

  @Test("counts images of other kinds in one note")
  func otherKinds() throws {
    for name in ["a.gif", "b.GIF", "c.gif", "d.webp", "e.webp", "f.txt"] {
      try folder.write([], to: name)
    }
    let library = ImageLibrary(at: [folder.path])
    #expect(library.paths.isEmpty)
    #expect(
      library.notes.map(\.description) == [
        "5 images of other kinds (gif 3, webp 2) left out: convert them to JPEG or PNG."
      ])
  }

  @Test("takes files that are named, whatever they are called, in that order and once")
  func namedFiles() throws {
    for name in ["b.jpg", "a.gif", ".hidden.jpg"] { try folder.write([], to: name) }
    mkfifo(folder("pipe"), 0o600)
    let library = ImageLibrary(
      at: ["b.jpg", "a.gif", ".hidden.jpg", "b.jpg", "pipe", "none"].map { folder($0) }
        + [folder.path])
    #expect(relative(library) == ["b.jpg", "a.gif", ".hidden.jpg"])
    #expect(library.notes.contains(.missing(folder("none"))))
    #expect(library.notes.contains(.notAFile(folder("pipe"))))
    #expect(ImageLibrary(at: ["", "a\0b"]).paths.isEmpty)
  }

  @Test("has a total order")
  func totalOrder() {
    for seed in 0..<300 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let names = (0..<3).map { _ in
        String(
          (0..<Int.random(in: 0..<6, using: &generator)).map { _ in
            "aAb012/é".randomElement(using: &generator) ?? "a"
          })
      }
      let precedes = NaturalOrder.precedes
      for (a, b) in [(names[0], names[1]), (names[1], names[2])] {
        let same = a.utf8.elementsEqual(b.utf8)
        #expect(!(precedes(a, b) && precedes(b, a)), "seed \(seed): \(names)")
        #expect(same || precedes(a, b) || precedes(b, a), "seed \(seed): \(names)")
      }
      if precedes(names[0], names[1]), precedes(names[1], names[2]) {
        #expect(precedes(names[0], names[2]), "seed \(seed): \(names)")
      }
    }
  }
}
