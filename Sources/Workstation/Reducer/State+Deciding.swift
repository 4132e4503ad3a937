import GroundTruth
import Mosaic
import Raster

extension State {
  // MARK: What the keys do

  /// Accepts: the item in a queue of boxes, all of the image in a queue of images.
  mutating func acceptHere() -> [Effect] {
    guard let review, subject != nil else { return [] }
    if review.isVerification { return judge(.good, comment: "") }
    guard review.unit == .boxes else { return acceptImage() }
    guard let item = review.items[safe: queue.position] else { return [] }
    if item.missed != nil {
      // The truth is right, the model missed it: there is nothing to write.
      return finish("accept", effects: [], position: queue.position, tally: DecisionTally())
    }
    return decide([(selectedItem ?? item, .accept)], as: "accept")
  }

  /// Accepts the selected prediction alone, in a queue of images too.
  mutating func acceptSelected() -> [Effect] {
    guard review != nil, let item = selectedItem, settings.readOnlyReason == nil else { return [] }
    return decide([(item, .accept)], as: "accept")
  }

  /// Rejects what is selected; `nil` where no prediction is.
  mutating func rejectSelected() -> [Effect]? {
    guard let review else { return nil }
    if review.isVerification { return judge(.bad, comment: "") }
    if let effects = changeMissed(as: "reject", { $0.remove(at: $1) }) { return effects }
    guard canvas.selection == nil else { return nil }
    guard let item = selectedItem else {
      message = .note("select a prediction first: Tab, or a click on it")
      return []
    }
    return decide([(item, .reject)], as: "reject")
  }

  /// Accepts the selected prediction with a label; `nil` where none is selected.
  mutating func relabelSelected(_ label: String) -> [Effect]? {
    guard review != nil else { return nil }
    if let effects = changeMissed(as: "relabel", { $0[$1].label = label }) { return effects }
    guard let item = selectedItem else { return nil }
    guard settings.readOnlyReason == nil else {
      message = settings.readOnlyReason.map { .problem($0) }
      return []
    }
    if isUncounted(label) { return [] }
    return decide([(item, .relabel(label))], as: "relabel")
  }

  /// Changes the truth that a queue of boxes is at since the model missed it; `nil` elsewhere.
  private mutating func changeMissed(
    as kind: String, _ change: (inout [Subject.ShownBox], Int) -> Void
  ) -> [Effect]? {
    guard let review, review.unit == .boxes, let selection = canvas.selection,
      review.items[safe: queue.position]?.missed == selection, var boxes = subject?.boxes,
      boxes.indices.contains(selection)
    else { return nil }
    if let reason = settings.readOnlyReason {
      message = .problem(reason)
      return []
    }
    let label = boxes[selection].label
    change(&boxes, selection)
    let position = queue.position
    let effects = writeBoxes(boxes, summary: "\(kind) \(label) of the truth")
    guard !effects.isEmpty else { return [] }
    let tally = kind == "reject" ? DecisionTally(rejected: 1) : DecisionTally(accepted: 1)
    return finish(kind, effects: effects, position: position, tally: tally)
  }

  /// Accepts a predicted box where it was moved to.
  mutating func adjust(_ place: Int, to rect: PixelRect, label: String?) -> [Effect] {
    guard let line = subject?.line else { return [] }
    return decide([(.box(place, line: line), .adjust(rect, label: label))], as: "adjust")
  }

  /// Accepts all that is sure enough on the image, in one step.
  mutating func acceptAll() -> [Effect] {
    guard let review, let shown = review.shown else {
      sayNoPredictions()
      return []
    }
    let items = openItems(of: shown)
    guard !items.isEmpty else {
      message = .note("nothing above \(review.thresholdText) is left to accept here")
      return []
    }
    return decideAll(items, as: "accept all", isFinal: false)
  }

  /// Rejects all that is sure enough on the image, in one step; the truth stays as it is.
  mutating func rejectAll() -> [Effect] {
    guard let shown = review?.shown else { return [] }
    let items = openItems(of: shown)
    guard !items.isEmpty else {
      message = .note("no prediction is left to reject here")
      return []
    }
    return decide(items.map { ($0, .reject) }, as: "reject all")
  }

  private mutating func acceptImage() -> [Effect] {
    guard let review, let shown = review.shown else { return [] }
    let isNothing =
      subject?.boxes.isEmpty == true && subject?.imageLabels.isEmpty == true
      && openItems(of: shown).isEmpty
    if isNothing, facts == nil {
      message = .note("wait for the picture: then Space says that nothing is there")
      return []
    }
    return decideAll(openItems(of: shown), as: "verify", isFinal: true)
  }

  func openItems(of shown: ShownPredictions) -> [ReviewItem] {
    shown.boxes.indices.filter { shown.boxes[$0].isOpen }.map { .box($0, line: shown.line) }
      + shown.labels.indices.filter { shown.labels[$0].isOpen }
      .map { .label($0, line: shown.line) }
  }

  /// What is selected, as an item.
  var selectedItem: ReviewItem? {
    guard let line = subject?.line, let target = review?.selection else { return nil }
    return ReviewItem(line: line, target)
  }

  // MARK: Decisions

  /// Takes decisions on predictions, of one image or of many, as one edit.
  ///
  /// - Parameters:
  ///   - decisions: What was decided on what. Each prediction stands there once.
  ///   - kind: What undo and `:pace` call it.
  /// - Returns: The effects; none if nothing could be decided, which the message line explains.
  mutating func decide(
    _ decisions: [(item: ReviewItem, decision: Decision)], as kind: String
  )
    -> [Effect]
  {
    write(Dictionary(grouping: decisions) { $0.item.line }, as: kind) { line, decisions, state in
      for (item, decision) in decisions { state.apply(decision, to: item, of: &line) }
    }
  }

