import Testing

@testable import Storage

@Suite("An image locator")
struct ImageLocatorTests {
  private let folder = TemporaryFolder()

  init() throws {
    try folder.makeFolder("photos/sub")
    try folder.makeFolder("sets")
    for name in ["photos/a.jpg", "photos/sub/b b%20.jpg", "photos/\u{301}c.jpg", "sets/d.jpg"] {
      try folder.write([], to: name)
    }
  }

  @Test("names a file from the manifest's folder, and finds it again")
  func relative() throws {
    for (manifest, image, reference) in [
      ("photos/m", "photos/a.jpg", "a.jpg"),
      ("photos/m", "photos/sub/b b%20.jpg", "sub/b b%20.jpg"),
      ("photos/m", "photos/./sub/../a.jpg", "a.jpg"),
      ("photos/m", "photos/\u{301}c.jpg", "\u{301}c.jpg"),
      ("sets/m", "photos/a.jpg", "../photos/a.jpg"),
      ("photos/sub/m", "sets/d.jpg", "../../sets/d.jpg"),
    ] {
      let locator = ImageLocator(manifest: folder(manifest))
      let found = try locator.sourceReference(for: folder(image))
      #expect(Array(found.utf8) == Array(reference.utf8))
      let path = try #require(locator.path(for: found))
      let real = try FileStatus(at: folder(image))
      #expect(try FileStatus(at: path).inode == real.inode)
    }
  }

  @Test("finds its way where folders are links")
  func links() throws {
    try folder.makeLink("link", to: "photos/sub")
    try folder.makeLink("photos/far", to: "../sets")
    let throughLink = ImageLocator(manifest: folder("link/m"))
    let reference = try throughLink.sourceReference(for: folder("photos/a.jpg"))
    #expect(reference == "../a.jpg")
    let inside = ImageLocator(manifest: folder("photos/m"))
    #expect(try inside.sourceReference(for: folder("photos/far/d.jpg")) == "far/d.jpg")
  }

  @Test("puts an S3 prefix in the place of the images folder, and back")
  func s3() throws {
    let locator = ImageLocator(
      manifest: folder("sets/m"), imagesFolder: folder("photos"), s3Prefix: "s3://bucket/set")
    let reference = try locator.sourceReference(for: folder("photos/sub/b b%20.jpg"))
    #expect(reference == "s3://bucket/set/sub/b b%20.jpg")
    #expect(locator.path(for: reference) == folder("photos/sub/b b%20.jpg"))
    #expect(locator.path(for: "s3://other/sub/b b%20.jpg") == folder("photos/sub/b b%20.jpg"))
    #expect(locator.path(for: "s3://other/some/where/a.jpg") == folder("photos/a.jpg"))
    #expect(locator.path(for: "s3://bucket/set/none.jpg") == folder("photos/none.jpg"))
    #expect(
      throws: StorageError.outsideImagesFolder(
        image: folder("sets/d.jpg"), folder: folder("photos"))
    ) { try locator.sourceReference(for: folder("sets/d.jpg")) }
  }

  @Test("never leads out of the images folder by an S3 key")
  func s3Escape() {
    let locator = ImageLocator(
      manifest: folder("sets/m"), imagesFolder: folder("photos"), s3Prefix: "s3://b/")
    for reference in ["s3://b/../sets/d.jpg", "s3://b/x/../../sets/d.jpg", "s3://../sets/d.jpg"] {
      let path = locator.path(for: reference)
      #expect(path?.hasPrefix(folder("photos")) ?? true)
      #expect(path?.contains("..") != true)
    }
  }

  @Test("takes absolute paths and file URIs, and looks in the images folder for what moved")
  func otherReferences() {
    let locator = ImageLocator(manifest: folder("sets/m"), imagesFolder: folder("photos"))
    #expect(locator.path(for: folder("sets/d.jpg")) == folder("sets/d.jpg"))
    #expect(locator.path(for: "/gone/a.jpg") == folder("photos/a.jpg"))
    #expect(locator.path(for: "gone/a.jpg") == folder("photos/a.jpg"))
    #expect(
      locator.path(for: "file://" + folder("photos/sub/b%20b%2520.jpg"))
        == folder("photos/sub/b b%20.jpg"))
    for nothing in ["", "a\0b", "file://host", "file:///%zz", "file:///%", "https://x/a.jpg"] {
      #expect(locator.path(for: nothing) == nil, "\(nothing)")
    }
    #expect(ImageLocator(manifest: "m").path(for: "s3://b/a.jpg") == nil)
  }
}
