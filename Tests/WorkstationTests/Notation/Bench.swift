import Cells
import GroundTruth
import Mosaic
import Raster
import Testing

@testable import Workstation

/// A workstation on a bench: a state over an album in memory, pictures that come at once, a clock
/// that stands still, and a list of the effects asked for.
struct Bench {
  /// At fit on this screen an image of 100×80 takes 50×20 cells: 2×4 pixels a cell, five columns
  /// to its left and the header above it.
  static let screen = CellSize(columns: 60, rows: 23)
  /// 2026-09-21T14:13:20 UTC.
  static let now = 1_790_000_000.0
  static let attribute = "bounding-box"

  var state: State
  /// The effects since the last call of `take`, but for `want`, in words.
  private(set) var effects: [String] = []
  /// All steps sent to the journal.
  private(set) var records: [JournalRecord] = []
  /// All lists of pictures wanted, in order.
  private(set) var wants: [[PictureRequest]] = []
  /// The manifest as it was at first.
  let originals: [[UInt8]]
  private var images: [Album.Image]

  /// Sets up an album; labels without boxes are those of a new project.
  init(
    _ text: String, screen: CellSize = Bench.screen,
    labels: [String] = ["RBC", "WBC", "Platelets"],
    _ change: (inout Settings) -> Void = { _ in }
  ) throws {
    let album = try Album(text)
    var settings = Settings(title: "cells.manifest")
    settings.glyphs = .ascii
    change(&settings)
    let space = settings.boxSpace
    let lines = try album.images.enumerated().map { number, image in
      try Bench.line(image, number: number, labels: labels, boxSpace: space)
    }
    self.init(lines: lines, images: album.images, labels: labels, settings, screen: screen)
    if let shown = album.images.first(where: \.isShown) {
      state.canvas.selection = shown.boxes.firstIndex(where: \.isSelected)
      if let crosshair = shown.crosshair {
        state.canvas.crosshair = crosshair
        state.canvas.showsCrosshair = true
      }
    }
  }

  /// Sets up lines as they are, with what is known of their images.
  init(
    lines: [[UInt8]], images: [Album.Image], labels: [String], _ settings: Settings,
    screen: CellSize
  ) {
    originals = lines
    self.images = images
    let dataset = Dataset(source: lines)
    state = State(
      dataset: dataset, survey: Survey(dataset, truth: settings.attribute, names: labels),
      labels: labels, settings: settings, size: screen,
      startingAt: images.firstIndex(where: \.isShown))
    let selection = state.canvas.selection
    reduce(.input(.focus(true)))
    state.canvas.selection = selection
  }

  /// Does what a script says.
  mutating func run(_ script: String) throws {
    for step in try Script(script).steps { perform(step) }
  }

  /// Does one step.
  mutating func perform(_ step: Script.Step) {
    switch step {
    case .input(let input): reduce(.input(input))
    case .pause: reduce(.pause)
    case .recorded(let count): reduce(.recorded(through: count))
    case .saved(let count): reduce(.saved(through: count))
    case .disk(let reason): reduce(.storageFailed(reason))
    case .notice(let text): reduce(.notice(text, isProblem: false))
    case .picture(let line):
      if images[line].file == .slow { images[line].file = .loaded }
      answer(line)
    case .refuse(let line, let question):
      for request in wants.last ?? [] where request.line == line {
        reduce(.picture(request, .needsConsent(question)))
      }
    }
  }

  /// Reduces an event and performs what it asks for, as far as a bench can.
  mutating func reduce(_ event: Event) {
    let asked = state.reduce(event, at: Self.now)
    for effect in asked {
      if let words = effect.words { effects.append(words) }
      if case .record(let record, _) = effect { records.append(record) }
      if case .want(let requests) = effect {
        wants.append(requests)
        for request in requests where images[safe: request.line].map({ $0.file != .slow }) == true {
          reduce(.picture(request, outcome(of: request)))
        }
      }
    }
  }

  private mutating func answer(_ line: Int) {
    guard let request = wants.last?.first(where: { $0.line == line }) else { return }
    reduce(.picture(request, outcome(of: request)))
  }

  /// The effects so far, in words; the next call tells those after.
  mutating func take() -> String {
    defer { effects = [] }
    return effects.joined(separator: ", ")
  }

  // MARK: Pictures

  private func outcome(of request: PictureRequest) -> PictureOutcome {
    let image = images[request.line]
    if image.file == .broken { return .failed("img\(request.line + 1).jpg is not an image") }
    return .loaded(Self.picture(of: image.size, for: request), Self.facts(of: image))
  }

  static func facts(of image: Album.Image) -> ImageFacts {
    let isTurned = image.file == .turned
    let size = image.size
    return ImageFacts(
      storedSize: isTurned ? PixelSize(width: size.height, height: size.width) : size,
      orientation: isTurned ? .clockwise : .upright)
  }

  /// A picture of one colour, so that frames tell the styles of what is laid over it.
  static func picture(of size: PixelSize, for request: PictureRequest) -> Picture {
    let region = request.region ?? Region(size)
    let width = max(1, min(region.width, request.target.width))
    let height = max(1, min(region.height, request.target.height))
    var channels: [UInt8] = []
    channels.reserveCapacity(4 * width * height)
    let row = [UInt8]([40, 80, 80, 255]).repeated(width)
    for _ in 0..<height { channels.append(contentsOf: row) }
    return Picture(
      bitmap: Bitmap(size: PixelSize(width: width, height: height), channels: channels),
      region: region, imageSize: size)
  }