  /// Accepts many predictions as one edit: what people drew stands, and nothing is doubled.
  ///
  /// - Parameters:
  ///   - items: The predictions.
  ///   - kind: What undo and `:pace` call it.
  ///   - isFinal: Whether the images are verified with it; predictions that contradict boxes drawn
  ///     by people are rejected then.
  ///   - verified: The lines that are verified without any predictions, too; `nil` for that of the
  ///     image being worked on.
  /// - Returns: The effects.
  mutating func decideAll(
    _ items: [ReviewItem], as kind: String, isFinal: Bool, verifying verified: [Int]? = nil
  ) -> [Effect] {
    var byLine = Dictionary(grouping: items.map { ($0, Decision.accept) }) { $0.0.line }
    for line in verified ?? subject.map({ [$0.line] }) ?? [] where isFinal && byLine[line] == nil {
      byLine[line] = []
    }
    return write(byLine, as: kind) { line, decisions, _ in
      for (item, _) in decisions {
        if let place = item.box { line.acceptAmongAll(box: place, isFinal: isFinal) }
        if let place = item.label { line.decide(.accept, label: place) }
      }
      if isFinal { line.verify() }
    }
  }

  private func apply(_ decision: Decision, to item: ReviewItem, of line: inout ReviewedLine) {
    if let place = item.label { line.decide(decision, label: place) }
    guard let place = item.box else { return }
    var edited: Box?
    if case .adjust(let rect, let label) = decision, let facts = pictures[item.line]?.facts {
      let shown = Subject.ShownBox(rect: rect, label: label ?? "", source: nil)
      edited = Subject.written(shown, facts: facts, boxSpace: settings.boxSpace)
    }
    line.decide(
      decision, box: place, edited: edited, wasAdded: review?.added.contains(item) == true)
  }

  private mutating func write(
    _ byLine: [Int: [(item: ReviewItem, decision: Decision)]], as kind: String,
    _ decide: (inout ReviewedLine, [(item: ReviewItem, decision: Decision)], State) -> Void
  ) -> [Effect] {
    guard review != nil else { return [] }
    if let reason = settings.readOnlyReason {
      message = .problem(reason)
      return []
    }
    let written: (splices: [Splice], tally: DecisionTally)?
    do throws(ManifestError) {
      written = try splices(byLine, decide)
    } catch {
      message = .problem(error.message)
      return []
    }
    guard let (splices, tally) = written else {
      message = .problem("the image is not loaded, so its boxes can't be changed")
      return []
    }
    let items = byLine.values.flatMap { $0 }
    let position = queue.position
    let effects =
      splices.isEmpty
      ? [] : take(.edit(Edit(summary: summary(of: items, as: kind), splices: splices)))
    guard splices.isEmpty || !effects.isEmpty else { return [] }
    noteAdded(items)
    return finish(
      kind, effects: effects, position: position, tally: tally, deciding: items.map(\.item))
  }

  /// What decisions change; `nil` if an image's size must be known first.
  private func splices(
    _ byLine: [Int: [(item: ReviewItem, decision: Decision)]],
    _ decide: (inout ReviewedLine, [(item: ReviewItem, decision: Decision)], State) -> Void
  ) throws(ManifestError) -> (splices: [Splice], tally: DecisionTally)? {
    guard let review else { return nil }
    var splices: [Splice] = []
    var tally = DecisionTally()
    for (line, decisions) in byLine.sorted(by: { $0.key < $1.key }) {
      let old = dataset.line(at: line)
      let entry = try Entry(line: old)
      var reviewed = ReviewedLine(review, line: line, entry: entry, size: size(of: entry, at: line))
      decide(&reviewed, decisions, self)
      guard !reviewed.needsSize else { return nil }
      let new = try reviewed.bytes(classIDs: classIDs, provenance: provenance)
      tally = tally + reviewed.tally
      if new != old { splices.append(Splice(line: line, from: old, to: new)) }
    }
    return (splices, tally)
  }

  /// An image's size in the pixels of the file.
  private func size(of entry: Entry, at line: Int) -> ImageSize? {
    if let facts = pictures[line]?.facts ?? sheet.pictures.facts[line] {
      let size = settings.boxSpace == .stored ? facts.storedSize : facts.uprightSize
      return ImageSize(width: size.width, height: size.height)
    }
    return entry.boxSets.lazy.compactMap(\.imageSize).first
  }

  private mutating func noteAdded(_ items: [(item: ReviewItem, decision: Decision)]) {
    for (item, decision) in items {
      if decision == .accept { review?.added.insert(item) } else { review?.added.remove(item) }
    }
  }

  private func summary(
    of items: [(item: ReviewItem, decision: Decision)], as kind: String
  ) -> String {
    guard items.count == 1, let (item, decision) = items.first, let review else {
      return items.isEmpty ? kind : "\(kind): \(items.count) predictions"
    }
    let label =
      item.box.map {
        review.predictions.boxes[review.predictions.boxRange(at: item.line).lowerBound + $0].label
      }
      ?? item.label.map {
        review.predictions.imageLabels[review.predictions.labelRange(at: item.line).lowerBound + $0]
          .label
      }
    let name = label.map { review.name($0) } ?? ""
    if case .relabel(let new) = decision, new != name { return "\(kind) \(name) as \(new)" }
    return "\(kind) \(name)"
  }
}
