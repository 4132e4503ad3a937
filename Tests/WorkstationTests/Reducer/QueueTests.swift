import Testing

@testable import Workstation

@Suite("Going through the images")
struct QueueTests {
  private let four = "100×80 | RBC 1,1 2×2\n100×80\n100×80 | skipped\n100×80"

  private func place(_ album: String, _ keys: String) throws -> Int {
    var bench = try Bench(album)
    try bench.run(keys)
    #expect(bench.take() == "")
    return bench.state.queue.position + 1
  }

  @Test(
    "next, previous, first, last, N",
    arguments: [
      ("d", 2), ("PgDn", 2), ("d d a", 2), ("d d PgUp", 2), ("a", 1), ("G", 4), ("End", 4),
      ("G d", 4), ("G g g", 1), ("G Home", 1), ("g 3 Enter", 3), ("g 1 \"0\" Backspace Enter", 1),
      ("g 3 Esc", 1), ("g 9 Enter", 1), (": \"3\" Enter", 3), (": \"open 2\" Enter", 2),
      (": \"last-image\" Enter", 4), (": \"open -9223372036854775808\" Enter", 1),
      (": \"-9223372036854775808\" Enter", 1), (": \"go-to-image\" Enter \"2\" Enter", 2),
    ])
  func goes(keys: String, expected: Int) throws {
    #expect(try place(four, keys) == expected)
  }

  @Test(
    "; and , go round those that are not done, skipped ones last",
    arguments: [
      (four4, ";", 2), (four4, "; ;", 4), (four4, "; ; ;", 2), (four4, ",", 4), (four4, ", ,", 2),
      ("100×80 | RBC 1,1 2×2\n100×80 | skipped", ";", 2),
      // The only other one left was put off; it comes before staying here.
      ("100×80\n100×80 | skipped", ";", 2), ("100×80\n100×80 | RBC 1,1 2×2", ";", 1),
      ("100×80 | left out\n100×80 | nothing there\n100×80 | verified\n100×80", "d ;", 4),
    ])
  func open(album: String, keys: String, expected: Int) throws {
    #expect(try place(album, keys) == expected)
  }

  @Test("when all is done that is said")
  func allDone() throws {
    var bench = try Bench("100×80 | RBC 1,1 2×2")
    try bench.run(";")
    #expect(bench.message == "every image here is done")
    try bench.run("d")
    #expect(bench.message == "this is the last image")
    try bench.run("a")
    #expect(bench.message == "this is the first image")
  }

  @Test("an image starts without selection, draft and crosshair")
  func fresh() throws {
    try expect(
      "100×80 | RBC 1,1 2×2*\n100×80 | WBC 1,1 2×2", "l d",
      "  100×80 | RBC 3,1 2×2\n> 100×80 | WBC 1,1 2×2", effects: "move RBC")
  }

  @Test("filter shows what matches, Esc all again, the image stays where it can")
  func filter() throws {
    var bench = try Bench("100×80\n100×80 | RBC 1,1 2×2\n100×80 | RBC 1,1 9×9 | flag: odd")
    try bench.run("/ \"label:RBC\" Enter")
    #expect(bench.state.queue.lines == [1, 2])
    #expect(bench.message == "2 of 3 images match; Esc shows all again")
    try bench.run("d / Ctrl+U \"size>8\" Enter")
    #expect(bench.state.queue.lines == [2] && bench.state.queue.position == 0)
    try bench.run("Esc")
    #expect(bench.state.queue.lines == [0, 1, 2] && bench.state.queue.position == 2)
    #expect(!bench.state.isFinished)
    try bench.run(": \"filter note:odd\" Enter")
    #expect(bench.state.queue.lines == [2])
    try bench.run(": \"filter\" Enter")
    #expect(bench.state.queue.lines == [0, 1, 2])
  }

  @Test("a query that cannot be read, or matches nothing, changes nothing and is explained")
  func badFilter() throws {
    for query in ["is:odd", "score<0.5", "label:Dog", "size<x"] {
      var bench = try Bench(four)
      try bench.run("d / \"\(query)\" Enter")
      #expect(bench.state.queue.lines == [0, 1, 2, 3], "\(query)")
      #expect(bench.state.queue.position == 1, "\(query)")
      #expect(bench.state.message?.kind == .problem, "\(query)")
    }
  }

  @Test("orders; the image shown stays")
  func sort() throws {
    var bench = try Bench("9×9 | RBC 1,1 2×2\n> 9×9\n9×9 | RBC 1,1 2×2 | WBC 1,1 2×2")
    try bench.run("S")
    #expect(bench.state.queue.order == .name)
    try bench.run("S")
    #expect(bench.state.queue.lines == [1, 0, 2] && bench.state.queue.position == 0)
    try bench.run("S")
    #expect(bench.state.queue.lines == [2, 0, 1] && bench.state.queue.position == 2)
    try bench.run("S")
    #expect(bench.state.queue.lines == [0, 1, 2] && bench.state.queue.position == 1)
    try bench.run(": \"sort boxes\" Enter")
    #expect(bench.state.queue.lines == [2, 0, 1])
    try bench.run(": \"sort sideways\" Enter")
    #expect(bench.state.queue.lines == [2, 0, 1])
    #expect(bench.message == "write :sort file|name|open|boxes|random|…")
  }

  @Test("blank and broken lines are passed over and kept")
  func brokenLines() throws {
    let lines = ["", #"{"source-ref":"a.jpg"}"#, "{", #"{"source-ref":"b.jpg"}"#].map {
      Array($0.utf8)
    }
    let images = try Album("9×9\n9×9\n9×9\n9×9").images
    var bench = Bench(
      lines: lines, images: images, labels: ["RBC"], Settings(title: "t"), screen: Bench.screen)
    #expect(bench.state.queue.lines == [1, 3])
    try bench.run("d Space")
    #expect(bench.lines[0] == lines[0] && bench.lines[2] == lines[2] && bench.lines[1] == lines[1])
    #expect(bench.lines[3] != lines[3])
  }

  @Test("a manifest without images is shown and left")
  func empty() throws {
    var bench = Bench(
      lines: [], images: [], labels: [], Settings(title: "t"), screen: Bench.screen)
    try bench.run(
      "d a ; , G g g w Tab x X y Y p P . > < c Esc t Enter Esc Space s f Esc D u Ctrl+R + z ' S i Esc "
        + "<click 20,10> <drag 9,9 20,20> <wheel-up 9,9> <middle 9,9 12,12> ? Esc / \"a\" Enter")
    #expect(bench.take() == "")
    #expect(bench.screenText.contains("There are no images to show."))
    try bench.run("q")
    #expect(bench.state.isFinished)
  }
}

private let four4 = "100×80 | RBC 1,1 2×2\n100×80\n100×80 | skipped\n100×80"