  // MARK: Lines

  private static func line(
    _ image: Album.Image, number: Int, labels: [String], boxSpace: BoxSpace
  ) throws -> [UInt8] {
    let provenance = Provenance(
      creationDate: "2020-01-02T03:04:05.678901", jobName: "labeling-job/before")
    let ids = ClassIDs(names: labels)
    let facts = facts(of: image)
    var line = Entry.line(sourceRef: "img\(number + 1).jpg")
    if !image.boxes.isEmpty || image.marks.contains("nothing there") {
      let boxes = image.boxes.map { box in
        let rect =
          boxSpace == .stored
          ? facts.orientation.stored(box.rect, ofStored: facts.storedSize) : box.rect
        return Box(
          left: rect.left, top: rect.top, width: rect.width, height: rect.height,
          label: box.label)
      }
      line = try Entry(line: line).settingBoxes(
        boxes, of: attribute,
        imageSize: ImageSize(width: image.size.width, height: image.size.height),
        classIDs: ids, provenance: provenance)
    }
    for label in image.labels {
      line = try Entry(line: line).addingImageLabel(label, classIDs: ids, provenance: provenance)
    }
    let mark = Mark(
      isVerified: image.marks.contains("verified"), isSkipped: image.marks.contains("skipped"),
      isExcluded: image.marks.contains("left out"), flag: image.flag)
    return try Entry(line: line).settingMark(mark)
  }

  // MARK: What there is now

  /// The album as it is now.
  var album: Album {
    Album(
      images: images.indices.map { line in
        var image = images[line]
        image.isShown = state.queue.current == line
        describe(line, &image)
        return image
      })
  }

  private func describe(_ line: Int, _ image: inout Album.Image) {
    image.boxes = []
    image.labels = []
    image.marks = []
    image.flag = nil
    image.crosshair = nil
    guard let entry = try? Entry(line: state.dataset.line(at: line)) else { return }
    let subject = Subject(
      line: line, entry: entry, attribute: Self.attribute, facts: Self.facts(of: image),
      boxSpace: state.settings.boxSpace)
    image.boxes = subject.boxes.enumerated().map { index, box in
      let isPending = image.isShown && state.nudge?.box == index
      return Album.Box(
        label: box.label,
        rect: image.isShown ? state.shownRect(of: index) ?? box.rect : box.rect,
        isSelected: image.isShown && state.canvas.selection == index, isPending: isPending)
    }
    image.labels = subject.imageLabels
    if subject.hasBoxSet, subject.boxes.isEmpty { image.marks.insert("nothing there") }
    if entry.mark.isVerified { image.marks.insert("verified") }
    if entry.mark.isSkipped { image.marks.insert("skipped") }
    if entry.mark.isExcluded { image.marks.insert("left out") }
    image.flag = entry.mark.flag
    guard image.isShown else { return }
    if let draft = state.draft { image.draft = draft.rect(in: image.size) }
    if state.draft == nil, state.canvas.showsCrosshair {
      image.crosshair = state.canvas.crosshair.snapped
    }
  }

  /// What the message line says.
  var message: String { state.message?.text ?? "" }
  /// What the screen shows.
  var screenText: String { state.frame.description }
  /// The manifest's lines as they are now.
  var lines: [[UInt8]] { (0..<state.dataset.count).map { state.dataset.line(at: $0) } }
}

extension [UInt8] {
  /// The bytes so many times over.
  fileprivate func repeated(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * self.count)
    for _ in 0..<count { bytes.append(contentsOf: self) }
    return bytes
  }
}

extension Effect {
  /// The effect in words; `nil` for `want` and what is kept of the pace.
  var words: String? {
    switch self {
    case .want: nil
    case .record(.edit(let edit), _): edit.summary
    case .record(.undo, _): "undo"
    case .record(.redo, _): "redo"
    case .record(.append(let lines), _): "append \(lines.count)"
    case .save(_, let count): "save \(count)"
    case .perform(let command, _): command.action.rawValue
    case .models(let request): request.words
    case .train(let wish, _):
      (["train"] + [wish.name, wish.minutes.map { "\($0)" }].compactMap(\.self))
        .joined(separator: " ")
    case .look(let request):
      (["look"] + request.images.map { "\($0.line + 1)" }).joined(separator: " ")
    case .stopTraining: "stop training"
    case .keepLabel(let label): "keep \(label)"
    case .keepBoxSpace(let space): "keep \(space.rawValue)"
    case .keepPace: nil
    case .repaint: "repaint"
    case .suspend: "suspend"
    case .ring: "ring"
    }
  }
}

/// One step of a workstation's life: an album, what is done, the album then, and the effects.
func expect(
  _ before: String, _ script: String, _ after: String, effects: String = "",
  _ change: (inout Settings) -> Void = { _ in }, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  if let found = try difference(before, script, after, effects: effects, change) {
    Issue.record(Comment(rawValue: found), sourceLocation: sourceLocation)
  }
}

/// What differs from a triple, in words.
func difference(
  _ before: String, _ script: String, _ after: String, effects: String,
  _ change: (inout Settings) -> Void = { _ in }
) throws -> String? {
  var bench = try Bench(before, change)
  try bench.run(script)
  let (came, wanted) = (bench.album.description, try Album(after).description)
  let asked = bench.take()
  guard came != wanted || asked != effects else { return nil }
  return """
    \(script)
    expected
    \(wanted)
    effects: \(effects)
    came
    \(came)
    effects: \(asked)
    message: \(bench.message)
    """
}
