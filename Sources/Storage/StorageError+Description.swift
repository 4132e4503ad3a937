import Glibc

extension StorageError: CustomStringConvertible {
  /// What happened and the way out, in a sentence or two.
  public var description: String {
    switch self {
    case .system(let operation, let path, let code):
      "\(path): \(Self.sentence(operation, code))"
    case .notAFile(let path):
      "\(path) is a folder, a pipe or a device: name a file."
    case .noSuchFolder(let path):
      "\(path): there is no such folder; make it first or name another."
    case .locked(let path, let holder):
      "\(path) is being edited by \(holder.map { "\($0)" } ?? "another program"): "
        + "close it there, or open it with --read-only."
    case .changedElsewhere(let path):
      "\(path) was changed by another program while it was open here, so it was not overwritten: "
        + "the edits are in \(path).journal; move one of the two aside and start again."
    case .openedReadOnly(let path):
      "\(path) is open for looking only: open it without --read-only to edit it."
    case .closed(let path):
      "\(path) was closed already: open it again."
    case .datasetOutOfStep(let path):
      "\(path): what is to be saved is not what was recorded, so nothing was written; "
        + "leave and start again, the edits are in \(path).journal."
    case .lineBreakInLine(let line):
      "Line \(line + 1) would hold a line break: write it as \\n."
    case .notALabelFile(let path, let line, let reason):
      "\(path):\(line): \(reason)."
    case .malformed(let path, let reason):
      "\(path): \(reason)."
    case .outsideImagesFolder(let image, let folder):
      "\(image) is not under \(folder), which the s3:// prefix stands for: "
        + "name its folder with --images."
    case .badPath(let path):
      "\"\(path)\" can't be the name of a file: name another."
    case .journalDoesNotFit, .journalDamaged, .journalOfAnotherVersion:
      journalDescription
    }
  }

  private var journalDescription: String {
    switch self {
    case .journalDoesNotFit(let journal, let manifest):
      "\(manifest) was changed by another program since \(journal) was written. Nothing was "
        + "touched: move the journal aside to go on without its edits, or put back the manifest "
        + "that it belongs to."
    case .journalDamaged(let path, let line):
      "\(path):\(line): the journal is damaged before its end. Nothing was touched: keep a copy, "
        + "then cut it before this line to get back the edits above it, or move it aside."
    case .journalOfAnotherVersion(let path, let program, let version):
      "\(path) was written by \(program) in version \(version) of the journal's format. Nothing "
        + "was touched: open it with that program, or move the journal aside."
    default:
      ""
    }
  }

  private static func sentence(_ operation: Operation, _ code: Int32) -> String {
    let what =
      switch operation {
      case .read: "could not be read"
      case .write: "could not be written"
      case .replace: "could not be replaced; the old file is whole"
      case .remove: "could not be removed"
      case .lock: "could not be locked"
      }
    return "\(what): \(reason(code))."
  }

  /// What a system error means, with the way out.
  static func reason(_ code: Int32) -> String {
    switch code {
    case ENOSPC: "the disk is full; free some space and save again"
    case EDQUOT: "your disk quota is used up; free some space and save again"
    case EROFS: "the file system is read-only; open it with --read-only or copy it elsewhere"
    case EACCES, EPERM:
      "permission denied; change the permissions, or open it with --read-only"
    case ENOENT: "there is no such file or folder; check the name"
    case ENOTDIR: "a part of the path is not a folder; check the name"
    case EISDIR: "it is a folder; name a file"
    case ELOOP: "its symbolic links lead in a circle, or nowhere safe; name the real file"
    case ENAMETOOLONG: "the name is too long for the file system; shorten it"
    case EFBIG: "it is too large for the file system or your limits; use another disk"
    case EIO: "the disk reports an error; check it and keep a copy elsewhere"
    case EMFILE, ENFILE: "too many files are open; close some programs and try again"
    case ENOMEM: "there is not enough memory; close some programs and try again"
    case EBUSY, ETXTBSY: "it is in use; close the program that uses it and try again"
    case ESTALE, ETIMEDOUT: "the file server does not answer; try again later"
    case EEXIST: "it appeared at the same moment; try again"
    default: "system error \(code) (\(String(cString: strerror(code)))); try again"
    }
  }
}
