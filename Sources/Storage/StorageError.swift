/// Why something could not be read from or kept on disk.
public enum StorageError: Error, Hashable, Sendable {
  /// What was being done to a file when the system refused.
  public enum Operation: String, Hashable, Sendable {
    /// Opening or reading.
    case read
    /// Creating or writing, up to the flush to disk.
    case write
    /// Putting a finished file in the place of an older one.
    case replace
    /// Removing.
    case remove
    /// Taking the lock.
    case lock
  }

  /// The system refused; `code` is its `errno`.
  case system(Operation, path: String, code: Int32)
  /// The path names a folder, a pipe or a device.
  case notAFile(path: String)
  /// The folder of a file to be made is not there.
  case noSuchFolder(path: String)
  /// Another program has the manifest open for writing.
  case locked(path: String, holder: LockHolder?)
  /// The journal belongs to other contents than the manifest has.
  case journalDoesNotFit(journal: String, manifest: String)
  /// A line of the journal (from 1) before its end is damaged.
  case journalDamaged(path: String, line: Int)
  /// The journal was written by a program whose format this one does not know.
  case journalOfAnotherVersion(path: String, program: String, version: Int)
  /// Someone else changed the manifest while it was open here.
  case changedElsewhere(path: String)
  /// The manifest was opened for looking only.
  case openedReadOnly(path: String)
  /// The manifest was closed already.
  case closed(path: String)
  /// The dataset to be saved is not the one that the records lead to.
  case datasetOutOfStep(path: String)
  /// A line (from 0) would hold a line break and so become two.
  case lineBreakInLine(Int)
  /// A label file is not one; `line` counts from 1.
  case notALabelFile(path: String, line: Int, reason: String)
  /// A file that a program wrote isn't what its name says; what is wrong and the way out.
  case malformed(path: String, reason: String)
  /// An image lies outside the folder that the `s3://` prefix stands for.
  case outsideImagesFolder(image: String, folder: String)
  /// The path can't be named: it is empty or holds a NUL byte.
  case badPath(String)
}
