import Cells
import Glibc
import TestSupport
import Testing

/// Going through images, finding them, and asking for help.
@Suite(.onTerminal) struct NavigationTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.fillPhotos(12)
  }

  @Test func `keys go to the next, the previous, the first, the last and any image`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    for (keys, place) in [
      ("d", "2/12"), ("\u{1B}[6~", "3/12"), ("a", "2/12"), ("\u{1B}[5~", "1/12"), ("G", "12/12"),
      ("gg", "1/12"), ("g7\r", "7/12"), ("g10\r", "10/12"), ("g\u{1B}[D", "10/12"),
      (":3\r", "3/12"), (":open 11\r", "11/12"), ("gg", "1/12"),
    ] {
      sitting.type(keys)
      try await sitting.see(place)
    }
    sitting.type("a")
    try await sitting.see("this is the first image")
    sitting.type("g99\r")
    try await sitting.see("there is no image “99” here: 1 to 12")
    sitting.type("Gd")
    try await sitting.see("this is the last image")
    try await sitting.quit()
    #expect(!folder.has("photos/output.manifest"))
  }

  @Test func `semicolon and comma go to what is not done, skipped images last`() async throws {
    try folder.fillPhotos(5)
    for name in ["f", "g", "h", "i", "j", "k", "l"] {
      try folder.write([], to: "photos/\(name).png")
      try #require(unlink(folder("photos/\(name).png")) == 0)
    }
    let sitting = try await Sitting.atPhotos(folder)
    // Second and third done, the fourth put off, back at the first.
    for name in ["b.png", "c.png"] { try await sitting.go(name == "b.png" ? "d" : " ", to: name) }
    try await sitting.go(" ", to: "d.png")
    sitting.type("s")
    try await sitting.seeSaved("5/5", "skip")
    sitting.type("gg;")
    try await sitting.see("5/5", "e.png")
    sitting.type(",")
    try await sitting.see("1/5", "a.png", "64×48")
    sitting.type(" ")
    try await sitting.seeSaved("2/5")
    try await sitting.go("G", to: "e.png")
    sitting.type(" ")
    try await sitting.seeSaved("80 %")
    // Only the one put off is left.
    sitting.type(";")
    try await sitting.see("4/5", "d.png", "skipped", "64×48")
    sitting.type(" ;")
    try await sitting.see("every image here is done")
  }

  @Test func `a filter shows what matches, and Esc all again`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r")
    try await sitting.go("d", to: "b.png")
    sitting.type("wLJ2")
    try await sitting.go("d", to: "c.png")
    sitting.type(" ")
    try await sitting.seeSaved("4/12")
    sitting.type("/is:unlabelled\r")
    try await sitting.see("1/9", "9 of 12 images match; Esc shows all again")
    sitting.type("/\u{15}label:dog\r")
    try await sitting.see("1/1", "1 of 12 images match", "photos/output.manifest  /label:dog")
    sitting.type("/\u{15}-is:empty boxes<1\r")
    try await sitting.see("1/9")
    sitting.type("/\u{15}name:*.jpg\r")
    try await sitting.see("no image matches “name:*.jpg”; the images stay as they were", "1/9")
    sitting.type("/\u{15}is:purple\r")
    try await sitting.see("purple", "1/9")
    try await sitting.escape(from: "1/9", to: "4/12")
    try await sitting.quit()
  }

  @Test func `Tab completes commands and their words`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type(":pre\t")
    try await sitting.see(":preset")
    sitting.type(" v\t")
    try await sitting.see(":preset vim")
    sitting.type("\r")
    try await sitting.see("keys: vim; ? shows them")
    // n is now the next image, and d d deletes.
    sitting.type("n")
    try await sitting.see("2/12")
    sitting.type("N")
    try await sitting.see("1/12")
    sitting.type(":frobnicate\r")
    try await sitting.see("there is no command “frobnicate”; Tab shows what there is")
    sitting.type(":next-image\r")
    try await sitting.see("2/12")
    sitting.type(":label owl\r")
    try await sitting.see("3 owl", "next box: owl")
    sitting.type(":glyphs purple\r")
    try await sitting.see("write :glyphs auto|ascii|half|quad|sextant|all")
  }

  @Test func `Tab completes a filter with the labels`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("/label:d\t")
    try await sitting.see("/label:dog")
    sitting.type(" -is:exc\t")
    try await sitting.see("/label:dog -is:excluded")
  }

  @Test func `the keys may be those of another program`() async throws {
    let sitting = try await Sitting.atPhotos(folder, "--preset", "cvat")
    sitting.type("f")
    try await sitting.see("2/12")
    sitting.type("d")
    try await sitting.see("1/12")
    sitting.type("nLJn")
    try await sitting.seeSaved("▸1/1 cat")
    try await sitting.quit()
    #expect(try folder.manifest().boxes[0] == [WrittenBox("cat", 32, 24, 11, 23)])
  }

  @Test func `a person's own keys win over the preset's`() async throws {
    try folder.write(
      "preset = \"vim\"\n[image]\nnext-image = [\"Ctrl+N\", \"F5\"]\nverify = \"k\"\n",
      to: "home/.config/reticle/keymap.toml")
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("\u{E}")
    try await sitting.see("2/12")
    sitting.press(Key(.function(5)))
    try await sitting.see("3/12")
    sitting.type("n")
    try await sitting.see("4/12")
    sitting.type("k")
    try await sitting.seeSaved("5/12")
    try await sitting.quit()
    #expect(try folder.manifest().boxes[3] == [])
  }

  @Test func `the help shows the keys of the screen, and scrolls`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("?")
    try await sitting.see("Keys", "IMAGES", "d  PgDn", "next image")
    sitting.type("G")
    try await sitting.see(":NAME", "every command here by its name; Tab completes")
    try await sitting.escape(from: ":NAME")
    sitting.type("w?")
    try await sitting.see("Keys", "go to the opposite corner")
    #expect(!sitting.terminal.screen.contains("next image"))
  }

  @Test func `info tells all about the image`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\ri")
    try await sitting.see(
      "This image", "manifest line", "64×48", "1 boxes by a person (worked on)")
    sitting.type("?")
    try await sitting.seeNo("This image")
  }

  @Test func `S changes the order and keeps the image`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("dd")
    try await sitting.see("3/12", "c.png", "64×48")
    sitting.type("wLJ\r:sort boxes\r")
    try await sitting.see("1/12", "order: most boxes first")
    sitting.type(":sort open\r")
    try await sitting.see("12/12", "order: those not done first")
    sitting.type("S")
    try await sitting.see("order: most boxes first")
  }

  @Test func `Esc and q go back one level at a time, at the top they leave`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r/label:cat\r")
    try await sitting.see("1/1")
    sitting.type("wh")
    try await sitting.see("×0  next: cat")
    sitting.type("q\tq")
    try await sitting.seeNo("▸1/1")
    sitting.type("q")
    try await sitting.see("1/12")
    sitting.type("q")
    try await sitting.expectEnd()
    #expect(sitting.terminal.screen.contains("1 of 12 images done, 1 boxes"))
  }

  @Test func `Ctrl+C asks to be pressed twice`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("\u{3}")
    try await sitting.see("Ctrl+C again quits; everything is saved")
    sitting.type("d\u{3}")
    try await sitting.see("2/12", "Ctrl+C again quits")
    sitting.type("\u{3}")
    try await sitting.expectEnd()
  }

  @Test func `a paste is not taken for keys`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.terminal.paste("dddX:q\r")
    try await sitting.see("pasted text is only taken where a line is typed", "1/12")
    sitting.type("f")
    sitting.terminal.paste("two\nlines")
    try await sitting.see("note: two lines")
    sitting.type("\r")
    try await sitting.seeSaved("flagged")
    try await sitting.quit()
    #expect(try folder.manifest()[0].mark["flag"] as? String == "two lines")
  }

  @Test func `the work goes on where it was left off`() async throws {
    var sitting = try await Sitting.atPhotos(folder)
    try await sitting.go("g5\r", to: "e.png")
    sitting.type("wLJ\rdd")
    try await sitting.see("7/12", "g.png")
    try await sitting.quit()
    sitting = try await Sitting.atPhotos(folder)
    try await sitting.see("7/12", "g.png")
  }
}
