/// What the screen knows of a model that looks at images while the person works.
struct LiveModel: Sendable {
  /// Whether it looks at the image shown and at those that come next.
  var isOn = false
  /// How often it was told to look.
  var session = 0
  /// The lines asked for last, the most urgent first.
  var wanted: [Int] = []
  /// The lines that are answered, or that it can't look at.
  var answered: Set<Int> = []

  /// Whether an answer is waited for.
  var isLooking: Bool { isOn && !wanted.isEmpty }
}
