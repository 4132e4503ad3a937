import ArgumentParser
import Cells
import Foundation
import Mosaic
import TOMLKit
import Terminal
import Workstation

/// What a person prefers: `config.toml` and `keymap.toml` in `$XDG_CONFIG_HOME/reticle`.
struct Preferences {
  var preset: Preset?
  var color: ColorChoice?
  var glyphs: GlyphChoice?
  var bandwidth: Bandwidth?
  var bindings: [KeyContext: [Keymap.Binding]] = [:]

  /// Reads both files, where there are any.
  ///
  /// - Throws: ``Failure``, which says which line is wrong and how to mend it.
  static func load() throws -> Preferences {
    var preferences = Preferences()
    guard let folder else { return preferences }
    try preferences.readConfig(folder + "/config.toml")
    try preferences.readKeymap(folder + "/keymap.toml")
    return preferences
  }

  /// The keys: a preset with the person's own bindings over it.
  ///
  /// - Throws: ``Failure``, which says which bindings clash.
  func keymap(preset chosen: Preset?) throws -> Keymap {
    do {
      return try (chosen ?? preset ?? .standard).keymap.overridden(by: bindings)
    } catch {
      let path = (Self.folder ?? "") + "/keymap.toml"
      guard let file = try TOMLFile(path) else {
        throw Failure.saying("\(path): \(error.message)", Failure.data)
      }
      throw file.failure(at: error.command.rawValue, error.message)
    }
  }

  private static var folder: String? {
    let environment = ProcessInfo.processInfo.environment
    if let config = environment["XDG_CONFIG_HOME"], config.hasPrefix("/") {
      return config + "/reticle"
    }
    return environment["HOME"].map { $0 + "/.config/reticle" }
  }

  private mutating func readConfig(_ path: String) throws {
    guard let file = try TOMLFile(path) else { return }
    for (key, value) in file.table {
      switch key {
      case "preset": preset = try file.choice(key, value, Preset.self)
      case "color": color = try file.choice(key, value, ColorChoice.self)
      case "glyphs": glyphs = try file.choice(key, value, GlyphChoice.self)
      case "bandwidth":
        guard let text = value.string ?? value.int.map(String.init), let given = Bandwidth(text)
        else { throw file.failure(at: key, "bandwidth is auto, off or a number of kilobytes") }
        bandwidth = given
      default:
        throw file.failure(
          at: key, "“\(key)” is not a preference: preset, color, glyphs and bandwidth are")
      }
    }
  }

  private mutating func readKeymap(_ path: String) throws {
    guard let file = try TOMLFile(path) else { return }
    for (section, value) in file.table {
      if section == "preset" {
        preset = try file.choice(section, value, Preset.self)
        continue
      }
      guard let context = KeyContext(rawValue: section), let rows = value.table else {
        throw file.failure(
          at: section,
          "“\(section)” is not a context: "
            + KeyContext.allCases.map { "[\($0.rawValue)]" }.joined(separator: ", ") + " are")
      }
      for (name, keys) in rows {
        guard let command = Command(rawValue: name) else {
          throw file.failure(at: name, "“\(name)” is not a command: 'reticle help keys' lists them")
        }
        guard let texts = keys.string.map({ [$0] }) ?? keys.array?.compactMap(\.string),
          !texts.isEmpty
        else {
          throw file.failure(at: name, "write the keys as \"d\" or [\"d\", \"PgDn\"]")
        }
        for text in texts {
          do {
            bindings[context, default: []].append(
              Keymap.Binding(keys: try KeyNotation.sequence(text), command: command))
          } catch {
            throw file.failure(at: text, error.message)
          }
        }
      }
    }
  }
}
