extension Predictions {
  /// Reads the predictions that stand in a dataset.
  ///
  /// Boxes are those of one attribute. Labels for whole images are those that a model gave
  /// (`human-annotated` isn't `yes`) in attributes called like it, or like it with `-` or `_` and
  /// more, as Rekognition's `rekognition-custom-labels-evaluation-0`.
  ///
  /// - Parameters:
  ///   - attribute: The attribute's name; for `nil` there are no boxes, and all labels that a model
  ///     gave whole images.
  ///   - dataset: The dataset. Lines that can't be read have no predictions.
  /// - Complexity: O(bytes).
  public init(attribute: String?, of dataset: Dataset) {
    self.init(name: attribute ?? "the model's image-level labels")
    dataset.forEachLine(in: 0..<dataset.count) { _, bytes in
      var line: [UInt8] = []
      line.reserveCapacity(bytes.count)
      for index in bytes.indices { line.append(bytes[index]) }
      let found = LinePredictions(line: line, attribute: attribute)
      appendLine(boxes: found.boxes, imageLabels: found.imageLabels)
    }
  }

  /// The attribute of a survey's dataset that predictions are most likely in.
  ///
  /// - Parameters:
  ///   - survey: What is in the dataset.
  ///   - truth: The attribute of the truth, which is none of predictions unless models wrote all
  ///     of it.
  /// - Returns: The box attribute that models wrote on most lines; `nil` if there is none.
  public static func attribute(in survey: Survey, truth: String) -> String? {
    let candidates = survey.boxAttributes.filter {
      $0.lineCount > $0.humanCount && ($0.name != truth || $0.humanCount == 0)
    }
    return candidates.max {
      ($0.lineCount - $0.humanCount, $1.name) < ($1.lineCount - $1.humanCount, $0.name)
    }?.name
  }
}

/// The predictions on one line.
private struct LinePredictions {
  private(set) var boxes: [Box] = []
  private(set) var imageLabels: [(label: String, confidence: Double?)] = []

  init(line: [UInt8], attribute: String?) {
    guard let members = (try? JSONValue(parsing: line))?.members else { return }
    for member in members {
      let name = member.name
      guard Self.isAsked(name, attribute), !name.hasSuffix(AttributeReader.suffix),
        let found = members.last(named: name + AttributeReader.suffix),
        let metadata = AttributeMetadata(found)
      else { continue }
      read(name, member.value, metadata, attribute)
    }
  }

  private static func isAsked(_ name: String, _ attribute: String?) -> Bool {
    guard let attribute else { return true }
    guard name.hasPrefix(attribute) else { return false }
    let next = name.dropFirst(attribute.count).first
    return next == nil || next == "-" || next == "_"
  }

  private mutating func read(
    _ name: String, _ value: JSONValue, _ metadata: AttributeMetadata, _ attribute: String?
  ) {
    switch metadata.type {
    case BoxSet.type? where name == attribute:
      boxes = (try? BoxSet(attribute: name, value: value, metadata: metadata))?.boxes ?? []
    case ImageLabel.type? where !metadata.isHumanAnnotated:
      guard let found = try? ImageLabel(attribute: name, value: value, metadata: metadata)
      else { return }
      // What a model labelled alone is no prediction any more.
      if attribute == nil, found.isTruth { return }
      imageLabels.append((found.label, found.confidence))
    case MultiLabelSet.type? where !metadata.isHumanAnnotated:
      guard let found = try? MultiLabelSet(attribute: name, value: value, metadata: metadata)
      else { return }
      imageLabels += found.members.map { ($0.label, $0.confidence) }
    default: break
    }
  }
}
