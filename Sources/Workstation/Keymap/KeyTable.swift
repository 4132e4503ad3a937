/// The keys as people read them: the help screen, `reticle help keys` and README.md's table.
public enum KeyTable {
  /// A heading, and the commands under it.
  static let sections: [(title: String, commands: [Command])] = [
    (
      "Images",
      [
        .nextImage, .previousImage, .nextOpen, .previousOpen, .firstImage, .lastImage, .goToImage,
      ]
    ),
    (
      "Moving",
      [
        .moveLeft, .moveDown, .moveUp, .moveRight, .moveLeftFar, .moveDownFar, .moveUpFar,
        .moveRightFar, .hintGrid,
      ]
    ),
    (
      "Boxes",
      [
        .drawBox, .confirm, .oppositeCorner, .mirrorCorner, .editBox, .nextBox, .previousBox,
        .deleteBox, .deleteAllBoxes, .yank, .paste, .yankAll, .pullPrevious, .stamp, .carryNext,
        .carryPrevious,
      ]
    ),
    (
      "Labels",
      [
        .label1, .label2, .label3, .label4, .label5, .label6, .label7, .label8, .label9, .label10,
        .changeLabel, .imageLabels,
      ]
    ),
    ("Images as a whole", [.verify, .skip, .flag, .exclude]),
    (
      "Review",
      [
        .acceptAll, .takeBack, .cycleOverlay, .lowerThreshold, .raiseThreshold, .evaluate,
        .contactSheet, .mark,
      ]
    ),
    ("Models", [.models, .trainModel, .runModel]),
    ("History", [.undo, .redo]),
    (
      "View",
      [
        .zoomIn, .zoomOut, .zoomBox, .zoomActual, .panLeft, .panDown, .panUp, .panRight,
        .toggleBoxes, .cycleCaptions, .equalize, .darker, .brighter, .lessContrast, .moreContrast,
        .togglePanels,
      ]
    ),
    (
      "The rest",
      [
        .cycleSort, .info, .filter, .commandLine, .help, .save, .repaint, .suspend, .back, .cancel,
        .quit,
      ]
    ),
  ]

  /// A command's keys in a context, alternatives separated by spaces.
  ///
  /// On the image's screen every command has a row: with its keys while drawing, on the contact
  /// sheet or with the models, or its `:` name, where it has no key there.
  static func keys(for command: Command, in keymap: Keymap, context: KeyContext) -> String? {
    let keys = keymap.keys(for: command, in: context).map(KeyNotation.text)
    if !keys.isEmpty {
      return command == .goToImage ? "g1…g9" : keys.joined(separator: "  ")
    }
    guard context == .image else { return nil }
    let others: [KeyContext] = [.draw, .sheet, .models]
    return others.lazy.compactMap { Self.keys(for: command, in: keymap, context: $0) }.first
      ?? ":" + command.rawValue
  }

  /// The help of a screen.
  static func lines(of keymap: Keymap, context: KeyContext) -> [(key: String, text: String)] {
    var lines: [(key: String, text: String)] = context == .models ? ModelsGuide.lines : []
    for section in sections {
      let rows = section.commands.compactMap { command in
        keys(for: command, in: keymap, context: context).map {
          (key: $0, text: command.explanation(in: context))
        }
      }
      guard !rows.isEmpty else { continue }
      if !lines.isEmpty { lines.append(("", "")) }
      lines.append(("", section.title.uppercased()))
      lines += rows
    }
    guard context == .image else { return lines }
    lines += [("", ""), ("", "MOUSE")] + mouse.map { (key: $0.0, text: $0.1) }
    lines += [("", ""), ("", "COMMAND LINE")]
    lines += CommandLine.allCases.map {
      (key: ":" + $0.explanation.usage, text: $0.explanation.text)
    }
    lines.append((key: ":NAME", text: "every command here by its name; Tab completes"))
    return lines
  }

  /// What the mouse does.
  static let mouse: [(String, String)] = [
    ("drag", "draw a box; move the selected one, or resize it by an edge or a corner"),
    ("click, click", "the same without dragging; + in its middle takes hold of the selected box"),
    ("click on a box", "select the smallest there; again, the next"),
    ("click on a label", "as its digit"),
    ("wheel", "zoom at the pointer"),
    ("middle drag", "move the view"),
  ]

  /// The table for README.md and `reticle help keys --markdown`.
  public static func markdown(of keymap: Keymap) -> String {
    var text = ""
    for section in sections {
      text += "| \(section.title) | |\n|---|---|\n"
      for command in section.commands {
        guard
          let keys = keys(for: command, in: keymap, context: .image)
        else { continue }
        text += "| \(code(keys)) | \(command.explanation) |\n"
      }
      text += "\n"
    }
    text += "| Mouse | |\n|---|---|\n"
    for (action, meaning) in mouse { text += "| \(action) | \(meaning) |\n" }
    return text
  }

  /// The table for a terminal.
  public static func plain(of keymap: Keymap) -> String {
    lines(of: keymap, context: .image).map { line in
      line.key.isEmpty
        ? line.text
        : "  " + line.key + String(repeating: " ", count: max(1, 28 - line.key.count)) + line.text
    }.joined(separator: "\n") + "\n\nWHILE DRAWING\n"
      + lines(of: keymap, context: .draw).filter { !$0.key.isEmpty }.map { line in
        "  " + line.key + String(repeating: " ", count: max(1, 28 - line.key.count)) + line.text
      }.joined(separator: "\n") + "\n"
  }

  private static func code(_ keys: String) -> String {
    if keys.hasPrefix(":") { return "`\(keys)`" }
    return keys.split(separator: " ").map { key in
      key == "`" ? "`` ` ``" : key == "|" ? "`\\|`" : "`\(key)`"
    }.joined(separator: " ")
  }
}
