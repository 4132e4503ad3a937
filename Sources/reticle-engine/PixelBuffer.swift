import ImageCoding
import Raster
import Training

/// The pixels of an image in memory that doesn't move, for the tensors to read.
final class PixelBuffer {
  let width: Int
  let height: Int
  let bytes: UnsafeMutableBufferPointer<UInt8>

  init(_ bitmap: Bitmap) {
    width = bitmap.size.width
    height = bitmap.size.height
    bytes = .allocate(capacity: bitmap.channels.count)
    _ = bytes.update(fromContentsOf: bitmap.channels)
  }

  deinit { bytes.deallocate() }

  /// Decodes an image, upright, so that its longer side has no more than so many pixels.
  ///
  /// - Throws: ``TrainingError`` if no pixel of it can be decoded.
  static func decode(_ path: String, side: Int) throws(TrainingError) -> PixelBuffer {
    do {
      let file = try ImageFile.open(path: path)
      let size = file.header.uprightSize
      // Fitted with room to spare: the rounding is the network's, not the decoder's.
      let target = size.fitted(within: PixelSize(width: side, height: side))
      let decoded = try file.decode(DecodeRequest(targetSize: target))
      guard decoded.picture.bitmap.size.area > 0 else {
        throw TrainingError("\(path) holds no pixels; leave it out.")
      }
      return PixelBuffer(decoded.picture.bitmap)
    } catch let error as ImageError {
      throw TrainingError(error.message.replacing(shortName(path), with: path))
    } catch let error as TrainingError {
      throw error
    } catch {
      throw TrainingError("\(path) can't be decoded: \(error).")
    }
  }

  private static func shortName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
