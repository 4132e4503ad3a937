import Foundation
import GroundTruth
import ImageCoding
import Raster

/// The files of a dataset below a folder.
struct TrainingFiles: FileTree {
  let root: String
  let paths: [String]

  /// Finds the files; empty if there is no such folder.
  init(_ root: String) {
    self.root = root
    let found = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    paths = found.sorted()
  }

  func contents(of path: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(filePath: "\(root)/\(path)"))).map { [UInt8]($0) }
  }

  func imageSize(of path: String) -> ImageSize? {
    guard let file = try? ImageFile.open(path: "\(root)/\(path)") else { return nil }
    let size = file.header.uprightSize
    return ImageSize(width: size.width, height: size.height)
  }
}
