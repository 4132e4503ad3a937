import Glibc

/// A file being written from its start, in large pieces, with its fingerprint on the way.
struct OutputFile {
  private static let capacity = 1 << 20

  let file: OpenFile
  private let operations: FileOperations
  private var buffer: [UInt8] = []
  private var offset = 0
  private var hash = ContentHash()

  init(file: OpenFile, operations: FileOperations) {
    self.file = file
    self.operations = operations
    buffer.reserveCapacity(Self.capacity)
  }

  /// Adds bytes at the end.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    if bytes.count < Self.capacity - buffer.count {
      buffer.append(contentsOf: bytes)
      return
    }
    try drain()
    if bytes.count < Self.capacity {
      buffer.append(contentsOf: bytes)
    } else {
      try put(bytes)
    }
  }

  /// Adds bytes at the end.
  mutating func append(_ bytes: [UInt8]) throws(StorageError) {
    try bytes.withRawBytes { (raw) throws(StorageError) in try append(raw) }
  }

  /// Writes what is left and returns when all of it is on disk.
  mutating func finish() throws(StorageError) -> Fingerprint {
    try drain()
    try attempting(.write, file.path) { () throws(SystemCode) in
      try operations.synchronize(file.descriptor)
    }
    return Fingerprint(hash: hash.value, byteCount: offset)
  }

  private mutating func drain() throws(StorageError) {
    let full = buffer
    buffer.removeAll(keepingCapacity: true)
    try full.withRawBytes { (raw) throws(StorageError) in try put(raw) }
  }

  private mutating func put(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // In pieces that stay in the processor's cache between the hash and the copy.
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.capacity))
      let written = try attempting(.write, file.path) { () throws(SystemCode) in
        try operations.write(file.descriptor, piece, offset)
      }
      guard written > 0 else { throw .system(.write, path: file.path, code: EIO) }
      hash.update(UnsafeRawBufferPointer(rebasing: rest.prefix(written)))
      offset += written
      rest = rest.dropFirst(written)
    }
  }
}
