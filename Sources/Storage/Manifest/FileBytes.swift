import Glibc

/// The bytes of a file, mapped into memory where that is possible.
///
/// The map keeps showing the file that was opened when another takes its name.
final class FileBytes: Sendable {
  /// Neither the pointer nor, as far as this program goes, the bytes change before `deinit`.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Copies bytes from memory.
  init(_ source: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 16)
    copy.copyBytes(from: source)
    bytes = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  /// Maps a file, or reads it where it can't be mapped.
  init(mapping file: OpenFile, size: Int) throws(StorageError) {
    let map = size > 0 ? mmap(nil, size, PROT_READ, MAP_PRIVATE, file.descriptor, 0) : MAP_FAILED
    if let map, map != MAP_FAILED {
      madvise(map, size, MADV_WILLNEED)
      bytes = UnsafeRawBufferPointer(start: map, count: size)
      isMapped = true
      return
    }
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    do {
      let count = try OpenFile.fill(copy, from: file.descriptor)
      bytes = UnsafeRawBufferPointer(start: copy.baseAddress, count: count)
      isMapped = false
    } catch {
      copy.deallocate()
      throw .system(.read, path: file.path, code: error.value)
    }
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }
}
