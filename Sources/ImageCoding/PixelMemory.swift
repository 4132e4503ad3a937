import CJPEG

/// The memory that pixels take.
public enum PixelMemory {
  /// Has large blocks go back to the system as soon as they are freed, in the whole process.
  ///
  /// A program that looks at one large image after another otherwise holds on to most of what each
  /// of them took while it was decoded. Call it once, before the first image.
  public static func returnWhenFreed() {
    cjpeg_map_blocks_from(1 << 18)
  }
}
