import Glibc
import GroundTruth
import Testing

@testable import Storage

@Suite("A state folder")
struct StateFolderTests {
  private let folder = TemporaryFolder()

  @Test("remembers what belongs to a manifest, by its real path")
  func roundTrip() throws {
    try folder.write("", to: "m")
    try folder.makeLink("link", to: "m")
    let states = StateFolder(path: folder("a/b/reticle"))
    #expect(states.state(of: folder("m")) == ManifestState())
    let state = ManifestState(
      sourceReference: "é\n\u{1F99D}.jpg", line: 46, labels: ["b", "a"],
      settings: ["box-space": "stored"])
    #expect(states.keep(state, of: folder("link")) == nil)
    #expect(states.state(of: folder("m")) == state)
    #expect(states.state(of: folder("other")) == ManifestState())
    #expect(try FileStatus(at: folder("a/b/reticle")).permissions == 0o700)
  }

  @Test("that is damaged or can't be written is as if it were not there")
  func failures() throws {
    try folder.write("", to: "m")
    try folder.write("", to: "file")
    #expect(StateFolder(path: folder("file")).keep(ManifestState(), of: folder("m")) != nil)
    let states = StateFolder(path: folder("state"))
    states.keep(ManifestState(line: 3), of: folder("m"))
    let name = try #require(folder.names(in: "state").first)
    for damage in ["", "{}", "{\"manifest\":", "[\(String(repeating: "[", count: 5000))"] {
      try folder.write(damage, to: "state/\(name)")
      #expect(states.state(of: folder("m")) == ManifestState())
    }
  }

  @Test("gives back a history only for the content it led to, and only if it is whole")
  func history() throws {
    let file = HistoryFile(
      folder: StateFolder(path: folder("state")), manifest: "/x/m", operations: .hasty)
    let edits = (0..<3).map { index in
      Edit(
        summary: "edit \(index)",
        splices: [Splice(line: index, offset: 0, removed: [0xFF], inserted: [0x22, 0x00])])
    }
    let history = History(edits: edits, position: 2)
    let content = Fingerprint(hash: 7, byteCount: 9)
    try file.keep(history, of: content)
    #expect(file.history(of: content) == history)
    #expect(file.history(of: Fingerprint(hash: 7, byteCount: 8)) == nil)
    #expect(file.history(of: Fingerprint(hash: 8, byteCount: 9)) == nil)
    let name = try #require(folder.names(in: "state").first)
    let whole = try #require(folder.bytes("state/\(name)"))
    for index in whole.indices where whole[index] != 0x0A {
      try folder.write(Array(whole[..<index]), to: "state/\(name)")
      let cut = file.history(of: content)
      #expect(cut == nil, "cut at \(index)")
      var damaged = whole
      damaged[index] ^= 0x04
      try folder.write(damaged, to: "state/\(name)")
      #expect(file.history(of: content) == nil, "damaged at \(index)")
    }
  }
}
