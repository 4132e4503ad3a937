import Raster
import Synchronization

/// Decoded tiles of images, kept within a bound of memory; the least recently used go first.
///
/// It may be shared between threads and between images.
public final class TileCache: Sendable {
  /// A tile of one state of one file.
  struct Key: Hashable {
    let file: FileIdentity
    let tile: TileArea
  }

  private struct Entry {
    let bitmap: Bitmap
    var lastUse: Int
  }

  private struct Store {
    var entries: [Key: Entry] = [:]
    var bytes = 0
    var uses = 0
  }

  /// How many bytes of pixels it keeps at most.
  public let byteLimit: Int
  private let store = Mutex(Store())

  /// Creates an empty cache.
  ///
  /// - Parameter byteLimit: How many bytes of pixels it keeps at most.
  public init(byteLimit: Int) {
    self.byteLimit = byteLimit
  }

  /// How many bytes of pixels it keeps now.
  public var byteCount: Int { store.withLock { $0.bytes } }

  func bitmap(for key: Key) -> Bitmap? {
    store.withLock { store in
      store.uses += 1
      store.entries[key]?.lastUse = store.uses
      return store.entries[key]?.bitmap
    }
  }

  func has(_ key: Key) -> Bool {
    store.withLock { $0.entries[key] != nil }
  }

  func insert(_ bitmap: Bitmap, for key: Key) {
    let size = bitmap.channels.count
    guard size <= byteLimit else { return }
    store.withLock { store in
      store.uses += 1
      let old = store.entries.updateValue(Entry(bitmap: bitmap, lastUse: store.uses), forKey: key)
      store.bytes += size - (old?.bitmap.channels.count ?? 0)
      while store.bytes > byteLimit, let oldest = store.entries.min(by: Self.isUsedEarlier)?.key {
        store.bytes -= store.entries.removeValue(forKey: oldest)?.bitmap.channels.count ?? 0
      }
    }
  }

  private static func isUsedEarlier(
    _ first: (key: Key, value: Entry), _ second: (key: Key, value: Entry)
  ) -> Bool {
    first.value.lastUse < second.value.lastUse
  }
}
