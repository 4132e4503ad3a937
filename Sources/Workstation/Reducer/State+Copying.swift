import GroundTruth
import Raster

extension State {
  mutating func copySelected() {
    guard let selection = canvas.selection, let box = subject?.boxes[safe: selection] else {
      message = .note("select a box first: Tab, or a click on it")
      return
    }
    clipboard = [box.detached]
    message = .note("copied \(box.label); p pastes")
  }

  mutating func copyAll() {
    clipboard = (subject?.boxes ?? []).map(\.detached)
    message = .note("copied \(clipboard.count) boxes; p pastes")
  }

  /// Adds boxes to the image, moved inside where they would stick out.
  mutating func pasteBoxes(_ boxes: [Subject.ShownBox], summary: String) -> [Effect] {
    guard !boxes.isEmpty else {
      message = .note("nothing copied yet: y copies a box, Y all")
      return []
    }
    guard let subject, let size = facts?.uprightSize else {
      message = .problem("the image is not loaded, so boxes can't be added")
      return []
    }
    let added = boxes.map { box in
      Subject.ShownBox(rect: box.rect.rounded.confined(to: size), label: box.label, source: nil)
    }
    let name = added.count == 1 ? added[0].label : "\(added.count) boxes"
    let effects = writeBoxes(subject.boxes + added, summary: "\(summary) \(name)")
    guard !effects.isEmpty else { return [] }
    if added.count == 1 { canvas.selection = subject.boxes.count }
    message = .note("\(summary): \(name)")
    return effects
  }

  /// Adds the boxes of the image before this one in the queue.
  mutating func pullPrevious() -> [Effect] {
    guard let line = queue.line(offset: -1), let entry = try? Entry(line: dataset.line(at: line))
    else {
      message = .note("there is no previous image")
      return []
    }
    let previous = Subject(
      line: line, entry: entry, attribute: settings.attribute, facts: pictures[line]?.facts,
      boxSpace: settings.boxSpace)
    guard !previous.boxes.isEmpty else {
      message = .note("the previous image has no boxes")
      return []
    }
    return pasteBoxes(previous.boxes.map(\.detached), summary: "pull")
  }

  /// Puts a box of the last one's size and label around the crosshair.
  mutating func stamp() -> [Effect] {
    guard let lastBox, let size = facts?.uprightSize else {
      message = .note("draw a box first; . repeats its size and label at the crosshair")
      return []
    }
    let rect = lastBox.rect
    let place = canvas.crosshair
    var box = lastBox.detached
    box.rect = PixelRect(
      left: (place.x - rect.width / 2).rounded(), top: (place.y - rect.height / 2).rounded(),
      width: rect.width, height: rect.height
    ).confined(to: size)
    return pasteBoxes([box], summary: "stamp")
  }

  /// Takes the selected box, or all, along to another image of the queue.
  mutating func carry(by offset: Int) -> [Effect] {
    guard let subject, !subject.boxes.isEmpty else {
      message = .note("no boxes to carry")
      return []
    }
    let boxes = canvas.selection.flatMap { subject.boxes[safe: $0] }.map { [$0] } ?? subject.boxes
    guard queue.line(offset: offset) != nil else { return step(by: offset) }
    let effects = step(by: offset)
    arrivals = boxes.map(\.detached)
    arrivalLine = self.subject?.line
    return effects
  }

  /// Puts down what was carried here, as soon as the image's size is known.
  mutating func arrive() -> [Effect] {
    guard !arrivals.isEmpty, let subject else { return [] }
    guard subject.line == arrivalLine else {
      arrivals = []
      message = .note("the boxes carried to the other image were put down: it was not loaded yet")
      return []
    }
    if let failure = pictures[subject.line]?.failure {
      arrivals = []
      message = .problem("nothing was carried here: \(failure)")
      return []
    }
    guard facts != nil else { return [] }
    let boxes = arrivals
    arrivals = []
    return pasteBoxes(boxes, summary: "carry")
  }
}

extension Subject.ShownBox {
  /// The box without its place in an entry.
  var detached: Subject.ShownBox {
    Subject.ShownBox(rect: rect, label: label, source: nil)
  }
}
