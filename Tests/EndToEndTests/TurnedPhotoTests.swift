import Cells
import Foundation
import TestSupport
import Testing

/// Photos that a camera held sideways took: shown upright, their boxes in either space.
@Suite(.onTerminal) struct TurnedPhotoTests {
  /// Copies a photo of 640×480 stored pixels as one with an EXIF orientation.
  private func turnedPhoto(_ orientation: UInt8) throws -> Folder {
    let folder = try Folder()
    try folder.copySamples("blood-00047.jpg")
    let bytes = try folder.bytes(of: "photos/blood-00047.jpg")
    // A TIFF header, and a directory of one entry: tag 0x0112, a short.
    let exif: [UInt8] =
      Array("Exif\0\0MM\0*\0\0\0\u{8}".utf8) + [0, 1]
      + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0] + [0, 0, 0, 0]
    let segment = [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif
    try folder.write(Array(bytes.prefix(2)) + segment + bytes.dropFirst(2), to: "photos/a.jpg")
    try FileManager.default.removeItem(atPath: folder("photos/blood-00047.jpg"))
    return folder
  }

  @Test(arguments: [3, 6, 8] as [UInt8], ["upright", "stored"])
  func `a box is drawn upright and written in the space asked for`(
    _ orientation: UInt8, _ space: String
  ) async throws {
    let folder = try turnedPhoto(orientation)
    let (width, height) = orientation == 3 ? (640, 480) : (480, 640)
    let sitting = try await Sitting.atPhotos(
      folder, "--box-space", space, sees: "\(width)×\(height)")
    try await sitting.see("turned, boxes \(space)")
    let view = View(of: width, height)
    let (start, end) = (CellPoint(column: 28, row: 5), CellPoint(column: 45, row: 10))
    sitting.drag(from: start, to: end)
    let upright = view.box("cat", from: start, to: end)
    try await sitting.seeSaved("100 %")
    try await sitting.quit()

    var stored = upright
    switch orientation {
    case 3:
      stored.left = 640 - upright.left - upright.width
      stored.top = 480 - upright.top - upright.height
    case 6:
      stored = WrittenBox(
        "cat", upright.top, 480 - upright.left - upright.width, upright.height, upright.width)
    default:
      stored = WrittenBox(
        "cat", 640 - upright.top - upright.height, upright.left, upright.height, upright.width)
    }
    let line = try folder.manifest()[0]
    #expect(line.boxes() == [space == "stored" ? stored : upright])
    let size = (line.object("bounding-box")["image_size"] as? [[String: Int]])?.first
    #expect(size?["width"] == (space == "stored" ? 640 : width))

    // The space is the manifest's from then on, and the box is where it was drawn.
    let again = try await Sitting.atPhotos(folder, sees: "turned, boxes \(space)")
    again.type("\t")
    try await again.see("\(Int(upright.left)),\(Int(upright.top)) ")
    try await again.quit()
  }
}
