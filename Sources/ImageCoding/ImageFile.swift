public import Raster

/// An image file whose header has been read; decode from it as often and as large as needed.
///
/// It may be shared between threads; each `decode` works by itself. The file stays open as long as
/// the value lives, and is never written.
public struct ImageFile: Sendable {
  /// The path, or the name that was given with the bytes.
  public let path: String
  /// What the header says.
  public let header: ImageHeader
  private let source: ByteSource
  /// Which file it is, in which state.
  var identity: FileIdentity { source.identity }

  private init(source: ByteSource, path: String) throws(ImageError) {
    self.source = source
    self.path = path
    do {
      header = try Self.readHeader(source)
    } catch {
      throw ImageError(path: path, reason: error.reason)
    }
  }

  /// Opens a file and reads its header.
  ///
  /// The content decides what it is, not the name. Pipes, devices and folders are refused without
  /// waiting for them.
  ///
  /// - Parameter path: The path.
  /// - Returns: The file.
  /// - Throws: `ImageError` when it is no image that can be decoded.
  public static func open(path: String) throws(ImageError) -> ImageFile {
    try ImageFile(source: ByteSource.open(path: path), path: path)
  }

  /// Takes a file that is in memory.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - name: The name for messages.
  /// - Returns: The file.
  /// - Throws: `ImageError` when it is no image that can be decoded.
  public static func open(bytes: [UInt8], name: String) throws(ImageError) -> ImageFile {
    try ImageFile(source: ByteSource(bytes: bytes), path: name)
  }

  /// Decodes a part of the image at the size wanted.
  ///
  /// Rows are averaged down as they come out of the decoder, so that memory holds the result and
  /// a few rows, whatever the size of the image; an interlaced PNG takes some bytes more for each
  /// pixel of the result. Progressive JPEG is the exception: it needs the coefficients of the whole
  /// image, and the user's consent where they are large.
  ///
  /// Samples are taken for sRGB as they stand: ICC profiles and PNG's gAMA, cHRM and sRGB chunks are
  /// ignored, as the trainers' decoders ignore them, so that people see what models are given.
  /// Sixteen bits are scaled to eight; alpha stays straight. Of orientations only EXIF's is read.
  ///
  /// This blocks; keep it off threads that must answer.
  ///
  /// - Parameters:
  ///   - request: Which part, and how many pixels of it.
  ///   - isCancelled: Asked between rows; true ends the work with `cancelled`.
  /// - Returns: The pixels, and what is wrong with the file if it could be shown only in part.
  /// - Throws: `ImageError` when no pixel could be decoded, or the user must be asked first.
  /// - Complexity: O(pixels of the stored image down to the region's end).
  public func decode(
    _ request: DecodeRequest = DecodeRequest(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(ImageError) -> Decoded {
    let imageSize = header.uprightSize
    guard let plan = DecodePlan(request, for: header) else {
      let nothing = Bitmap(size: PixelSize(width: 0, height: 0), channels: [])
      let region = Region(left: 0, top: 0, width: 0, height: 0)
      return Decoded(
        picture: Picture(bitmap: nothing, region: region, imageSize: imageSize), warning: nil)
    }
    do {
      let needed = try memoryNeeded(by: plan, allowed: request.allowsLargeMemory)
      let session = DecodeSession(source: source, isCancelled: isCancelled)
      let (bitmap, warning) =
        switch header.format {
        case .jpeg: try JPEGDecoder.decode(plan, of: header, session: session, memory: needed)
        case .png: try PNGDecoder.decode(plan, of: header, session: session)
        }
      return Decoded(
        picture: Picture(
          bitmap: bitmap.upright(from: header.orientation), region: plan.uprightRegion,
          imageSize: imageSize),
        warning: warning)
    } catch {
      throw ImageError(path: path, reason: error.reason)
    }
  }

  /// Decodes what comes first in a file that comes in passes: the whole image, coarsely.
  ///
  /// For a progressive JPEG that is an eighth of its size, in a fraction of the time; for an
  /// interlaced PNG a quarter.
  ///
  /// - Parameters:
  ///   - request: How many pixels, at most, and whether much memory may be taken.
  ///   - isCancelled: Asked between rows; true ends the work with `cancelled`.
  /// - Returns: The image; nil where the file holds no coarse one, or not all of it.
  /// - Throws: `ImageError` as `decode` does.
  public func decodePreview(
    _ request: DecodeRequest = DecodeRequest(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(ImageError) -> Picture? {
    guard header.isProgressive else { return nil }
    let size = header.uprightSize
    let coarseness = header.format == .jpeg ? 8 : 4
    let target = request.targetSize ?? size
    let coarse = PixelSize(
      width: min(target.width, (size.width + coarseness - 1) / coarseness),
      height: min(target.height, (size.height + coarseness - 1) / coarseness))
    let whole = DecodeRequest(targetSize: coarse, allowsLargeMemory: request.allowsLargeMemory)
    guard let plan = DecodePlan(whole, for: header) else { return nil }
    do {
      let needed = try memoryNeeded(by: plan, allowed: request.allowsLargeMemory)
      let session = DecodeSession(source: source, isCancelled: isCancelled)
      let bitmap =
        switch header.format {
        case .jpeg: try JPEGDecoder.preview(plan, of: header, session: session, memory: needed)
        case .png: try PNGDecoder.preview(plan, of: header, session: session)
        }
      return bitmap.map {
        Picture(
          bitmap: $0.upright(from: header.orientation), region: plan.uprightRegion,
          imageSize: size)
      }
    } catch {
      throw ImageError(path: path, reason: error.reason)
    }
  }

  /// The bytes that the codec may take for the whole image.
  private func memoryNeeded(
    by plan: DecodePlan, allowed: Bool
  ) throws(DecodeFailure) -> Int {
    let bytes =
      switch header.format {
      case .jpeg: header.wholeImageBytes
      case .png: PNGDecoder.workingBytes(for: plan, of: header)
      }
    let total = bytes + plan.resultBytes(header.orientation)
    guard allowed || total <= DecodeLimits.memoryWithoutConsent else {
      throw DecodeFailure(.needsConsent(header.uprightSize, estimatedBytes: total))
    }
    return bytes
  }

  private static func readHeader(_ source: ByteSource) throws(DecodeFailure) -> ImageHeader {
    let start = source.bytes(at: 0, length: FileSignature.length)
    guard !start.isEmpty else { throw DecodeFailure(.empty) }
    let format: ImageFormat
    switch FileSignature(start) {
    case .image(let known): format = known
    case .other(let name): throw DecodeFailure(.otherFormat(name))
    case .notAnImage(let kind): throw DecodeFailure(.notAnImage(kind))
    }
    let orientation = Orientation(exif: ExifSegment.find(in: source, format: format))
    return switch format {
    case .jpeg: try JPEGDecoder.readHeader(source, orientation: orientation)
    case .png: try PNGDecoder.readHeader(source, orientation: orientation)
    }
  }
}
