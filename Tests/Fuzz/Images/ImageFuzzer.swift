import ImageCoding
import Raster

/// libFuzzer's entry: an input is an image file; its last bytes also choose what is decoded of it.
///
/// Held to: no crash and no memory error; a result has the size asked for; the same file gives the
/// same pixels twice; tiles and previews have the size that their names promise.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do throws(ImageError) {
    let file = try ImageFile.open(bytes: bytes, name: "input")
    // More would only be slower.
    guard file.header.storedSize.area <= 1 << 20 else { return 0 }
    try decode(file, choosingBy: bytes.suffix(8))
  } catch {
    guard error.message.hasSuffix(".") else { fatalError("no sentence: \(error.message)") }
  }
  return 0
}

private func decode(_ file: ImageFile, choosingBy choice: ArraySlice<UInt8>) throws(ImageError) {
  let numbers = choice.map(Int.init) + [Int](repeating: 0, count: 8)
  let size = file.header.uprightSize
  let region = Region(
    left: numbers[0] * size.width / 256, top: numbers[1] * size.height / 256,
    width: 1 + numbers[2] * size.width / 256, height: 1 + numbers[3] * size.height / 256)
  let target = PixelSize(width: 1 + numbers[4], height: 1 + numbers[5])
  let request = DecodeRequest(
    region: numbers[6].isMultiple(of: 2) ? region : nil, targetSize: target,
    allowsLargeMemory: true)
  let first = try file.decode(request)
  let shown = (request.region ?? Region(size)).intersection(Region(size))
  let expected = PixelSize(
    width: min(target.width, shown.width), height: min(target.height, shown.height))
  guard first.picture.bitmap.size == expected else {
    fatalError("\(first.picture.bitmap.size), not \(expected)")
  }
  guard try file.decode(request) == first else { fatalError("other pixels the second time") }
  let cache = TileCache(byteLimit: 1 << 20)
  if let area = TileArea(covering: region, of: size, reduction: 1 << (numbers[7] % 4)) {
    let tiles = try file.decode(area, keepingIn: cache)
    guard tiles.picture.bitmap.size == area.pixelSize, cache.byteCount <= cache.byteLimit else {
      fatalError("tiles of another size")
    }
  }
  if let preview = try file.decodePreview(DecodeRequest(targetSize: target)) {
    guard preview.bitmap.size.width <= target.width, preview.bitmap.size.height <= target.height
    else { fatalError("a preview larger than asked for") }
  }
}
