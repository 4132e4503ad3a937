import Cells
import GroundTruth
import Mosaic
import Raster

extension State {
  /// The line whose picture is shown; `Models.fileLine` for a file in no manifest.
  var pictureLine: Int? { isOnFile ? Models.fileLine : subject?.line }

  /// Where the picture is on the screen.
  var pictureRect: CellRect { isOnModels ? modelsLayout(showsTest: true).picture : layout.image }

  /// The cell of the picture at a cell of the screen.
  func pictureCell(of point: CellPoint) -> CellPoint {
    CellPoint(column: point.column - pictureRect.left, row: point.row - pictureRect.top)
  }

  /// Whether a cell of the screen shows the picture.
  func isOnPicture(_ point: CellPoint) -> Bool {
    let rect = isOnModels ? modelsLayout.picture : layout.image
    return rect.contains(point)
  }

  /// The size of the image tested, as seen.
  private var testedSize: PixelSize? { pictureLine.flatMap { pictures[$0]?.facts?.uprightSize } }

  /// The image that is shown, as a model is asked about it.
  var testedImage: TestedImage? {
    if let file = models.file { return TestedImage(line: nil, sourceRef: file) }
    return subject.map { TestedImage(line: $0.line, sourceRef: $0.entry.sourceRef) }
  }

  /// What the model found in the image shown.
  var shownResults: [Models.Result] { models.results(in: testedSize) }
  /// The result under the cursor.
  var selectedResult: Models.Result? { models.selection.flatMap { shownResults[safe: $0] } }

  // MARK: Asking

  /// Uses a version from now on, and asks it about the image shown.
  mutating func use(_ name: ListedModel.Name) -> [Effect] {
    models.used = name
    models.cursor = name
    return detect()
  }

  /// Uses the running version before or after the one in use.
  mutating func useAnother(by step: Int) -> [Effect] {
    let running = models.running
    guard let place = running.firstIndex(where: { $0.name == models.used }) else {
      return running.first.map { use($0.name) } ?? detect()
    }
    guard running.count > 1 else {
      message = .note("no other model runs: Tab goes to the models, Enter starts one")
      return []
    }
    return use(running[(place + step + running.count) % running.count].name)
  }

  /// Asks the version in use about the image shown.
  mutating func detect() -> [Effect] {
    models.clearAnswer()
    models.trouble = nil
    guard let used = models.used, models[used]?.status == .running else {
      message = .note("no model is in use: go to one and press Enter")
      return []
    }
    guard let image = testedImage else {
      message = .note("there is no image to look at")
      return []
    }
    models.asked = (used, image)
    return [.models(.detect(used, image))]
  }

  /// Goes to another image of the queue, and asks about it.
  mutating func testAnother(by step: Int) -> [Effect] {
    if models.file != nil {
      models.file = nil
      canvas.viewport = nil
      return afterChange(of: nil)
    }
    let before = testedImage
    return self.step(by: step) + afterChange(of: before)
  }

  /// Tests a file in no manifest.
  mutating func test(_ path: String) -> [Effect] {
    guard !path.isEmpty else { return usage(of: .test) }
    let effects = openModels()
    let before = testedImage
    let folder = settings.workingFolder
    models.file = path.hasPrefix("/") ? path : folder + (folder.hasSuffix("/") ? "" : "/") + path
    pictures[Models.fileLine] = nil
    canvas.viewport = nil
    focus(on: .results)
    return effects + afterChange(of: before)
  }

  /// Asks about the image shown if it is another than before and a model is in use.
  private mutating func afterChange(of before: TestedImage?) -> [Effect] {
    guard testedImage != before else { return [] }
    models.clearAnswer()
    return models.used == nil ? [] : detect()
  }

  mutating func forgetUsed() {
    models.used = nil
    models.clearAnswer()
  }

  // MARK: The threshold

  /// Moves the least confidence shown; below 0 each label's own threshold holds.
  mutating func moveMinimum(by hundredths: Int) {
    let selected = selectedResult
    if let minimum = models.minimum {
      let next = minimum + hundredths
      models.minimum = next < 0 ? nil : min(100, next)
    } else {
      models.minimum = 50
    }
    models.selection = selected.flatMap { shownResults.firstIndex(of: $0) }
    message = .note("shown: \(models.thresholdText)")
  }

  /// What `:threshold` means here: 0 to 1, or nothing for the model's own.
  mutating func setMinimum(_ text: String) -> [Effect] {
    guard !text.isEmpty else {
      models.minimum = nil
      return []
    }
    guard let value = Double(text), (0...1).contains(value) else { return usage(of: .threshold) }
    models.minimum = Int((value * 100).rounded())
    models.selection = nil
    return []
  }

  // MARK: The mouse

  /// Takes what the mouse did: a click chooses a version, a result or its box.
  mutating func pointAtModels(_ event: PointerEvent) -> [Effect] {
    if canvas.pan != nil { return pointAtImage(event) }
    let layout = modelsLayout
    switch event.action {
    case .press(.middle) where isOnPicture(event.position): return pointAtImage(event)
    case .press(.left): break
    default: return []
    }
    if isOnPicture(event.position) {
      selectResult(at: event.position)
    } else if layout.versions.contains(event.position) {
      focus(on: .versions)
      if let row = versionRow(at: event.position, in: layout) {
        models.cursor = models.versions[row].name
      }
    } else if layout.results.contains(event.position) {
      focus(on: models.shownPart)
      if let row = resultRow(at: event.position, in: layout) { models.selection = row }
    }
    return []
  }

  /// Selects the smallest box under the pointer, again the next.
  private mutating func selectResult(at point: CellPoint) {
    guard let viewport = canvas.viewport else { return }
    let pixel = viewport.pixel(at: pictureCell(of: point))
    let results = shownResults
    let under = results.indices.filter { results[$0].rect?.contains(pixel) == true }
      .sorted { (results[$0].rect?.area ?? 0, $0) < (results[$1].rect?.area ?? 0, $1) }
    let now = models.selection.flatMap { under.firstIndex(of: $0) }
    models.selection = now.map { under[safe: $0 + 1] } ?? under.first
    if models.selection != nil { focus(on: .results) }
  }

  /// The wheel over a list goes through it.
  mutating func scrollModels(by step: Int) -> [Effect] {
    moveInModels(by: step)
    return []
  }
}
