/// What a person asks of `--color`.
public enum ColorChoice: String, CaseIterable, Sendable {
  /// As many colours as the terminal is known to show.
  case auto
  /// Any sRGB colour.
  case truecolor
  /// The xterm palette of 256.
  case palette256 = "256"
  /// The 16 colours of aixterm.
  case palette16 = "16"
  /// The 8 colours of ECMA-48.
  case palette8 = "8"
  /// No colour.
  case mono
}
