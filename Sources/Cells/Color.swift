/// A colour a cell can have: the terminal's own, an entry of its palette, or an exact sRGB value.
public enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// An entry of the xterm palette, 0…255.
  case indexed(UInt8)
  /// An exact sRGB colour, each channel 0…255.
  case rgb(UInt8, UInt8, UInt8)
}

/// How many colours a screen can show.
public enum ColorDepth: String, CaseIterable, Sendable {
  /// Any sRGB colour.
  case truecolor
  /// The xterm palette of 256.
  case palette256 = "256"
  /// The 16 colours of aixterm.
  case palette16 = "16"
  /// The 8 colours of ECMA-48.
  case palette8 = "8"
  /// No colour: the terminal's foreground on its background.
  case mono

  /// The palette entries that may be used, or `nil` where any colour may.
  ///
  /// With 256 colours the first 16 are left out: users redefine them.
  public var paletteIndices: ClosedRange<UInt8>? {
    switch self {
    case .truecolor: nil
    case .palette256: 16...255
    case .palette16: 0...15
    case .palette8: 0...7
    case .mono: nil
    }
  }
}
