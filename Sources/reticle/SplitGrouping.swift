import ArgumentParser
import Dispatch
import GroundTruth
import ImageCoding
import Raster
import Storage
import Synchronization

/// Which images belong together by their names.
struct SplitGrouping {
  private enum Rule {
    case none
    case folder
    case pattern(Regex<AnyRegexOutput>)
  }

  private let rule: Rule

  /// Reads what `--group-by` says.
  ///
  /// - Throws: ``Failure``, which says what is wrong.
  init(_ text: String?) throws {
    guard let text else {
      rule = .none
      return
    }
    if text == "folder" {
      rule = .folder
      return
    }
    do {
      rule = .pattern(try Regex(text))
    } catch {
      throw Failure.saying(
        "--group-by \(text): is no regular expression (\(error)); write one, or the word folder",
        Failure.usage)
    }
  }

  /// Joins the images that have the same key; one without a key stays alone.
  func join(_ subjects: SplitSubjects, of dataset: Dataset, in groups: inout Groups) {
    if case .none = rule { return }
    groups.join { subject in
      (try? Entry(line: dataset.line(at: subjects.lines[subject]))).flatMap {
        key(of: $0.sourceRef)
      }
    }
  }

  private func key(of reference: String) -> String? {
    switch rule {
    case .none: return nil
    case .folder:
      return reference.lastIndex(of: "/").map { String(reference[..<$0]) } ?? ""
    case .pattern(let pattern):
      guard let match = try? pattern.firstMatch(in: reference) else { return nil }
      let output = match.output
      let part = output.count > 1 ? output[1].substring : output[0].substring
      return part.map(String.init)
    }
  }
}

/// Which images look nearly the same.
struct ImageLikeness {
  /// Finds the images.
  let locator: ImageLocator
  /// In how many bits hashes may differ.
  let distance: Int

  /// Joins the images that look nearly the same; says how many could be looked at.
  func join(_ subjects: SplitSubjects, of dataset: Dataset, in groups: inout Groups) -> String {
    let hashes = hashes(of: subjects, in: dataset)
    let found = hashes.count { $0 != nil }
    guard found > 0 else {
      return "no image was found here, so that near-duplicates may be on both sides: "
        + "--images DIR says where they lie"
    }
    var pairs = 0
    PerceptualHash.forEachPair(of: hashes, within: distance) { first, second in
      pairs += 1
      groups.join(first, second)
    }
    let missing = hashes.count - found
    return "looked at \(found) images" + (missing > 0 ? "; \(missing) were not found here" : "")
      + (pairs == 0 ? "; none look the same" : "")
  }

  /// The hash of each image; nil where it can't be read.
  private func hashes(of subjects: SplitSubjects, in dataset: Dataset) -> [PerceptualHash?] {
    let all = Mutex([PerceptualHash?](repeating: nil, count: subjects.count))
    DispatchQueue.concurrentPerform(iterations: subjects.count) { subject in
      guard let entry = try? Entry(line: dataset.line(at: subjects.lines[subject])),
        let hash = hash(of: entry.sourceRef)
      else { return }
      all.withLock { $0[subject] = hash }
    }
    return all.withLock { $0 }
  }

  private func hash(of reference: String) -> PerceptualHash? {
    guard let path = locator.path(for: reference), let file = try? ImageFile.open(path: path),
      let decoded = try? file.decode(DecodeRequest(targetSize: PerceptualHash.wantedSize))
    else { return nil }
    return PerceptualHash(decoded.picture.bitmap)
  }
}
