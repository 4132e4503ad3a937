import Cells

/// The program's colours by their meaning; panes name meanings, never colours.
struct Theme: Sendable {
  /// What a piece of the screen means.
  enum Role: Sendable {
    case text
    case faint
    case strong
    case frame
    case bar
    case selected
    case problem
    case good
    case prompt
    case hint
    case hintFaint
  }

  let depth: ColorDepth

  /// The style of a meaning.
  func style(_ role: Role) -> Style {
    let isMono = depth == .mono
    switch role {
    case .text: return .plain
    case .faint: return Style(foreground: color(138, 138, 138, basic: nil))
    case .strong: return Style(attributes: .bold)
    case .frame: return Style(foreground: color(108, 108, 108, basic: nil))
    case .bar: return Style(foreground: color(86, 180, 233, basic: 6))
    case .selected, .prompt: return Style(attributes: .reverse)
    case .problem:
      return isMono
        ? Style(attributes: [.bold, .reverse])
        : Style(
          foreground: color(255, 255, 255, basic: 7), background: color(178, 34, 34, basic: 1),
          attributes: .bold)
    case .good: return Style(foreground: color(0, 190, 130, basic: 2))
    case .hint:
      return isMono
        ? Style(attributes: .reverse)
        : Style(foreground: color(0, 0, 0, basic: 0), background: color(240, 228, 66, basic: 3))
    case .hintFaint:
      return isMono
        ? .plain
        : Style(foreground: color(0, 0, 0, basic: 0), background: color(138, 138, 138, basic: 7))
    }
  }

  /// The colour of a label, by its place: Okabe and Ito's palette, told apart by all eyes.
  func labelColor(_ place: Int) -> Color {
    let all: [(UInt8, UInt8, UInt8, UInt8)] = [
      (230, 159, 0, 3), (86, 180, 233, 6), (0, 158, 115, 2), (240, 228, 66, 11),
      (0, 114, 178, 4), (213, 94, 0, 1), (204, 121, 167, 5), (255, 255, 255, 7),
    ]
    let (red, green, blue, basic) = all[place % all.count]
    return color(red, green, blue, basic: depth == .palette8 ? basic % 8 : basic)
  }

  /// What became of a prediction or a truth.
  enum Outcome {
    case truePositive
    case falsePositive
    case falseNegative
  }

  /// The colour of an outcome: bluish green, vermilion and sky blue, told apart by all eyes.
  func color(of outcome: Outcome) -> Color {
    switch outcome {
    case .truePositive: color(0, 158, 115, basic: 2)
    case .falsePositive: color(213, 94, 0, basic: 1)
    case .falseNegative: color(86, 180, 233, basic: 6)
    }
  }

  /// A text on a colour.
  func tag(on color: Color) -> Style {
    depth == .mono
      ? Style(attributes: .reverse)
      : Style(foreground: self.color(0, 0, 0, basic: 0), background: color)
  }

  /// The style of a label's name on its own colour.
  func labelTag(_ place: Int) -> Style {
    depth == .mono
      ? Style(attributes: .reverse)
      : Style(foreground: color(0, 0, 0, basic: 0), background: labelColor(place))
  }

  /// Black or white, whichever is seen better, on a colour of the image.
  func ink(over ground: Color) -> Style {
    let entry: Palette.Entry
    switch ground {
    case .rgb(let red, let green, let blue):
      entry = Palette.Entry(red: red, green: green, blue: blue)
    case .indexed(let index): entry = Palette.xterm[Int(index)]
    case .standard: return Style(attributes: .bold)
    }
    let luminance =
      (Int(entry.red) * 299 + Int(entry.green) * 587 + Int(entry.blue) * 114) / 1000
    let ink =
      luminance > 140
      ? color(0, 0, 0, basic: 0) : color(255, 255, 255, basic: depth == .palette8 ? 7 : 15)
    return Style(foreground: ink, background: ground, attributes: .bold)
  }

  /// A colour by its exact value, or by its place among the basic 16; `nil` is the terminal's own.
  private func color(_ red: UInt8, _ green: UInt8, _ blue: UInt8, basic: UInt8?) -> Color {
    switch depth {
    case .truecolor: .rgb(red, green, blue)
    case .palette256: .indexed(Palette.nearest(red, green, blue, in: .palette256))
    case .palette16, .palette8: basic.map { .indexed($0) } ?? .standard
    case .mono: .standard
    }
  }
}

extension State {
  /// The colours for the screen as it is.
  var theme: Theme { Theme(depth: settings.capabilities.depth) }

  /// The place of a label, which decides its colour, its line and its digit.
  func place(of label: String) -> Int { labels.firstIndex(of: label) ?? labels.count }

  /// The digit of a label's place, or a dot beyond the tenth.
  static func digit(_ place: Int) -> String {
    place < 9 ? String(place + 1) : (place == 9 ? "0" : "·")
  }
}
