/// Gathers CVAT's XML into a dataset.
struct CVATReader {
  private let options: ReadOptions
  private var notes: NoteList
  private var labels: LabelList
  private var images: [LabeledImage] = []

  init(options: ReadOptions, notes: NoteList) {
    self.options = options
    self.notes = notes
    labels = LabelList(options.labels)
  }

  /// What was read.
  var result: Import {
    Import(labels: labels, images: images, notes: notes)
  }

  /// Reads a file.
  mutating func read(_ root: XMLElement, path: String) throws(FormatError) {
    if let track = root.child("track") {
      throw FormatError(
        path: path, line: track.line,
        message: "The tracks are a video's: export the task as “CVAT for images 1.1”.")
    }
    let meta = root.child("meta")
    for owner in ["task", "project", "job"] {
      for label in meta?.descendant(owner, "labels")?.children("label") ?? [] {
        // The labels of a skeleton's points belong to it.
        if let name = label.text(of: "name"), label.child("parent") == nil { labels.add(name) }
      }
    }
    for image in root.children("image") { try readImage(image, path) }
  }

  private mutating func readImage(_ element: XMLElement, _ path: String) throws(FormatError) {
    guard let name = element.attributes["name"], !name.isEmpty else {
      throw FormatError(path: path, line: element.line, message: "The image has no name.")
    }
    var image = LabeledImage(name: name, size: try element.imageSize(path: path))
    for shape in element.children {
      guard let label = shape.attributes["label"], !label.isEmpty else {
        notes.add("<\(shape.name)> has no label; it's left out.", path: path, line: shape.line)
        continue
      }
      let isAutomatic = options.arePredictions ?? (shape.attributes["source"] == "auto")
      if shape.name == "tag" {
        labels.add(label)
        image.imageLabels.append(.init(label: label, isPrediction: isAutomatic))
      } else if let edges = try CVATShape(shape, path: path).envelope {
        labels.add(label)
        var box = edges.labeled(label)
        box.isPrediction = isAutomatic
        box.traits = traits(of: shape)
        noteOddities(of: shape, edges, in: image.size, path)
        image.boxes.append(box)
      } else {
        notes.add("<\(shape.name)> is no box; it's left out.", path: path, line: shape.line)
      }
    }
    images.append(image)
  }

  private func traits(of shape: XMLElement) -> [String: String] {
    var traits: [String: String] = [:]
    for key in ["occluded", "z_order", "group_id"] {
      if let value = shape.attributes[key], !["0", ""].contains(value) { traits[key] = value }
    }
    for attribute in shape.children("attribute") where !attribute.text.isEmpty {
      if let name = attribute.attributes["name"] { traits[name] = attribute.text }
    }
    return traits
  }

  private mutating func noteOddities(
    of shape: XMLElement, _ edges: EdgeBox, in size: ImageSize?, _ path: String
  ) {
    let line = shape.line
    if shape.name != "box" {
      notes.add("<\(shape.name)> is read as the box around it.", path: path, line: line)
    } else if CVATShape.turn(of: shape) != 0 {
      notes.add("The box is turned; the box around it is taken.", path: path, line: line)
    }
    notes.addOddities(of: edges, in: size, at: "\(path):\(line)")
  }
}
