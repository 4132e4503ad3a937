/// dlib's imglab XML: all images in one file, boxes as whole `left top width height`.
///
/// dlib's rectangles include their last pixel, but the file has the width itself (dlib,
/// `image_dataset_metadata.cpp`), so numbers are taken as they are.
public enum Imglab: FormatCoding {
  /// The traits that imglab has attributes for.
  private static let traits = [
    "angle", "pose", "difficult", "truncated", "occluded", "gender", "age", "detection_score",
  ]
  private static let partPrefix = "part "

  /// Reads every imglab file of the tree.
  ///
  /// - Throws: `FormatError` if a file is broken or there is none.
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var notes = NoteList()
    var labels = LabelList(options.labels)
    var images: [LabeledImage] = []
    for (path, root) in try XMLFiles.roots("dataset", of: "imglab's", in: files, notes: &notes) {
      for element in root.child("images")?.children("image") ?? [] {
        guard let name = element.attributes["file"], !name.isEmpty else {
          throw FormatError(path: path, line: element.line, message: "The image has no file.")
        }
        var image = LabeledImage(name: name, size: try element.imageSize(path: path))
        for box in element.children("box") {
          image.boxes.append(try self.box(box, in: image.size, options, path, &notes))
        }
        for box in image.boxes { labels.add(box.label) }
        images.append(image)
      }
    }
    return Import(labels: labels, images: images, notes: notes)
  }

  private static func box(
    _ element: XMLElement, in size: ImageSize?, _ options: ReadOptions, _ path: String,
    _ notes: inout NoteList
  ) throws(FormatError) -> LabeledBox {
    var name = element.text(of: "label")
    if name == nil {
      let only = options.labels.count == 1 ? options.labels[0] : "object"
      notes.add(
        "The box has no label; it gets “\(only)” (--labels NAME for another).", path: path,
        line: element.line)
      name = only
    }
    let (left, top) = (try element.pixel("left", path: path), try element.pixel("top", path: path))
    var box = LabeledBox(
      left: left, top: top, width: try element.length("width", path: path),
      height: try element.length("height", path: path), label: name ?? "",
      isCrowd: ["1", "true"].contains(element.attributes["ignore"] ?? ""))
    for trait in traits {
      guard let value = element.attributes[trait], !["", "0", "0.0"].contains(value) else {
        continue
      }
      box.traits[trait] = value
    }
    for part in element.children("part") {
      let (x, y) = (try part.pixel("x", path: path), try part.pixel("y", path: path))
      let name = partPrefix + (part.attributes["name"] ?? "")
      box.traits[name] = "\(DecimalText.pixels(x)) \(DecimalText.pixels(y))"
    }
    takeScore(of: &box, options)
    notes.addOddities(of: EdgeBox(box), in: size, at: "\(path):\(element.line)")
    return box
  }

  /// A detector's score is any number; only one of 0…1 can be a confidence, others stay a trait.
  private static func takeScore(of box: inout LabeledBox, _ options: ReadOptions) {
    let score = box.traits["detection_score"].flatMap { DecimalText.value($0) }
    box.isPrediction = options.arePredictions ?? (score != nil)
    if let score, (0...1).contains(score) {
      box.confidence = score
      box.traits["detection_score"] = nil
    }
  }

  /// Writes `dataset.xml`.
  ///
  /// - Throws: Nothing; what imglab has no attribute for is among the losses.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    var (dataset, losses) = dataset.reduced(
      to: Holdings(
        boxes: true, predictions: true, scores: true, crowds: true, fractions: false,
        traits: { traits.contains($0) || isPart($0) }))
    var xml = XMLWriter()
    xml.start("dataset")
    xml.leaf("name", "")
    xml.leaf("comment", "")
    xml.start("images")
    for image in dataset.images {
      var attributes = [("file", FilePath.prefixed(image.name, by: options.imagePrefix))]
      if let size = image.size {
        attributes += [("width", "\(size.width)"), ("height", "\(size.height)")]
      }
      xml.start("image", attributes)
      for box in image.boxes { write(box, to: &xml, &losses) }
      xml.end()
    }
    xml.end()
    xml.end()
    return Export(
      files: [OutputFile(path: "dataset.xml", bytes: xml.bytes)], losses: losses.sentences)
  }

  private static func isPart(_ trait: String) -> Bool { trait.hasPrefix(partPrefix) }

  private static func write(
    _ box: LabeledBox, to xml: inout XMLWriter, _ losses: inout LossTally
  ) {
    let edges = EdgeBox(box).rounded
    var attributes = [
      ("top", DecimalText.pixels(edges.top)), ("left", DecimalText.pixels(edges.left)),
      ("width", DecimalText.pixels(edges.width)), ("height", DecimalText.pixels(edges.height)),
    ]
    for trait in traits {
      if let value = box.traits[trait] { attributes.append((trait, value)) }
    }
    if box.isPrediction, box.traits["detection_score"] == nil {
      if let confidence = box.confidence, confidence > 0 {
        attributes.append(("detection_score", "\(confidence)"))
      } else {
        losses.add("Predicted boxes without a confidence become truth")
      }
    }
    if box.isCrowd { attributes.append(("ignore", "1")) }
    xml.start("box", attributes)
    xml.leaf("label", box.label)
    for (name, value) in box.traits.sorted(by: { $0.key < $1.key }) where isPart(name) {
      let point = value.split(separator: " ")
      guard point.count == 2 else { continue }
      let part = String(name.dropFirst(partPrefix.count))
      xml.empty("part", [("name", part), ("x", String(point[0])), ("y", String(point[1]))])
    }
    xml.end()
  }
}
