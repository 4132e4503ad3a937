import Cells
import GroundTruth
import Mosaic
import Raster

extension State {
  /// Does what a `:` line says.
  mutating func run(_ text: String) -> [Effect] {
    let words = text.trimmingSpaces.split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = words.first else { return [] }
    let rest = (words.count > 1 ? words[1] : "").trimmingSpaces
    if let line = CommandLine(rawValue: name) { return settleNudge() + run(line, rest) }
    if let command = Command(rawValue: name) { return perform(command) }
    if Int(name) != nil { return goTo(number: name) }
    message = .problem("there is no command “\(name)”; Tab shows what there is")
    return []
  }

  private mutating func run(_ line: CommandLine, _ argument: String) -> [Effect] {
    switch line {
    case .write: return perform(.save)
    case .quit, .writeQuit: leave()
    case .label:
      guard !argument.isEmpty else { return usage(of: line) }
      guard let added = labels.contains(argument) ? [] : addLabel(argument) else { return [] }
      return added + choose(argument)
    case .filter: applyFilter(argument)
    case .open: return goTo(number: argument)
    case .rename: return rename(argument, canMerge: false)
    case .renameMerging: return rename(argument, canMerge: true)
    case .stats, .split, .merge, .select:
      guard let action = DatasetCommand.Action(rawValue: line.rawValue) else { return [] }
      return ask(for: action, argument)
    case .test: return test(argument)
    case .threshold where isOnModels: return setMinimum(argument)
    case .train: return train(argument)
    case .loop: return loop(argument)
    case .queue, .threshold, .pace, .verification: return runReview(line, argument)
    case .brightness, .contrast, .gamma: return setAdjustment(line, argument)
    case .original: adjust { $0 = Adjustment() }
    case .sort, .glyphs, .bandwidth, .color, .preset, .task, .boxSpace: return set(line, argument)
    }
    return []
  }

  private mutating func setAdjustment(_ line: CommandLine, _ argument: String) -> [Effect] {
    // Double reads "nan" and "inf", too, which no adjustment is.
    guard let value = Double(argument), value.isFinite else { return usage(of: line) }
    guard line != .gamma else {
      adjust { $0.gamma = value }
      return []
    }
    guard let level = Int(argument) else { return usage(of: line) }
    adjust {
      if line == .brightness { $0.brightness = level } else { $0.contrast = level }
    }
    return []
  }

  private mutating func set(_ line: CommandLine, _ argument: String) -> [Effect] {
    switch line {
    case .sort:
      guard let order = order(named: argument) else { return usage(of: line) }
      setOrder(order)
    case .glyphs:
      guard let glyphs = GlyphChoice(rawValue: argument) else { return usage(of: line) }
      settings.glyphs = glyphs
    case .bandwidth:
      guard let bandwidth = Bandwidth(argument) else { return usage(of: line) }
      settings.bandwidth = bandwidth
    case .color:
      guard let depth = ColorDepth(rawValue: argument) else { return usage(of: line) }
      settings.capabilities.depth = depth
      canvas.backdropKey = nil
    case .preset:
      guard let preset = Preset(rawValue: argument) else { return usage(of: line) }
      do {
        settings.keymap = try preset.keymap.overridden(by: settings.ownBindings)
      } catch {
        message = .problem("your keymap does not go with this preset: \(error.message)")
        return []
      }
      message = .note("keys: \(argument); ? shows them")
    case .task:
      guard let task = LabellingTask(rawValue: argument) else { return usage(of: line) }
      settings.task = task
      message = .note("task: \(argument)")
    case .boxSpace:
      guard let space = BoxSpace(rawValue: argument) else { return usage(of: line) }
      settings.boxSpace = space
      loadSubject()
      message = .note("boxes of turned images are in \(argument) pixels")
      return [.keepBoxSpace(space)]
    default: break
    }
    return []
  }

  /// The order of a name; `random` may be followed by its seed.
  private mutating func order(named text: String) -> Queue.Order? {
    let words = text.split(separator: " ").map(String.init)
    if words.count == 2, words[0] == Queue.Order.random.rawValue, let seed = UInt64(words[1]) {
      review?.seed = seed
      return .random
    }
    return Queue.Order(rawValue: text)
  }

  private mutating func runReview(_ line: CommandLine, _ argument: String) -> [Effect] {
    guard review != nil else {
      sayNoPredictions()
      return []
    }
    switch line {
    case .queue:
      guard let unit = ReviewUnit(rawValue: argument) else { return usage(of: line) }
      setUnit(unit)
    case .threshold:
      guard let value = Double(argument), (0...1).contains(value) else { return usage(of: line) }
      moveThreshold(by: Int((value * 100).rounded()) - (review?.hundredths ?? 0))
    case .pace: tellPace()
    case .verification:
      let words = argument.split(separator: " ", maxSplits: 1).map(String.init)
      switch words.first {
      case "on", "off":
        review?.isVerification = words[0] == "on"
        message = .note(
          words[0] == "on"
            ? "Space judges the image's labels good, x bad; :verification bad WHY says more"
            : "predictions are accepted and rejected")
      case "good": return judge(.good, comment: words[safe: 1] ?? "")
      case "bad": return judge(.bad, comment: words[safe: 1] ?? "")
      default: return usage(of: line)
      }
    default: break
    }
    return []
  }

  mutating func usage(of line: CommandLine) -> [Effect] {
    message = .problem("write :\(line.explanation.usage)")
    return []
  }
}
