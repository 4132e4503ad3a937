import Glibc
import GroundTruth

/// The images of a manifest that are to be on S3.
struct PushImages {
  /// An image here and the object that it is to be.
  struct Image: Hashable {
    let object: S3Object
    let file: String
    let size: Int
  }

  /// What lies on S3 already, by key, with its size.
  struct Stored {
    let sizes: [String: Int]

    /// Reads an answer of ListObjectsV2, as ``AWSCall/listObjects(in:prefix:)`` asks for it.
    init(_ answer: JSONValue) {
      var sizes: [String: Int] = [:]
      for element in answer["Contents"]?.elements ?? [] {
        if let key = element["Key"]?.string { sizes[key] = element["Size"]?.integer ?? -1 }
      }
      self.sizes = sizes
    }
  }

  /// The images that are not on S3 and are here.
  private(set) var missing: [Image] = []
  /// URIs that are neither here nor there.
  private(set) var lost: [String] = []
  /// How many are there with another size than here.
  private(set) var different = 0

  /// Sorts the images of lines.
  init(_ lines: [SentManifest.Line], stored: Stored) {
    for line in lines {
      guard let object = S3Object(uri: line.sourceRef) else { continue }
      let size = line.file.map(Self.size)
      if let found = stored.sizes[object.key] {
        if let size, found >= 0, size != found { different += 1 }
      } else if let file = line.file, let size {
        missing.append(Image(object: object, file: file, size: size))
      } else {
        lost.append(line.sourceRef)
      }
    }
  }

  /// The bytes of what is missing.
  var byteCount: Int { missing.reduce(0) { $0 + $1.size } }

  /// What the keys of all lines begin with, up to a slash.
  static func commonPrefix(of lines: [SentManifest.Line]) -> S3Folder? {
    var common: (bucket: String, key: Substring.UTF8View)?
    for line in lines {
      guard let object = S3Object(uri: line.sourceRef) else { continue }
      let key = Substring(object.key).utf8
      guard let before = common else {
        common = (object.bucket, key)
        continue
      }
      let shared = zip(before.key, key).prefix { $0 == $1 }.count
      common?.key = before.key.prefix(shared)
    }
    guard let common else { return nil }
    let end = common.key.lastIndex(of: UInt8(ascii: "/"))
    let prefix = end.map { String(decoding: common.key[...$0], as: UTF8.self) } ?? ""
    return S3Folder("s3://\(common.bucket)/\(prefix)")
  }

  /// Sends what is missing.
  ///
  /// Keys that can be paths are staged as links in a folder and sent by one `aws s3 cp`, which
  /// sends several at a time; starting the program once an image would take longer than sending.
  ///
  /// - Throws: ``Failure`` or ``CallFailure`` if something can't be sent.
  func send(by service: AWSService) throws {
    let plain = missing.filter { Self.canBePath($0.object.key) }
    if let bucket = plain.first?.object.bucket {
      try copy(plain, to: bucket, by: service)
    }
    for image in missing where !Self.canBePath(image.object.key) {
      let link = service.scratch.file("image")
      try Self.link(image.file, at: link)
      _ = try service.answer(
        .putObject(image.object, file: link), about: "image \(image.object.uri)")
    }
  }

  private func copy(_ images: [Image], to bucket: String, by service: AWSService) throws {
    let stage = service.scratch.file("stage")
    mkdir(stage, 0o700)
    defer { Scratch.remove(stage) }
    for image in images {
      var folder = stage
      for part in image.object.key.split(separator: "/").dropLast() {
        folder += "/\(part)"
        mkdir(folder, 0o700)
      }
      try Self.link(image.file, at: "\(stage)/\(image.object.key)")
    }
    // Each file is said on its own line, which is what shows that it goes on.
    let limits = ChildProgram.Limits(stall: .seconds(1_800), total: .seconds(7 * 86_400))
    let call = AWSCall(service: "s3", operation: "cp", input: .object([]))
    let (ending, message) = try service.run(
      ["s3", "cp", "--recursive", "--no-progress", "\(stage)/", "s3://\(bucket)/"]
        + service.regionArguments,
      output: service.scratch.file("sent.txt"), limits: limits)
    guard ending == .ended(code: 0) else {
      throw CallFailure(
        call, about: "sending images to s3://\(bucket)/", ending,
        message: message.replacing(stage, with: ""))
    }
  }

  /// Whether a key can be laid out as a path below a folder and comes out the same.
  static func canBePath(_ key: String) -> Bool {
    let parts = key.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty && part.count <= 255 && ![".", ".."].contains(Substring(part))
    } && key.utf8.count <= 1_024
  }

  private static func link(_ file: String, at path: String) throws {
    guard symlink(Sources.real(file), path) == 0 else {
      throw Failure.saying(
        "\(path) can't be made: \(String(cString: strerror(errno))); make room, or set TMPDIR",
        Failure.cannotCreate)
    }
  }

  private static func size(_ file: String) -> Int {
    var status = stat()
    return stat(file, &status) == 0 ? Int(status.st_size) : 0
  }
}
