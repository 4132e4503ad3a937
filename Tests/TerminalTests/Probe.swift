import Cells
import TestSupport

/// Starts the probe, a program that does one thing with a terminal.
func probe(
  _ arguments: String..., terminal: String = "xterm-256color", environment: [String: String] = [:],
  size: CellSize = CellSize(columns: 60, rows: 20)
) throws -> PseudoTerminal {
  try PseudoTerminal(
    BuiltProduct.path("TerminalProbe"), arguments,
    environment: environment.merging(["TERM": terminal]) { $1 }, size: size)
}
