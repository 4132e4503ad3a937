/// How a line is broken up, cell by cell, so that boxes differ without colour.
public enum LineStyle: CaseIterable, Hashable, Sendable {
  /// Every cell.
  case solid
  /// Long strokes.
  case dashed
  /// Every second cell.
  case dotted
  /// A stroke and a dot.
  case dashDot

  /// Whether a cell along a horizontal side has its line; cell 0 is the corner.
  func isDrawnAcross(_ index: Int) -> Bool {
    switch self {
    case .solid: true
    case .dashed: index % 4 != 3
    case .dotted: index % 2 == 0
    case .dashDot: index % 6 != 3 && index % 6 != 5
    }
  }

  /// Whether a cell along a vertical side has its line; strokes are shorter, as cells are higher.
  func isDrawnDown(_ index: Int) -> Bool {
    switch self {
    case .solid: true
    case .dashed: index % 3 != 2
    case .dotted: index % 2 == 0
    case .dashDot: index % 5 != 2 && index % 5 != 4
    }
  }
}
