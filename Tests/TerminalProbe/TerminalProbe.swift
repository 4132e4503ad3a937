import Cells
import Glibc
import Terminal
import TestSupport

/// A program that does one thing with a terminal, for the tests to watch.
///
///     TerminalProbe frames picture|text|hostile SEED [COLOR]   n next, r repaint, q quit
///     TerminalProbe echo                                       shows every event
///     TerminalProbe crash abort|trap|fault|exit                at the first key
///     TerminalProbe measure picture|outline|start FRAMES [COLOR]
@main
@MainActor
struct TerminalProbe {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst() + ["", "", "", ""]
    let words = Array(arguments)
    let isMeasure = words[0] == "measure" || words[0] == "frames"
    let color = words[0] == "frames" ? words[3] : isMeasure ? words[3] : words[1]
    let options = TerminalOptions(color: ColorChoice(rawValue: color) ?? .auto)
    do throws(TerminalError) {
      let screen = try CursesScreen(options: options)
      run(words, on: screen)
      screen.close()
    } catch {
      complain("TerminalProbe: \(error)\n")
      exit(1)
    }
  }

  private static func run(_ words: [String], on screen: CursesScreen) {
    switch words[0] {
    case "frames":
      frames(RandomFrame.Kind(rawValue: words[1]) ?? .picture, UInt64(words[2]) ?? 0, on: screen)
    case "echo": echo(on: screen)
    case "crash": crash(words[1], on: screen)
    case "measure": measure(words[1], Int(words[2]) ?? 100, on: screen)
    default: complain("unknown: \(words[0])\n")
    }
  }

  static func complain(_ text: String) {
    var text = text
    text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  }

  private static func frames(_ kind: RandomFrame.Kind, _ seed: UInt64, on screen: CursesScreen) {
    var number: UInt64 = 0
    screen.draw(RandomFrame.make(kind, size: screen.size, seed: seed))
    while true {
      for event in screen.nextEvents(timeout: nil) {
        switch event {
        case .key(.character("n")): number += 1
        case .key(.character("r")):
          screen.repaint()
          continue
        case .resize: break
        case .key(.character("q")), .terminate: return
        default: continue
        }
        screen.draw(RandomFrame.make(kind, size: screen.size, seed: seed &+ number))
      }
    }
  }
}
