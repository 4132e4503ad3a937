internal import Cells

/// How a picture gets to the terminal.
public enum StreamKind: Hashable, Sendable {
  /// As `EscapeStream` writes it: only the colours that change are set.
  case direct
  /// As curses writes it: both colours are set anew wherever one of them changes.
  case curses
}

/// What bytes are worth.
struct BytePrice: Hashable, Sendable {
  /// The squared error, over a cell's sub-cells and channels, that a byte is worth; 0 where bytes
  /// don't matter.
  var lambda: Float = 0
  /// How colours are set.
  var stream = StreamKind.direct

  var isPaid: Bool { lambda > 0 }
}

/// The colours that a stream has set; `nil` for the terminal's own.
struct Pen<Ink: Equatable & Sendable>: Sendable {
  var foreground: Ink?
  var background: Ink?

  /// What is set once a cell has been written.
  mutating func write(_ cell: PennedGlyph<Ink>, as stream: StreamKind) {
    // A direct stream leaves the foreground of a blank as it is.
    if cell.scalar != " " || stream == .curses { foreground = cell.foreground }
    background = cell.background
  }
}

/// A glyph in two colours; `nil` for the terminal's own, or for one that isn't seen.
struct PennedGlyph<Ink: Equatable & Sendable>: Sendable {
  var scalar: Unicode.Scalar
  var foreground: Ink?
  var background: Ink?
}

extension BytePrice {
  /// The least that a cell costs: one byte.
  var least: Float { lambda }

  /// What writing a glyph costs after a pen, where a colour takes a number of bytes to set.
  @inline(__always)
  func cost<Ink>(
    of glyph: PennedGlyph<Ink>, after pen: Pen<Ink>, _ foregroundBytes: Float,
    _ backgroundBytes: Float
  ) -> Float {
    var bytes = Float(UTF8.width(glyph.scalar))
    switch stream {
    case .direct:
      let setsForeground = glyph.scalar != " " && glyph.foreground != pen.foreground
      let setsBackground = glyph.background != pen.background
      if setsForeground || setsBackground { bytes += 2 }
      if setsForeground { bytes += foregroundBytes + 1 }
      if setsBackground { bytes += backgroundBytes + 1 }
    case .curses:
      if glyph.foreground != pen.foreground || glyph.background != pen.background {
        bytes += 6 + foregroundBytes + backgroundBytes
      }
    }
    return lambda * bytes
  }
}
